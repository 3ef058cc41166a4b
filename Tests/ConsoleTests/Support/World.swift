import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import TestSupport

/// The tables, jobs and ledger that the tests look at: flights and their weather by month and day,
/// and a daily job whose key is a date.
struct World {
  static let now = Date(timeIntervalSince1970: 1_360_000_000)  // 2013-02-04 17:46:40 UTC
  static let dayKeys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int),
  ]

  var storage = FakeStorage()
  var ledger = FakeLedger()
  var jobs: [JobDefinition] = []

  func statuses() async throws -> [JobStatus] {
    var statuses: [JobStatus] = []
    for job in jobs {
      statuses.append(try await JobStatus(of: job, storage: storage.reader, ledger: ledger))
    }
    return statuses
  }

  /// What the executable answers when the pane beside a list asks for a report.
  func report(_ request: ReportRequest, of name: String) async throws -> TextReport {
    let status = try await statuses().first { $0.job.name == name }
    switch request {
    case .why(let partition):
      guard let status else { break }
      return .why(try PartitionAccount.read(partition, in: status.report, ledger: ledger))
    case .run(let run):
      guard let account = try RunAccount.read(run, in: ledger) else { break }
      return .run(account)
    case .uses(let file): return .uses(ofFile: file, [])
    default: break
    }
    return TextReport(title: request.title)
  }

  func plan(_ job: Int = 0, rerunning partitions: [Partition]? = nil) async throws -> Plan {
    try await plan(job, RunRequest(partitions: partitions))
  }

  func plan(_ job: Int = 0, _ request: RunRequest) async throws -> Plan {
    let planner = Planner(storage: storage.reader, ledger: ledger, schemas: FakeSchemas())
    return try await planner.plan(planner.report(jobs[job]), request)
  }

  static func partition(_ month: Int, _ day: Int) -> Partition {
    Partition(keys: dayKeys, values: [.integer(Int64(month)), .integer(Int64(day))])
  }

  static func file(_ partition: Partition, _ name: String, size: Int64, at: Int64 = 0) -> DataFile {
    DataFile(
      path: "\(partition.path)/\(name).parquet", size: size,
      modified: (1_359_000_000 + at) * 1_000_000_000, inode: 7, changed: 1)
  }

  static func table(_ name: String, keys: [PartitionKey] = dayKeys, minimumAge: Duration = .zero)
    -> TableDefinition
  {
    TableDefinition(
      name: name, location: "/data/\(name)", format: .parquet, keys: keys,
      minimumAge: minimumAge)
  }

  mutating func list(
    _ table: TableDefinition, _ files: [Partition: [DataFile]], problems: [ListingProblem] = []
  ) {
    storage.snapshots[table.name] = Snapshot(
      table: table, listedAt: Self.now,
      partitions: files.mapValues { list in
        PartitionListing(version: PartitionVersion(files: list), spellings: [])
      }, problems: problems)
  }

  static func job(
    _ name: String, _ tables: [TableDefinition], keys: [PartitionKey] = dayKeys
  ) -> JobDefinition {
    JobDefinition(
      name: name, inputs: tables.map { JobInput(name: $0.name, table: $0) },
      transformation: .join(type: .left, on: ["origin", "time_hour"], select: nil),
      output: OutputDefinition(location: "/out/\(name)", keys: keys))
  }
}

extension World {
  /// A story in which everything occurs: late weather, a correction, a deletion, a partition that is
  /// held, failed and interrupted work.
  static func story() -> World { storyOnce }

  /// Hashing hundreds of versions takes a while without optimization, so it is done once.
  private static let storyOnce: World = {
    var world = World()
    world.addFlights()
    world.addDays()
    return world
  }()

  private mutating func addFlights() {
    let flights = Self.table("flights", minimumAge: .seconds(600))
    let weather = Self.table("weather")
    let job = Self.job("flights_weather", [flights, weather])
    jobs.append(job)
    var flightFiles: [Partition: [DataFile]] = [:]
    var weatherFiles: [Partition: [DataFile]] = [:]
    for day in 1...31 {
      let partition = Self.partition(1, day)
      flightFiles[partition] = [
        Self.file(partition, "part-0", size: 21_000 + Int64(day) * 13)
      ]
      if day <= 24 { weatherFiles[partition] = [Self.file(partition, "w", size: 1_900)] }
      guard day <= 20 else { continue }
      // Of days 12 to 14 the weather came late.
      ledger.consume(
        partition, of: job, run: day <= 10 ? 1 : 2, rows: 840 + Int64(day),
        inputs: [
          "flights": flightFiles[partition] ?? [],
          "weather": (12...14).contains(day) ? [] : weatherFiles[partition] ?? [],
        ])
    }
    flightFiles[Self.partition(1, 5)] = [
      Self.file(Self.partition(1, 5), "part-0", size: 20_555, at: 400_000)
    ]
    flightFiles[Self.partition(1, 9)] = nil
    for day in 1...3 {
      let partition = Self.partition(2, day)
      let age: Int64 = day == 3 ? 999_900 : 900_000
      flightFiles[partition] = [Self.file(partition, "part-0", size: 22_222, at: age)]
    }
    list(flights, flightFiles)
    list(
      weather, weatherFiles,
      problems: [
        ListingProblem(
          table: "weather", path: "/data/weather/readme.txt", kind: .otherFormat(expected: .parquet)
        )
      ])
    ledger.records = [
      record(2, job.name, .partial, 1, rows: 8_533),
      record(1, job.name, .succeeded, 0, rows: 8_455),
    ]
    ledger.unfinished[job.name] = ["month=1/day=20"]
  }

  private mutating func addDays() {
    let keys = [PartitionKey(name: "day", type: .date)]
    let events = Self.table("events", keys: keys)
    let job = Self.job("events_daily", [events], keys: keys)
    jobs.append(job)
    var files: [Partition: [DataFile]] = [:]
    for day in 15_706..<15_980 where day % 11 != 3 {
      let partition = Partition(keys: keys, values: [.date(days: day)])
      files[partition] = [Self.file(partition, "e", size: 1_000_000 + Int64(day))]
      if day < 15_960 {
        ledger.consume(
          partition, of: job, run: 3, rows: 1000, inputs: ["events": files[partition] ?? []])
      }
    }
    list(events, files)
    ledger.records.insert(record(3, job.name, .succeeded, 0, rows: 230_000), at: 0)
  }

  private func record(
    _ id: RunID, _ job: String, _ state: RunState, _ failed: Int, rows: Int64
  ) -> RunRecord {
    let start = Self.now.addingTimeInterval(Double(id.number - 4) * 86_400)
    return RunRecord(
      id: id, job: job, kind: .run, plan: "0123456789ab", state: state, listedAt: start,
      startedAt: start, finishedAt: start.addingTimeInterval(12.5), user: "ops", committed: 10,
      failed: failed, rows: rows, bytesRead: 230_000, filesRead: 20)
  }

  /// Pending partitions with long names that begin alike: two regions by day and hour.
  static func regions(_ regions: [String] = ["region-00", "region-01"]) -> World {
    var world = World()
    let keys = [
      PartitionKey(name: "region", type: .string), PartitionKey(name: "day", type: .date),
      PartitionKey(name: "hour", type: .int),
    ]
    let tables = [Self.table("clicks", keys: keys), Self.table("views", keys: keys)]
    let job = Self.job("clicks_views", tables, keys: keys)
    world.jobs = [job]
    var files: [Partition: [DataFile]] = [:]
    for region in regions {
      for hour in 0..<72 {
        let partition = Partition(
          keys: keys,
          values: [.string(region), .date(days: 15_706 + hour / 24), .integer(Int64(hour % 24))])
        files[partition] = [file(partition, "p", size: 10_000 + Int64(hour))]
      }
    }
    for table in tables { world.list(table, files) }
    return world
  }

  /// One job with that many pending partitions, one file each.
  static func large(_ count: Int) -> World {
    var world = World()
    let keys = [PartitionKey(name: "n", type: .int)]
    let table = Self.table("big", keys: keys)
    let job = Self.job("big_job", [table], keys: keys)
    world.jobs = [job]
    var files: [Partition: [DataFile]] = [:]
    for number in 0..<count {
      let partition = Partition(keys: keys, values: [.integer(Int64(number))])
      files[partition] = [file(partition, "p", size: 10)]
    }
    world.list(table, files)
    return world
  }
}
