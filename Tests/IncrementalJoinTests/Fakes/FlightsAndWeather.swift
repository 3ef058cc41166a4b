import Foundation
import PartitionPredicate
import TestSupport

@testable import IncrementalJoin

/// A job that joins two tables in memory, partitioned by month and day.
struct FlightsAndWeather {
  static let keys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int),
  ]

  var flights = TableDefinition(
    name: "flights", location: "/data/flights", format: .parquet, keys: keys)
  var weather = TableDefinition(
    name: "weather", location: "/data/weather", format: .parquet, keys: keys)
  var outputKeys = keys
  var outputTypes: OutputTypes?
  var transformation = Transformation.join(type: .inner, on: ["origin"], select: nil)
  var limits = JobLimits()
  var wait = WaitPolicy.anyChange
  /// The locations exist, whether there are files or not.
  var files = MemoryFiles()
  var listedAt = Date(timeIntervalSince1970: 2_000_000_000)
  var ledger = FakeLedger()
  var schemas = FakeSchemas()
  private var nextRun: RunID = 1

  init() {}

  /// Both tables have one file in each of these partitions.
  init(days: ClosedRange<Int>) {
    for day in days {
      put("flights", "month=1/day=\(day)/a.parquet")
      put("weather", "month=1/day=\(day)/a.parquet")
    }
  }

  var job: JobDefinition {
    JobDefinition(
      name: "flights_weather",
      inputs: [
        JobInput(name: "flights", table: flights), JobInput(name: "weather", table: weather),
      ],
      transformation: transformation,
      output: OutputDefinition(
        location: "/out/flights_weather", keys: outputKeys, types: outputTypes), limits: limits,
      wait: wait)
  }

  /// Writes a file, or writes it again.
  ///
  /// Its content can be read only with a digest, which the listing has taken of a file that is not final. Tables have inodes of their own, so that equal paths are not one file.
  mutating func put(
    _ table: String, _ path: ExactText, size: Int64 = 100, modified: Int64 = 1_000,
    inode: UInt64? = nil, changed: Int64 = 1_000, digest: String? = nil, isFinal: Bool = true
  ) {
    let file = DataFile(
      path: path, size: size, modified: modified,
      inode: inode ?? (table == "flights" ? 1 : 2), changed: changed, isFinal: isFinal)
    files.put(file, digest: digest, in: location(of: table))
  }

  /// Gives the files of a table the ending of another format: `a.csv` for `a.parquet`.
  mutating func rename(_ table: String, to ending: String) {
    let location = location(of: table)
    for file in files.files(in: location) {
      let digest = files.digest(of: file.path, in: location)
      remove(table, file.path)
      files.put(
        DataFile(
          path: file.path.replacing(every: ".parquet", with: ".\(ending)"), size: file.size,
          modified: file.modified, stamp: file.stamp, isFinal: file.isFinal), digest: digest,
        in: location)
    }
  }

  /// Removes a file, or all of a table's.
  mutating func remove(_ table: String, _ path: ExactText? = nil) {
    files.remove(path, in: location(of: table))
  }

  /// Where a table lies, or the job's output by the job's name.
  func location(of table: String) -> Location {
    [flights, weather].first { $0.name == table }?.location ?? job.output.location
  }

  var storage: StorageReader {
    var (files, listedAt) = (files, listedAt)
    for location in [flights.location, weather.location, job.output.location] {
      files.makeFolder(location)
    }
    return StorageReader(
      tables: HiveTables(over: files) { [listedAt] in listedAt }, files: files,
      outputs: MemoryStorage(files))
  }

  func report() async throws -> PendingReport {
    try await PendingDetector(storage: storage, ledger: ledger).detect(job)
  }

  /// Pretends that a run built everything pending, or the named partitions of it.
  mutating func commit(_ partitions: [ExactText]? = nil, rows: Int64 = 10) async throws {
    for pending in try await report().pending
    where partitions?.contains(pending.partition.path) ?? true {
      ledger.commit(pending, of: job, run: nextRun, rows: rows, reading: files)
    }
    nextRun = nextRun.advanced(by: 1)
  }

  func plan(rerunning partitions: [ExactText]? = nil) async throws -> Plan {
    try await plan(report(), rerunning: partitions)
  }

  func plan(_ report: PendingReport, rerunning partitions: [ExactText]? = nil) async throws -> Plan
  {
    let partitions = try partitions?.map { try Partition(path: $0, keys: outputKeys) }
    return try await plan(report, RunRequest(partitions: partitions))
  }

  func plan(_ report: PendingReport, _ request: RunRequest) async throws -> Plan {
    try await Planner(storage: storage, ledger: ledger, schemas: schemas).plan(report, request)
  }
}

extension PendingReport {
  /// Each pending partition with its reasons, as people read them.
  var lines: [String] { pending.map { "\($0.partition) \($0.reasonText)" } }
}
