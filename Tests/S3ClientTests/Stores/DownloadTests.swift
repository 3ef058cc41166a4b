import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import S3Client

/// Objects as local files.
@Suite("Downloads")
struct DownloadTests {
  private let proxy: FaultProxy
  private let bench: Bench
  private let path: String

  init() async throws {
    proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    bench = try Bench(proxy)
    path = "\(bench.folder.path)/got"
  }

  private func written(bytes count: Int) async throws -> (content: Data, tag: ExactText) {
    let content = try bench.file(bytes: count).content
    let facts = try await bench.client.write(
      content, to: bench.place("a ä"), metadata: [:], if: .always)
    return (content, facts.tag)
  }

  private func download(_ key: ExactText = "a ä", tag: ExactText) async -> ObjectError? {
    await error { () throws(ObjectError) in
      try await bench.client.download(bench.place(key), tag: tag, to: path)
    }
  }

  private var got: Data? { FileManager.default.contents(atPath: path) }

  private func expectNoFile() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
    #expect(!names.contains { $0.hasPrefix("got") })
  }

  @Test("a file has its name once it is whole", arguments: [0, 1, 3_000_000])
  func whole(_ count: Int) async throws {
    let (content, tag) = try await written(bytes: count)
    #expect(await download(tag: tag) == nil)
    #expect(got == content)
    #expect(proxy.count(.get) == 1)
  }

  @Test("the store's checksum of the whole content comes along; the proxy says it for SeaweedFS")
  func checksum() async throws {
    let (_, tag) = try await written(bytes: 300_000)
    func said(_ type: String) async throws -> ExactText? {
      proxy.set { request, _ in
        request.kind == .get
          ? .headed(["x-amz-checksum-crc64nvme": "rosUhgp5mIg=", "x-amz-checksum-type": type]) : nil
      }
      return try await bench.client.download(bench.place("a ä"), tag: tag, to: path)
    }
    let whole = try #require(try await said("FULL_OBJECT"))
    #expect(whole.contains(text: "crc64nvme:ae8b14860a799888"))
    #expect(proxy.requests.map { $0.headers["x-amz-checksum-mode"] } == ["ENABLED"])
    #expect(try await said("COMPOSITE") == nil)
  }

  @Test("another content than the expected one is not a file, nor is none")
  func changed() async throws {
    _ = try await written(bytes: 100)
    #expect(await download(tag: "0") == .unmet)
    #expect(await download("none", tag: "0") == .absent)
    try expectNoFile()
  }

  @Test("a store that ignores the condition is found out")
  func ignored() async throws {
    let rclone = try await Bench(.rclone)
    try await rclone.write("other", to: "a")
    let result = await error { () throws(ObjectError) in
      try await rclone.client.download(rclone.place("a"), tag: "0", to: path)
    }
    #expect(result == .unmet)
    try expectNoFile()
  }

  @Test("one that is cut goes on where it ended, with the same condition")
  func cut() async throws {
    let (content, tag) = try await written(bytes: 300_000)
    proxy.set { request, number in
      request.kind == .get && number <= 3 ? .cutBody(after: 70_000) : nil
    }
    #expect(await download(tag: tag) == nil)
    #expect(got == content)
    // What had come right before a cut may be lost with it.
    let starts = proxy.requests.map { request in
      request.headers["range"].flatMap {
        Int($0.exact.replacing(every: "bytes=", with: "").text.dropLast())
      } ?? 0
    }
    #expect(starts.count == 4)
    #expect(starts.first == 0 && starts == Set(starts).sorted())
    #expect(proxy.requests.allSatisfy { $0.headers["if-match"] == "\"\(tag)\"" })
  }

  @Test("one that is replaced after a cut fails, and mixes nothing")
  func replaced() async throws {
    let (_, tag) = try await written(bytes: 300_000)
    let other = try await Bench()
    let place = bench.place("a ä")
    let replaced = Signal()
    proxy.set { request, number in
      if request.kind == .get, number == 1 { return .cutBody(after: 70_000) }
      if request.kind == .get { replaced.wait() }
      return nil
    }
    async let result = download(tag: tag)
    for await request in proxy.arrivals where request.kind == .get { break }
    _ = try await other.client.write(Data("new".utf8), to: place, metadata: [:], if: .always)
    replaced.give()
    #expect(await result == .unmet)
    try expectNoFile()
  }

  @Test("one that is always cut at its beginning is given up")
  func hopeless() async throws {
    let (_, tag) = try await written(bytes: 1000)
    proxy.set { request, _ in request.kind == .get ? .cutBody(after: 0) : nil }
    let result = await download(tag: tag)
    #expect(
      result == .unreachable(endpoint: proxy.endpoint, reason: "the connection was cut"))
    #expect(proxy.count(.get) == RetryPolicy.fast.attempts)
    try expectNoFile()
  }

  @Test("slow bytes are waited for")
  func slow() async throws {
    let (content, tag) = try await written(bytes: 3000)
    proxy.fail(.get, .slow(pieces: 7))
    #expect(await download(tag: tag) == nil)
    #expect(got == content)
    #expect(proxy.count(.get) == 1)
  }

  @Test("a store that does not know ranges sends everything again")
  func withoutRanges() async throws {
    let (_, tag) = try await written(bytes: 10)
    let whole = "0123456789"
    proxy.set { request, number in
      number == 1 ? .cutBody(after: 4) : .answered(whole)
    }
    #expect(await download(tag: tag) == nil)
    #expect(got == Data(whole.utf8))
  }

  @Test("a folder that is not there is said")
  func noFolder() async throws {
    let (_, tag) = try await written(bytes: 10)
    let result = await error { () throws(ObjectError) in
      try await bench.client.download(bench.place("a ä"), tag: tag, to: "\(path)/x/y")
    }
    guard case .local(_, let reason) = result else {
      Issue.record("\(String(describing: result))")
      return
    }
    #expect(reason == "No such file or directory")
  }
}
