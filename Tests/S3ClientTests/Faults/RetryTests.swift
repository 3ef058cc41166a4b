import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

@testable import S3Client

/// What goes wrong for a while, or for good, on the way to a store.
@Suite("Requests that go wrong")
struct RetryTests {
  private let proxy: FaultProxy
  private let bench: Bench
  private let told = Told()

  private final class Told: Sendable {
    let sentences = Mutex<[String]>([])
  }

  init() async throws {
    proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    bench = try Bench(proxy) { [told] sentence in
      told.sentences.withLock { $0.append(sentence) }
    }
  }

  /// Faults that pass, whatever the request.
  static let passing: [(name: String, fault: StoreFault)] = [
    ("SlowDown", .refused(503, "SlowDown")), ("429", .refused(429, "TooManyRequests")),
    ("500", .refused(500, "InternalError")),
    ("502", .answered("<html>Bad Gateway</html>", status: 502)),
    ("504", .answered("", status: 504)), ("cut before", .cutBefore), ("lost answer", .lost),
    ("500 after it was done", .brokenAfter(500, "InternalError")),
  ]

  @Test("what may be done twice is tried again", arguments: passing.indices)
  func repeated(_ index: Int) async throws {
    let fault = Self.passing[index].fault
    let facts = try await bench.write("1", to: "a")
    let client = bench.client
    let place = bench.place("a")
    let (path, _) = try bench.file(bytes: 10)

    proxy.fail(.head, times: 2, fault)
    #expect(try await client.head(place).tag == facts.tag)
    proxy.fail(.get, times: 2, fault)
    #expect(try await bench.content("a") == "1")
    proxy.fail(.list, times: 2, fault)
    let page = try await client.list(
      "lake", prefix: bench.prefix, delimiter: false, start: nil, after: nil)
    #expect(page.objects.map(\.key) == [place.key])
    proxy.fail(.put, times: 2, fault)
    try await bench.write("1", to: "a")
    #expect(proxy.count(.put) == 3)
    proxy.fail(.copy, times: 2, fault)
    try await client.copy(place, tag: facts.tag, to: bench.place("kept"))
    #expect(try await bench.content("kept") == "1")
    proxy.fail(.begin, times: 2, fault)
    let upload = try await client.beginUpload(to: bench.place("b"), metadata: [:])
    proxy.fail(.part, times: 2, fault)
    let part = try await client.upload(part: 1, of: upload, from: path, range: 0..<10)
    #expect(part.number == 1)
    proxy.fail(.uploads, times: 2, fault)
    #expect(try await client.uploads(in: "lake", prefix: bench.prefix).contains(upload))
    proxy.fail(.abort, times: 2, fault)
    for upload in try await client.uploads(in: "lake", prefix: bench.prefix) {
      try await client.abort(upload)
    }
    proxy.fail(.delete, times: 2, fault)
    try await client.remove(place, tag: nil, validity: nil)
    #expect(try await bench.content("a") == nil)
  }

  @Test("each further try is told")
  func shown() async throws {
    proxy.fail(.put, times: 2, .refused(503, "SlowDown"))
    try await bench.write("1", to: "a")
    let place = bench.place("a")
    #expect(
      told.sentences.withLock { $0 } == [
        "Cannot write \(place) yet: the store answered 503 SlowDown. Try 2 of 8 follows.",
        "Cannot write \(place) yet: the store answered 503 SlowDown. Try 3 of 8 follows.",
      ])
  }

  @Test("what never passes ends after the last try")
  func ceiling() async throws {
    proxy.set { _, _ in .refused(503, "SlowDown") }
    let busy = await error { () throws(ObjectError) in try await bench.write("1", to: "a") }
    #expect(busy == .busy(status: 503, attempts: 8))
    #expect(proxy.count(.put) == 8)
    proxy.set { _, _ in .cutBefore }
    let cut = await error { () throws(ObjectError) in try await bench.client.head(bench.place("a"))
    }
    #expect(cut == .unreachable(endpoint: proxy.endpoint, reason: "the connection was cut"))
    #expect(proxy.count(.head) == 8)
  }

  @Test("a store that takes no connection is given up after three tries")
  func refusedConnection() async throws {
    let refusing = try Bench(endpoint: "http://127.0.0.1:1") { [told] sentence in
      told.sentences.withLock { $0.append(sentence) }
    }
    let read = await error { () throws(ObjectError) in
      try await refusing.client.head(refusing.place("a"))
    }
    #expect(read == .unreachable(endpoint: "http://127.0.0.1:1", reason: "Connection refused"))
    let place = refusing.place("a")
    #expect(
      told.sentences.withLock { $0 } == [
        "Cannot read \(place) yet: Connection refused. Try 2 of 3 follows.",
        "Cannot read \(place) yet: Connection refused. Try 3 of 3 follows.",
      ])
  }

  @Test(
    "a conditional write whose answer is lost is not sent again",
    arguments: [
      StoreFault.lost, .brokenAfter(500, "InternalError"), .brokenAfter(504, ""),
    ])
  func lostWrite(_ fault: StoreFault) async throws {
    proxy.fail(.put, fault)
    let write = await error { () throws(ObjectError) in
      try await bench.write("1", to: "a", metadata: ["dovetail-run": "r1"], if: .absent)
    }
    try expectLost(write)
    #expect(proxy.count(.put) == 1)
    let facts = try await bench.client.head(bench.place("a"))
    #expect(facts.metadata["dovetail-run"] == "r1")

    let (upload, parts) = try await bench.staged("2", at: "a")
    proxy.fail(.complete, fault)
    let complete = await error { () throws(ObjectError) in
      try await bench.client.complete(upload, parts: parts, if: .tag(facts.tag))
    }
    try expectLost(complete)
    #expect(proxy.count(.complete) == 1)
    #expect(try await bench.content("a") == "2")

    proxy.fail(.delete, fault)
    let tag = bench.client.tag(of: parts)
    let remove = await error { () throws(ObjectError) in
      try await bench.client.remove(
        bench.place("a"), tag: tag, validity: RequestValidity(from: facts.answeredAt, seconds: 60))
    }
    try expectLost(remove)
    #expect(proxy.count(.delete) == 1)
    #expect(try await bench.content("a") == nil)
  }

  private func expectLost(_ error: ObjectError?) throws {
    guard case .lost = error else {
      Issue.record("not lost: \(String(describing: error))")
      return
    }
  }

  @Test(
    "a conditional write is sent again when the store has said that it did nothing",
    arguments: [
      "SlowDown", "ServiceUnavailable", "RequestTimeout", "ConditionalRequestConflict",
    ])
  func refusedWrite(_ code: String) async throws {
    let statuses = ["RequestTimeout": 400, "ConditionalRequestConflict": 409]
    proxy.fail(.put, times: 3, .refused(statuses[code] ?? 503, code))
    let facts = try await bench.write("1", to: "a", if: .absent)
    proxy.fail(.delete, times: 3, .refused(503, "SlowDown"))
    try await bench.client.remove(bench.place("a"), tag: facts.tag, validity: nil)
  }

  @Test("a completion that meets another write in progress is a conflict")
  func completionConflict() async throws {
    let (upload, parts) = try await bench.staged("1", at: "a")
    proxy.fail(.complete, .refused(409, "ConditionalRequestConflict"))
    let result = await error { () throws(ObjectError) in
      try await bench.client.complete(upload, parts: parts, if: .absent)
    }
    #expect(result == .unmet)
    #expect(proxy.count(.complete) == 1)
  }

  @Test("an error behind status 200 is an error")
  func lateError() async throws {
    func document(_ code: String) -> StoreFault {
      .answered(
        "  \n<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>m</Message></Error>")
    }
    let facts = try await bench.write("1", to: "a")
    proxy.fail(.copy, times: 2, document("InternalError"))
    try await bench.client.copy(bench.place("a"), tag: facts.tag, to: bench.place("b"))
    #expect(proxy.count(.copy) == 3)
    #expect(try await bench.content("b") == "1")

    let (upload, parts) = try await bench.staged("2", at: "a")
    proxy.fail(.complete, document("InternalError"))
    let failed = await error { () throws(ObjectError) in
      try await bench.client.complete(upload, parts: parts, if: .tag(facts.tag))
    }
    try expectLost(failed)
    proxy.fail(.complete, document("PreconditionFailed"))
    let unmet = await error { () throws(ObjectError) in
      try await bench.client.complete(upload, parts: parts, if: .tag(facts.tag))
    }
    #expect(unmet == .unmet)
    #expect(try await bench.content("a") == "1")
  }

  @Test("a write whose answer cannot be read may have been carried out")
  func unreadableAnswer() async throws {
    proxy.fail(.put, .answered("<html>welcome</html>"))
    let write = await error { () throws(ObjectError) in
      try await bench.write("1", to: "a", if: .absent)
    }
    #expect(write == .lost(reason: "it has no header Date"))
    let (upload, parts) = try await bench.staged("2", at: "a")
    proxy.fail(.complete, .changed { _ in "<html>welcome</html>" })
    let complete = await error { () throws(ObjectError) in
      try await bench.client.complete(upload, parts: parts, if: .absent)
    }
    #expect(complete == .lost(reason: "its XML is not as promised"))
    #expect(try await bench.content("a") == "2")
  }

  @Test("a request that is cancelled ends, whatever it waits for", arguments: ["answer", "pause"])
  func cancelled(_ wait: String) async throws {
    let patient = try Bench(
      proxy, retries: RetryPolicy(firstPause: .seconds(3600), longestPause: .seconds(3600)))
    proxy.set { _, _ in wait == "answer" ? .held : .refused(503, "SlowDown") }
    let task = Task {
      await error { () throws(ObjectError) in try await patient.write("1", to: "a", if: .absent) }
    }
    for await request in proxy.arrivals where request.kind == .put { break }
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  @Test("an answer that is cancelled on its way is no answer")
  func cancelledBody() async throws {
    try await bench.write(String(repeating: "x", count: 1 << 20), to: "a")
    proxy.fail(.get, .slow(pieces: 1))
    let task = Task {
      await error { () throws(ObjectError) in try await bench.content("a") }
    }
    for await request in proxy.arrivals where request.kind == .get { break }
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  @Test("a store that says nothing is not waited for without end")
  func silent() async throws {
    let impatient = try Bench(
      proxy, retries: RetryPolicy(attempts: 2, firstPause: .zero, idleTime: .milliseconds(50)))
    proxy.set { _, _ in .held }
    let read = await error { () throws(ObjectError) in
      try await impatient.client.read(impatient.place("a"))
    }
    #expect(read == .unreachable(endpoint: proxy.endpoint, reason: "no answer in time"))
    #expect(proxy.count(.get) == 2)
    let write = await error { () throws(ObjectError) in
      try await impatient.write("1", to: "a", if: .absent)
    }
    #expect(write == .lost(reason: "no answer in time"))
  }
}
