import Foundation
import PartitionPredicate
import Synchronization
import TestSupport

@testable import IncrementalJoin

/// Trades and quotes by the day, joined within a window, with files in memory and a ledger that is told what was built.
struct WatchedTables {
  static let keys = [
    PartitionKey(name: "year", type: .int), PartitionKey(name: "month", type: .int),
    PartitionKey(name: "day", type: .int),
  ]
  /// The start of 2026-03-01 in UTC.
  static let now = Date(timeIntervalSince1970: 1_772_323_200)

  var trades: TableDefinition
  var quotes: TableDefinition
  var window = Duration.seconds(86_400)
  /// Whether the tables are joined by time, or by equal keys alone.
  var isByTime = true
  var files = MemoryFiles()
  var ledger = FakeLedger()
  private var run: RunID = 1

  init(trades: TableWatch?, quotes: TableWatch?) throws {
    func table(_ name: String, _ watch: TableWatch?) throws -> TableDefinition {
      TableDefinition(
        name: name, location: Location("/\(name)"), format: .parquet, keys: Self.keys,
        columns: [Column(name: "id", type: "BIGINT")],
        time: TableTime(column: "ts", keys: try TimeKeys(keys: Self.keys)), watch: watch)
    }
    self.trades = try table("trades", trades)
    self.quotes = try table("quotes", quotes)
  }

  static func watch(_ predicate: String) throws -> TableWatch {
    .selected(try PushdownPredicate(predicate, keys: keys, today: 0))
  }

  /// A day so many days before `now`.
  static func path(daysAgo: Int) -> ExactText {
    let days = Int(now.timeIntervalSince1970 / 86_400) - daysAgo
    let date = CivilDate(daysSinceEpoch: days)
    return "year=\(date.year)/month=\(date.month)/day=\(date.day)"
  }

  static func day(_ daysAgo: Int) throws -> Partition {
    try Partition(path: path(daysAgo: daysAgo), keys: keys)
  }

  var job: JobDefinition {
    JobDefinition(
      name: "near",
      inputs: [JobInput(name: "trades", table: trades), JobInput(name: "quotes", table: quotes)],
      transformation: isByTime
        ? .joinToFirst(
          [
            JoinCondition(
              type: .full, on: [], time: .within(before: window, after: window))
          ], select: nil) : .join(type: .full, on: ["id"], select: nil),
      output: OutputDefinition(location: "/out/near", keys: Self.keys))
  }

  /// Writes the file of a day anew; `version` makes it another one.
  mutating func put(_ table: String, daysAgo: Int, version: Int64 = 1) {
    files.put(
      DataFile(
        path: "\(Self.path(daysAgo: daysAgo))/a.parquet", size: 1, modified: version),
      digest: "\(version)", in: Location("/\(table)"))
  }

  mutating func remove(_ table: String, daysAgo: Int) {
    files.remove("\(Self.path(daysAgo: daysAgo))/a.parquet", in: Location("/\(table)"))
  }

  /// The tables as they are now; what is listed of them is counted.
  func storage(counting count: FolderCount? = nil) -> StorageReader {
    var files = files
    for location in [trades.location, quotes.location, job.output.location] {
      files.makeFolder(location)
    }
    let tables = HiveTables(over: files) { Self.now }
    return StorageReader(
      tables: count.map { CountedTables(tables: tables, count: $0) } ?? tables, files: files,
      outputs: MemoryStorage(files))
  }

  func report(_ look: Look = .watched, counting count: FolderCount? = nil) async throws
    -> PendingReport
  {
    try await PendingDetector(storage: storage(counting: count), ledger: ledger)
      .detect(job, looking: look)
  }

  /// Pretends that a run built what a report says is pending, or some of it.
  mutating func commit(_ report: PendingReport, where isTaken: (PendingPartition) -> Bool) {
    for pending in report.pending where isTaken(pending) {
      ledger.commit(pending, of: job, run: run, reading: files)
    }
    run = run.advanced(by: 1)
  }

  mutating func commit(_ look: Look = .watched) async throws {
    commit(try await report(look)) { _ in true }
  }
}

/// Which partitions were listed, by the name of the table.
final class FolderCount: Sendable {
  private let listed = Mutex<[ExactText: Set<ExactText>]>([:])

  func add(_ snapshot: Snapshot) {
    listed.withLock {
      $0[snapshot.table.name.exact, default: []].formUnion(snapshot.partitions.keys.map(\.path))
    }
  }

  func paths(of table: ExactText) -> Set<ExactText> { listed.withLock { $0[table] ?? [] } }
}

/// Tables that tell what of them was listed.
private struct CountedTables: TableReader {
  let tables: any TableReader
  let count: FolderCount

  func snapshot(of table: TableDefinition, in scope: PartitionScope) async -> Snapshot {
    let snapshot = await tables.snapshot(of: table, in: scope)
    count.add(snapshot)
    return snapshot
  }
}
