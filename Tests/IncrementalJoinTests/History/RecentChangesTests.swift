import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("What changed since an instant")
struct RecentChangesTests {
  private let world = OperationWorld()

  private func changes(since: Date) async throws -> RecentChanges {
    let status = try await JobStatus(
      of: world.job, storage: world.storage.reader, ledger: world.ledger)
    return try RecentChanges(status.report, since: since, ledger: world.ledger)
  }

  /// `k=1 by 2: 2 -> 1`.
  private func texts(_ changes: RecentChanges) -> [String] {
    changes.changes.map { change in
      let rows = [change.rowsBefore, change.rowsNow].map { $0.map { "\($0)" } ?? "none" }
      return "\(change.partition) by \(change.run): \(rows.joined(separator: " -> "))"
    }
  }

  @Test("what was published, replaced and removed has the rows before and now, and no earlier run")
  func published() async throws {
    try await world.run()
    let start = Date()
    world.land(1, ["w"], in: "ab")
    world.land(2, ["other"], in: "a")
    // The first run holds the removal back.
    try await world.run()
    try await world.run(RunRequest(allowsRemovals: true))
    world.land(4, ["x", "y"], in: "ab")
    try await world.run()
    let changes = try await changes(since: start)
    #expect(changes.runs.map(\.id) == [4, 3, 2])
    #expect(texts(changes) == ["k=1 by 2: 2 -> 1", "k=2 by 3: 2 -> none", "k=4 by 4: none -> 2"])
    #expect(changes.pending == 0)
    #expect(!changes.isEmpty)
    #expect(try await self.changes(since: Date(timeIntervalSinceNow: 60)).isEmpty)
  }

  @Test("what was staged before and published since is told, and what ran between is not")
  func staged() async throws {
    try await world.run()
    world.land(1, ["w"], in: "ab")
    try await world.run(RunRequest(stagesOnly: true))
    world.land(3, ["x", "y", "z"], in: "ab")
    try await world.run(RunRequest(partitions: [OperationWorld.partition(3)]))
    let start = Date()
    try await world.finish(world.runner.publish(staged: 2, of: world.job))
    let changes = try await changes(since: start)
    #expect(changes.runs.map(\.id) == [2])
    #expect(texts(changes) == ["k=1 by 2: 2 -> 1"])
  }

  @Test("files count by the time at which they were written")
  func landed() async throws {
    let all = try await changes(since: .distantPast)
    #expect(all.arrivals.map(\.input) == ["a", "b"])
    #expect(all.arrivals.map(\.files) == [3, 3])
    #expect(all.arrivals.map(\.partitions) == [3, 3])
    #expect(all.arrivals.map(\.bytes) == [12, 12])
    #expect(all.pending == 3)
    let newest = try #require(all.arrivals.compactMap(\.newest).max())
    let since = Date(timeIntervalSince1970: Double(newest) / 1e9 + 1)
    #expect(try await changes(since: since).arrivals.map(\.files) == [0, 0])
    #expect(try await changes(since: .distantFuture).arrivals.map(\.newest) == [nil, nil])
  }
}
