import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Nothing that is watched is lost")
struct WatchModelTests {
  /// What may be watched of a table.
  private static func watches() throws -> [TableWatch?] {
    [
      nil, .lately(.seconds(10 * 86_400)), .lately(.seconds(20 * 86_400 + 40_000)),
      try WatchedTables.watch("year = 2026 AND month = 2"),
      try WatchedTables.watch("month = 2 AND day > 12 OR month = 1 AND day = 20"),
    ]
  }

  @Test("after any history a look at what is watched agrees with a full one where it looks")
  func histories() async throws {
    var random = SeededGenerator()
    let watches = try Self.watches()
    for _ in 0..<30 {
      var tables = try WatchedTables(
        trades: watches.randomElement(using: &random) ?? nil,
        quotes: watches.randomElement(using: &random) ?? nil)
      tables.window = .seconds([0, 3600, 86_400, 3 * 86_400].randomElement(using: &random) ?? 0)
      tables.isByTime = Bool.random(using: &random)
      for step in 0..<12 {
        for _ in 0..<Int.random(in: 0...6, using: &random) {
          change(&tables, version: Int64(step + 2), using: &random)
        }
        let full = try await tables.report(.everywhere)
        let watched = try await tables.report()
        try check(watched, against: full, "seed \(random.seed), step \(step)")
        let report = Int.random(in: 0..<4, using: &random) == 0 ? full : watched
        var takes = random
        tables.commit(report) { _ in Int.random(in: 0..<4, using: &takes) > 0 }
        random = takes
      }
      // However it began, a full look ends it.
      try await tables.commit(.everywhere)
      #expect(try await tables.report(.everywhere).pending == [], "seed \(random.seed)")
      #expect(try await tables.report().pending == [], "seed \(random.seed)")
    }
  }

  private func change(
    _ tables: inout WatchedTables, version: Int64, using random: inout SeededGenerator
  ) {
    let table = Bool.random(using: &random) ? "trades" : "quotes"
    let day = Int.random(in: 1...60, using: &random)
    if Int.random(in: 0..<3, using: &random) == 0 {
      tables.remove(table, daysAgo: day)
    } else {
      tables.put(table, daysAgo: day, version: version)
    }
  }

  /// What is pending in one is pending in the other with the same files; whatever changed where something is watched
  /// is pending in both.
  private func check(
    _ watched: PendingReport, against full: PendingReport, _ history: Comment
  ) throws {
    let all = Dictionary(full.known.map { ($0.partition, $0) }, uniquingKeysWith: { $1 })
    let seen = Dictionary(watched.pending.map { ($0.partition, $0) }, uniquingKeysWith: { $1 })
    for (partition, pending) in seen {
      let other = try #require(all[partition], history)
      #expect(pending.reasons == other.reasons && pending.versions == other.versions, history)
      #expect(pending.hold == other.hold, history)
    }
    let known = Set(watched.known.map(\.partition))
    for pending in full.pending where seen[pending.partition] == nil {
      let changes = pending.reasons.compactMap(\.change)
      for change in changes {
        let input = try #require(full.job.inputs.first { $0.name == change.input }, history)
        let scope = input.table.watch?.scope(at: WatchedTables.now) ?? .all
        let isWatched =
          PrefixFilter(scope, of: input.table)?.admits(change.partition.values) ?? true
        // Where nothing was built, a halo makes no output partition of its own.
        let isFirst = change.isHalo && !known.contains(pending.partition)
        #expect(!isWatched || isFirst, "\(history) \(pending.partition) \(change)")
      }
    }
  }
}
