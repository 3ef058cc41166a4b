import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import S3Client

/// Objects, written, found and removed, in stores that run beside the tests.
@Suite("Objects of a store")
struct ObjectTests {
  @Test(
    "what is written is read, found and listed", arguments: [S3Peer.Kind.seaweedFS, .moto, .rclone])
  func roundTrip(_ kind: S3Peer.Kind) async throws {
    let bench = try await Bench(kind)
    let written = try await bench.write("hello", to: "dir/a", metadata: ["dovetail-run": "r7"])
    #expect(written.tag == "5d41402abc4b2a76b9719d911017c592")
    #expect(written.size == 5)
    #expect(abs(written.answeredAt.timeIntervalSinceNow) < 120)

    let found = try await bench.client.head(bench.place("dir/a"))
    #expect(found.tag == written.tag)
    #expect(found.size == 5)
    #expect(found.metadata["dovetail-run"] == "r7")

    let read = try await bench.client.read(bench.place("dir/a"))
    #expect(String(decoding: read.content, as: UTF8.self) == "hello")
    #expect(read.facts.tag == written.tag)

    let page = try await bench.client.list(
      "lake", prefix: bench.prefix, delimiter: false, start: nil, after: nil)
    #expect(page.objects.map(\.key) == [bench.place("dir/a").key])
    #expect(page.objects.map(\.size) == [5])
    #expect(page.objects.map(\.tag) == [written.tag])
    #expect(page.next == nil)
    let modified = try #require(page.objects.first?.modified)
    #expect(abs(modified.timeIntervalSinceNow) < 120)
  }

  @Test("the store verifies the checksum, and gives it back")
  func checksum() async throws {
    let bench = try await Bench()
    try await bench.write("hello", to: "a")
    #expect(
      try await bench.client.head(bench.place("a")).checksum
        == "sha256:\(Self.helloDigest)")
  }

  @Test("the digest that the store has of a file is the one that ledgers keep")
  func digest() async throws {
    let bench = try await Bench()
    let tag = try await bench.write("hello", to: "a").tag
    let client = bench.client
    let files = ObjectFiles(
      { _ in client }, scratch: ObjectScratch(folder: bench.folder.path))
    let file = DataFile(path: "a", size: 5, modified: 0, tag: "\(tag) 5")
    let root = bench.place("").key.parts(separatedBy: "/").joined(separator: "/")
    let location = Location(scheme: "s3", root: "\(S3Peer.bucket.exact)/\(root)")
    #expect(try await files.digest(of: file, in: location) == Self.helloDigest)
  }

  private static let helloDigest =
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

  /// Keys that somebody's encoding gets wrong, by what each store keeps of keys.
  static let oddKeys: [ExactText] = [
    "a b", "a+b", "a%2Fb", "ä€😀", "e\u{301}", "\u{E9}", "q?x=1&y#z", "it's \"quoted\" <&>",
    "dt=2024-01-01/hr=__HIVE_DEFAULT_PARTITION__/x.parquet", "[a]*", "a\tb", "~._-!$'()*,;:@",
  ]

  @Test("keys are bytes", arguments: [S3Peer.Kind.seaweedFS, .moto, .rclone])
  func keys(_ kind: S3Peer.Kind) async throws {
    let bench = try await Bench(kind)
    let keys = Self.oddKeys
    for (index, key) in keys.enumerated() { try await bench.write("\(index)", to: key) }
    for (index, key) in keys.enumerated() { #expect(try await bench.content(key) == "\(index)") }
    let listed = try await ObjectListing(bench.client, bucket: "lake", prefix: bench.prefix)
      .objects()
    #expect(listed.map(\.key) == keys.map { bench.place($0).key }.sorted())
  }

  @Test("a delimiter tells folders, and `start` is left out")
  func delimiter() async throws {
    let bench = try await Bench()
    for key in ["a/1", "a/2", "b +/1", "c"] { try await bench.write("", to: key.exact) }
    let page = try await bench.client.list(
      "lake", prefix: bench.prefix, delimiter: true, start: nil, after: nil)
    #expect(page.prefixes == ["a/", "b +/"].map { bench.place($0).key })
    #expect(page.objects.map(\.key) == [bench.place("c").key])
    let rest = try await bench.client.list(
      "lake", prefix: bench.prefix, delimiter: false, start: bench.place("a/1").key, after: nil)
    #expect(rest.objects.map(\.key) == ["a/2", "b +/1", "c"].map { bench.place($0).key })
  }

  @Test(
    "a write is carried out only under its condition", arguments: [S3Peer.Kind.seaweedFS, .moto])
  func conditions(_ kind: S3Peer.Kind) async throws {
    let bench = try await Bench(kind)
    let first = try await bench.write("1", to: "a", if: .absent)
    #expect(
      await error { () throws(ObjectError) in try await bench.write("2", to: "a", if: .absent) }
        == .unmet)
    #expect(
      await error { () throws(ObjectError) in try await bench.write("2", to: "a", if: .tag("0")) }
        == .unmet)
    #expect(
      await error { () throws(ObjectError) in try await bench.write("2", to: "none", if: .tag("0"))
      }
        == .unmet)
    #expect(try await bench.content("a") == "1")
    try await bench.write("2", to: "a", if: .tag(first.tag))
    #expect(try await bench.content("a") == "2")
  }

  @Test("a store may ignore conditions: then the answer is no error")
  func ignored() async throws {
    let bench = try await Bench(.rclone)
    try await bench.write("1", to: "a", if: .absent)
    try await bench.write("2", to: "a", if: .absent)
    #expect(try await bench.content("a") == "2")
  }

  @Test("a copy takes metadata along, and is made of the expected content only")
  func copy() async throws {
    let bench = try await Bench()
    let facts = try await bench.write("1", to: "a ä", metadata: ["dovetail-run": "r1"])
    try await bench.client.copy(bench.place("a ä"), tag: facts.tag, to: bench.place("kept/b"))
    #expect(try await bench.client.head(bench.place("kept/b")).metadata["dovetail-run"] == "r1")
    #expect(try await bench.content("kept/b") == "1")
    let stale = await error { () throws(ObjectError) in
      try await bench.client.copy(bench.place("a ä"), tag: "0", to: bench.place("kept/c"))
    }
    #expect(stale == .unmet)
    #expect(try await bench.content("kept/c") == nil)
    let absent = await error { () throws(ObjectError) in
      try await bench.client.copy(bench.place("none"), tag: "0", to: bench.place("kept/c"))
    }
    #expect(absent == .absent || absent == .unmet)
  }

  @Test("what is removed has to be what was expected")
  func remove() async throws {
    let bench = try await Bench()
    let facts = try await bench.write("1", to: "a")
    let stale = await error { () throws(ObjectError) in
      try await bench.client.remove(bench.place("a"), tag: "0", validity: nil)
    }
    #expect(stale == .unmet)
    #expect(try await bench.content("a") == "1")
    try await bench.client.remove(bench.place("a"), tag: facts.tag, validity: nil)
    #expect(try await bench.content("a") == nil)
    let again = await error { () throws(ObjectError) in
      try await bench.client.remove(bench.place("a"), tag: facts.tag, validity: nil)
    }
    #expect(again == .unmet)
    try await bench.client.remove(bench.place("a"), tag: nil, validity: nil)
  }

  @Test(
    "a removal inside its time is carried out, one after it is not, and its condition is signed")
  func validity() async throws {
    let bench = try await Bench()
    let facts = try await bench.write("1", to: "a ä")
    let place = bench.place("a ä")
    let late = await error { () throws(ObjectError) in
      try await bench.client.remove(
        place, tag: facts.tag,
        validity: RequestValidity(from: facts.answeredAt - 60, seconds: 30))
    }
    #expect(late == .tooLate)
    let validity = RequestValidity(from: facts.answeredAt - 60, seconds: 600)
    let stale = await error { () throws(ObjectError) in
      try await bench.client.remove(place, tag: "0", validity: validity)
    }
    #expect(stale == .unmet)
    #expect(try await bench.content("a ä") == "1")
    try await bench.client.remove(place, tag: facts.tag, validity: validity)
    #expect(try await bench.content("a ä") == nil)
  }

  @Test(
    "several are removed by one request, whatever their names, and what is not there is no error",
    arguments: [S3Peer.Kind.seaweedFS, .moto, .rclone], [false, true])
  func removeSeveral(_ kind: S3Peer.Kind, inTime: Bool) async throws {
    let bench = try await Bench(kind)
    let keys: [ExactText] = ["k=1/a b", "k=2/ä&<+>", "k=3/%2F\"'", "stays"]
    for key in keys { try await bench.write("x", to: key) }
    let gone = (keys.dropLast() + ["none"]).map { bench.place($0).key }
    let validity = inTime ? RequestValidity(from: .now, seconds: 300) : nil
    try await bench.client.remove(gone, in: "lake", validity: validity)
    let left = try await bench.client.list(
      "lake", prefix: bench.prefix, delimiter: false, start: nil, after: nil)
    #expect(left.objects.map(\.key) == [bench.place("stays").key])
  }

  @Test("several are not removed too late, and what is refused of them is an error")
  func removeSeveralTooLate() async throws {
    let bench = try await Bench()
    try await bench.write("x", to: "a")
    let late = await error { () throws(ObjectError) in
      try await bench.client.remove(
        [bench.place("a").key], in: "lake",
        validity: RequestValidity(from: .now - 100, seconds: 10))
    }
    #expect(late == .tooLate)
    #expect(try await bench.content("a") == "x")

    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let through = try Bench(proxy)
    func answer(_ code: String) async -> ObjectError? {
      proxy.set { _, _ in
        .answered(
          "<DeleteResult><Error><Key>k</Key><Code>\(code)</Code><Message>why</Message></Error></DeleteResult>"
        )
      }
      return await error { () throws(ObjectError) in
        try await through.client.remove(["k", "l"], in: "lake", validity: nil)
      }
    }
    #expect(
      await answer("AccessDenied")
        == .denied(operation: "remove", place: "s3://lake/k", reason: "why"))
    #expect(
      await answer("InternalError")
        == .failed(
          operation: "remove", place: "s3://lake/k", status: 200, code: "InternalError",
          message: "why"))
    #expect(await answer("NoSuchKey") == nil)
    proxy.set { _, _ in .refused(501, "NotImplemented") }
    let none = await error { () throws(ObjectError) in
      try await through.client.remove(["k", "l"], in: "lake", validity: nil)
    }
    #expect(none == .noBatches)
  }
}
