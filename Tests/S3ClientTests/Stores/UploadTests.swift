import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import S3Client

/// Uploads in parts.
@Suite("Uploads")
struct UploadTests {
  @Test(
    "parts are seen as one object once they are completed",
    arguments: [S3Peer.Kind.seaweedFS, .moto])
  func complete(_ kind: S3Peer.Kind) async throws {
    let bench = try await Bench(kind)
    let (path, content) = try bench.file(bytes: 5 << 20 + 1000)
    let place = bench.place("big ä")
    let upload = try await bench.client.beginUpload(to: place, metadata: ["dovetail-run": "r1"])
    let cut: Int64 = 5 << 20
    // In any order.
    let last = try await bench.client.upload(
      part: 2, of: upload, from: path, range: cut..<Int64(content.count))
    let first = try await bench.client.upload(part: 1, of: upload, from: path, range: 0..<cut)
    #expect(try await bench.content("big ä") == nil)

    let tag = try await bench.client.complete(upload, parts: [last, first], if: .absent)
    #expect(tag == bench.client.tag(of: [last, first]))
    #expect(tag.ends(with: "-2"))
    let facts = try await bench.client.head(place)
    #expect(facts.tag == tag)
    #expect(facts.size == Int64(content.count))
    #expect(facts.metadata["dovetail-run"] == "r1")
    // That of moto is over the whole content.
    if kind == .seaweedFS { #expect(facts.checksum == nil) }
    #expect(try await bench.client.read(place).content == content)
  }

  @Test(
    "what is damaged on its way is refused by its checksum, and sent again", arguments: [1, 100])
  func damaged(times: Int) async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let bench = try Bench(proxy)
    func expect(_ kind: StoreRequest.Kind, _ error: ObjectError?) {
      let limit = RetryPolicy.fast.attempts
      #expect(error == (times == 1 ? nil : .busy(status: 400, attempts: limit)))
      #expect(proxy.count(kind) == (times == 1 ? 2 : limit))
    }
    proxy.fail(.put, times: times, .damaged)
    expect(
      .put,
      await error { () throws(ObjectError) in try await bench.write("hello", to: "a", if: .absent) }
    )
    let (path, content) = try bench.file(bytes: 1000)
    proxy.set { _, _ in nil }
    #expect(try await bench.content("a") == (times == 1 ? "hello" : nil))
    let upload = try await bench.client.beginUpload(to: bench.place("b"), metadata: [:])
    proxy.fail(.part, times: times, .damaged)
    var part: UploadedPart?
    do throws(ObjectError) {
      part = try await bench.client.upload(part: 1, of: upload, from: path, range: 0..<1000)
      expect(.part, nil)
    } catch {
      expect(.part, error)
    }
    proxy.set { _, _ in nil }
    guard let part else { return try await bench.client.abort(upload) }
    _ = try await bench.client.complete(upload, parts: [part], if: .absent)
    #expect(try await bench.client.read(bench.place("b")).content == content)
  }

  @Test("a completion needs its condition; then the upload can be completed under another one")
  func conditions() async throws {
    let bench = try await Bench()
    let facts = try await bench.write("old", to: "a")
    let (upload, parts) = try await bench.staged("new", at: "a")
    for condition in [WriteCondition.absent, .tag("0")] {
      let unmet = await error { () throws(ObjectError) in
        try await bench.client.complete(upload, parts: parts, if: condition)
      }
      #expect(unmet == .unmet)
    }
    #expect(try await bench.content("a") == "old")
    _ = try await bench.client.complete(upload, parts: parts, if: .tag(facts.tag))
    #expect(try await bench.content("a") == "new")
  }

  @Test("an aborted upload cannot be completed, nor get parts; aborting again is no error")
  func abort() async throws {
    let bench = try await Bench()
    let (upload, parts) = try await bench.staged("new", at: "a")
    try await bench.client.abort(upload)
    try await bench.client.abort(upload)
    let completed = await error { () throws(ObjectError) in
      try await bench.client.complete(upload, parts: parts, if: .absent)
    }
    #expect(completed == .noUpload)
    let (path, _) = try bench.file(bytes: 10)
    let part = await error { () throws(ObjectError) in
      try await bench.client.upload(part: 2, of: upload, from: path, range: 0..<10)
    }
    #expect(part == .noUpload)
    #expect(try await bench.content("a") == nil)
  }

  @Test("unfinished uploads are found by their keys", arguments: [S3Peer.Kind.seaweedFS, .moto])
  func uploads(_ kind: S3Peer.Kind) async throws {
    let bench = try await Bench(kind)
    let keys: [ExactText] = ["out/a b", "out/ä+", "out/c", "elsewhere"]
    var begun: [ObjectUpload] = []
    for key in keys {
      begun.append(try await bench.client.beginUpload(to: bench.place(key), metadata: [:]))
    }
    let found = try await bench.client.uploads(in: "lake", prefix: "\(bench.prefix)out/")
    #expect(Set(found) == Set(begun.dropLast()))
    for upload in begun { try await bench.client.abort(upload) }
    #expect(try await bench.client.uploads(in: "lake", prefix: bench.prefix) == [])
  }

  @Test("all pages of unfinished uploads are asked for")
  func pages() async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let bench = try Bench(proxy)
    func page(_ keys: [String], next: String?) -> String {
      "<ListMultipartUploadsResult><EncodingType>url</EncodingType>"
        + "<IsTruncated>\(next != nil)</IsTruncated>"
        + (next.map {
          "<NextKeyMarker>\($0)</NextKeyMarker><NextUploadIdMarker>i</NextUploadIdMarker>"
        } ?? "")
        + keys.map { "<Upload><Key>\($0)</Key><UploadId>i</UploadId></Upload>" }.joined()
        + "</ListMultipartUploadsResult>"
    }
    let pages = [page(["a+b", "c"], next: "c"), page(["d%2B"], next: nil)]
    proxy.set { request, number in request.kind == .uploads ? .answered(pages[number - 1]) : nil }
    let found = try await bench.client.uploads(in: "lake", prefix: "")
    #expect(found.map(\.place.key) == ["a b", "c", "d+"])
    #expect(proxy.requests[1].target.exact.contains(text: "key-marker=c&upload-id-marker=i"))

    proxy.set { _, _ in .answered(pages[0]) }
    let endless = await error { () throws(ObjectError) in
      try await bench.client.uploads(in: "lake", prefix: "")
    }
    #expect(
      endless
        == .unreadable(
          operation: "list the uploads of",
          reason: "there is more, but it does not say how to go on"))
  }

  @Test("a part can be copied within the store, if its source is the expected content")
  func copyPart() async throws {
    let bench = try await Bench()
    let facts = try await bench.write("kept content", to: "kept/ä")
    let upload = try await bench.client.beginUpload(to: bench.place("a"), metadata: ["undo": "1"])
    let stale = await error { () throws(ObjectError) in
      try await bench.client.copy(
        part: 1, of: upload, from: bench.place("kept/ä"), tag: "0", range: nil)
    }
    #expect(stale == .unmet)
    let part = try await bench.client.copy(
      part: 1, of: upload, from: bench.place("kept/ä"), tag: facts.tag, range: 0..<4)
    let tag = try await bench.client.complete(upload, parts: [part], if: .absent)
    #expect(tag == bench.client.tag(of: [part]))
    #expect(try await bench.content("a") == "kept")
  }

  @Test("an object that is larger than one request copies is copied in parts")
  func largeCopy() async throws {
    let bench = try await Bench()
    let (path, content) = try bench.file(bytes: 11 << 20)
    let tag = try await bench.client.upload(
      path, size: Int64(content.count), to: bench.place("large"))
    for limit: Int64 in [5 << 20, 64 << 20] {
      try await bench.client.copy(
        bench.place("large"), tag: tag, size: Int64(content.count), to: bench.place("copy"),
        partSize: limit)
      #expect(try await bench.client.read(bench.place("copy")).content == content)
    }
    let stale = await error { () throws(ObjectError) in
      try await bench.client.copy(
        bench.place("large"), tag: "0", size: Int64(content.count), to: bench.place("other"),
        partSize: 5 << 20)
    }
    #expect(stale == .unmet)
    #expect(try await bench.client.uploads(in: "lake", prefix: bench.prefix) == [])
  }

  @Test("a file that ends too early is no part")
  func shortFile() async throws {
    let bench = try await Bench()
    let (path, _) = try bench.file(bytes: 10)
    let upload = try await bench.client.beginUpload(to: bench.place("a"), metadata: [:])
    let short = await error { () throws(ObjectError) in
      try await bench.client.upload(part: 1, of: upload, from: path, range: 0..<11)
    }
    #expect(short == .local(path: path, reason: "it ends at byte 10, before byte 11"))
    try await bench.client.abort(upload)
  }

  @Test("the tag of parts is the MD5 of their MD5s")
  func tag() async throws {
    let client = try S3Client(endpoint: "http://127.0.0.1:1")
    let parts: [UploadedPart] = [
      UploadedPart(number: 2, tag: "92eb5ffee6ae2fec3ad71c777531578f"),  // of "b"
      UploadedPart(number: 1, tag: "0cc175b9c0f1b6a831c399e269772661"),  // of "a"
    ]
    #expect(client.tag(of: parts) == "96e024ba2074fe77e8e965ba43a704be-2")
  }
}
