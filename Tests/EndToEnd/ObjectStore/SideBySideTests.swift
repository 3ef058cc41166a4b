import Foundation
import ObjectStorage
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

/// That a run does not wait for one answer of the store after the other.
@Suite("On S3 a request that takes its time", .timeLimit(.minutes(15)))
struct SideBySideTests {
  @Test("does not keep the files of other partitions from being downloaded")
  func downloads() async throws {
    let (lake, proxy) = try await lake()
    // Six late objects of either table; the first one that is asked for does not come.
    try await expectOthers(12, lake, proxy) { request in
      request.kind == .get && request.target.exact.contains(text: "/late.parquet")
    }
  }

  @Test("does not keep other partitions from being published")
  func publishes() async throws {
    let (lake, proxy) = try await lake()
    // The first partition of a run is published alone.
    try await expectOthers(6, holding: 2, lake, proxy) { $0.kind == .complete }
  }

  @Test(
    "is not waited for when the run is interrupted, and what it was for has not failed",
    arguments: [([], 7), (["--where", "k = 7"], 1)])
  func interruption(_ scope: [String], _ cancelled: Int) async throws {
    let (lake, proxy) = try await lake()
    // Nothing is to be joined here, and the file is looked at all the same.
    try await lake.land("b/k=7", Workbench.rows("y"), file: "late.parquet")
    let isMeant = { @Sendable (request: StoreRequest) in
      request.kind == .get && request.target.exact.contains(text: "/late.parquet")
    }
    proxy.set { request, _ in isMeant(request) ? .held : nil }
    let run = try lake.start(["run", "--json"] + scope)
    for await request in proxy.arrivals where isMeant(request) { break }
    run.send(SIGINT)
    let end = await run.finish()
    #expect(end.status == 130, Comment(rawValue: end.stderr))
    let shape = try JSONValue(end.stdout)[0]
    #expect(
      shape["failed"].elements.isEmpty && shape["cancelled"].integer == cancelled,
      Comment(rawValue: end.stdout))
  }

  /// A workspace of which six partitions were published and are pending again.
  private func lake() async throws -> (Lake, FaultProxy) {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let lake = try await Lake()
    let keys = (1...6).map(String.init)
    try await lake.landPair(keys)
    // The first run also looks at columns.
    let first = try await lake.dovetail("run")
    #expect(first.status == 0, Comment(rawValue: first.stderr))
    for key in keys {
      try await lake.land("a/k=\(key)", Workbench.rows("x", 2), file: "late.parquet")
      try await lake.land("b/k=\(key)", Workbench.rows("y", 2), file: "late.parquet")
    }
    try lake.bench.write(
      "dovetail.yaml", Lake.stores(at: proxy.endpoint) + Lake.pair(lake.place))
    return (lake, proxy)
  }

  /// Holds one of the requests of a run that are meant, and waits until all of them came, each to an object of its own.
  private func expectOthers(
    _ count: Int, holding held: Int = 1, _ lake: Lake, _ proxy: FaultProxy,
    where isMeant: @escaping @Sendable (StoreRequest) -> Bool
  ) async throws {
    let path = { @Sendable (request: StoreRequest) in
      request.target.exact.parts(separatedBy: "?")[0]
    }
    let passed = Mutex(0)
    proxy.set { request, _ in
      guard isMeant(request) else { return nil }
      return passed.withLock { count in
        count += 1
        return count == held ? .held : nil
      }
    }
    let run = try lake.start(["run"])
    var seen: Set<ExactText> = []
    for await request in proxy.arrivals where isMeant(request) {
      // A second try of what is held comes only once the client has given it up.
      guard seen.insert(path(request)).inserted else { break }
      if seen.count == count { break }
    }
    run.send(9)
    _ = await run.finish()
    #expect(seen.count == count)
  }
}
