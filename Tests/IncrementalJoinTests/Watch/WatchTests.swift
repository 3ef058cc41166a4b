import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

/// Days are counted back from 2026-03-01, of which nothing has happened yet.
@Suite("A watch")
struct WatchTests {
  private static let tenDays = TableWatch.lately(.seconds(10 * 86_400))

  /// 400 days of both tables, of which everything is built.
  private func built(
    trades: TableWatch? = tenDays, quotes: TableWatch? = tenDays, days: Int = 400
  ) async throws -> WatchedTables {
    var tables = try WatchedTables(trades: trades, quotes: quotes)
    for day in 1...days {
      tables.put("trades", daysAgo: day)
      tables.put("quotes", daysAgo: day)
    }
    try await tables.commit(.everywhere)
    return tables
  }

  private func paths(_ report: PendingReport) -> [ExactText] {
    report.pending.map(\.partition.path)
  }

  @Test("lists what ended lately and the halo of what reads it, and finds nothing else pending")
  func quiet() async throws {
    let tables = try await built()
    let count = FolderCount()
    let report = try await tables.report(counting: count)
    #expect(report.pending == [])
    #expect(report.known.count == 400 && report.losses == [] && report.emptiedInputs == [])
    // The day that ended 10 days ago ended at the border, not later; a full join reads rows of the
    // first input too, as far as who meets nothing is concerned.
    for table in ["trades", "quotes"] as [ExactText] {
      let listed = count.paths(of: table)
      #expect(listed == Set((1...12).map { WatchedTables.path(daysAgo: $0) }), "\(table)")
    }
  }

  @Test("a change before it becomes pending as soon as somebody looks at everything")
  func before() async throws {
    var tables = try await built()
    tables.put("trades", daysAgo: 300, version: 2)
    tables.remove("quotes", daysAgo: 200)
    #expect(try await tables.report().pending == [])
    let all = try await tables.report(.everywhere)
    #expect(
      Set(paths(all))
        == Set([301, 300, 299, 201, 200, 199].map { WatchedTables.path(daysAgo: $0) }))
    let known = try #require(
      try await tables.report().known.first { $0.partition == (try WatchedTables.day(300)) })
    #expect(!known.isLookedAt && known.reasons == [] && !known.isOneSided)
    #expect(
      try await tables.report().status(of: WatchedTables.day(300))
        == "not looked at: it is outside what table trades watches; `--all` looks at it")
  }

  @Test("what a pending partition reads is listed whatever is watched")
  func reads() async throws {
    var tables = try await built(quotes: nil)
    tables.put("quotes", daysAgo: 300, version: 2)
    let count = FolderCount()
    let report = try await tables.report(counting: count)
    #expect(Set(paths(report)) == Set((299...301).map { WatchedTables.path(daysAgo: $0) }))
    #expect(report.pending.allSatisfy { $0.isLookedAt && $0.hold == nil })
    let whole = try await tables.report(.everywhere)
    #expect(report.pending.map(\.versions) == whole.pending.map(\.versions))
    // Of the watched table the window of the three days, and what is watched.
    let listed = count.paths(of: "trades")
    #expect(
      listed == Set((Array(298...302) + Array(1...12)).map { WatchedTables.path(daysAgo: $0) }))
  }

  @Test("an old partition that is named is listed, built or not")
  func rerun() async throws {
    var tables = try await built()
    tables.put("trades", daysAgo: 700)
    let names = [try WatchedTables.day(300), try WatchedTables.day(700)]
    let count = FolderCount()
    let report = try await tables.report(.watched(and: Set(names)), counting: count)
    let known = report.known.filter { names.contains($0.partition) }
    #expect(known.map(\.isLookedAt) == [true, true])
    #expect(known.flatMap(\.inputs).map { $0.version?.files.count } == [1, nil, 3, 3])
    #expect(count.paths(of: "quotes").count == 12 + 3)
    let none = try await tables.report(.watched(and: [try WatchedTables.day(800)]))
    #expect(!none.known.contains { $0.partition == (try? WatchedTables.day(800)) })
  }

  @Test("a watched file that is gone is missed, and what is watched alone counts for guards")
  func losses() async throws {
    var tables = try await built()
    for day in 1...10 { tables.remove("trades", daysAgo: day) }
    let report = try await tables.report()
    #expect(report.pending.count == 11)
    let loss = try #require(report.losses.first)
    #expect(loss.lost == 10 && loss.consumed == 12)
    #expect(report.emptiedInputs == [])
  }

  @Test("a new definition builds what is watched")
  func definition() async throws {
    var tables = try await built(days: 30)
    tables.window = .seconds(3600)
    let pending = try await tables.report().pending
    #expect(pending.count == 11 && pending.allSatisfy { $0.reasons == [.definitionChanged] })
    tables.quotes = try WatchedTables(trades: nil, quotes: nil).quotes
    // Here every partition is looked at, since all of one input is.
    #expect(try await tables.report().pending.count == 30)
  }

  @Test("a table whose keys are compared, not its time, is watched by its own partitions")
  func alone() async throws {
    var tables = try await built(days: 30)
    tables.isByTime = false
    tables.trades = TableDefinition(
      name: "trades", location: "/trades", format: .parquet, keys: WatchedTables.keys)
    try await tables.commit(.everywhere)
    tables.put("quotes", daysAgo: 3, version: 2)
    tables.put("quotes", daysAgo: 20, version: 2)
    #expect(try await paths(tables.report()) == [WatchedTables.path(daysAgo: 3)])
  }

  @Test("a predicate over the keys watches what it selects, with the day of the listing")
  func predicate() async throws {
    var tables = try await built(
      trades: WatchedTables.watch("year = 2026 AND month = 2"),
      quotes: WatchedTables.watch("year = year(current_date)"))
    tables.put("trades", daysAgo: 5, version: 2)
    tables.put("trades", daysAgo: 40, version: 2)
    tables.put("quotes", daysAgo: 50, version: 2)
    tables.put("quotes", daysAgo: 100, version: 2)
    let pending = try await tables.report().pending.map(\.partition.path)
    #expect(
      Set(pending)
        == Set([4, 5, 6, 39, 40, 41, 49, 50, 51].map { WatchedTables.path(daysAgo: $0) }))
  }

  @Test("the first values of a path refuse what all partitions below it would be refused for")
  func prefixes() throws {
    let table = try WatchedTables(trades: Self.tenDays, quotes: nil).trades
    let filter = try #require(
      PrefixFilter(Self.tenDays.scope(at: WatchedTables.now), of: table))
    func admits(_ values: Int64...) -> Bool { filter.admits(values.map { .integer($0) }) }
    #expect(!admits(2025) && admits(2026) && !admits(2026, 1) && admits(2026, 2))
    #expect(!admits(2026, 2, 18) && admits(2026, 2, 19) && admits(2026, 3))
    // What names no time is met, and told.
    #expect(admits(2026, 13) && filter.admits([.null, .null, .null]))
    // A day says nothing without its month.
    let keys = [0, 2, 1].map { WatchedTables.keys[$0] }
    let odd = TableDefinition(
      name: "odd", location: "/odd", format: .parquet, keys: keys,
      time: TableTime(column: "ts", keys: try TimeKeys(keys: keys)), watch: Self.tenDays)
    let other = try #require(PrefixFilter(Self.tenDays.scope(at: WatchedTables.now), of: odd))
    #expect(other.admits([.integer(2026), .integer(1)]))
    #expect(!other.admits([.integer(2026), .integer(1), .integer(2)]))
  }
}
