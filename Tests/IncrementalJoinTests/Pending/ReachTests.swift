import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

/// Which output partitions a new file makes pending, by the times that it says its rows have.
@Suite("Files that are out of reach of an output partition")
struct ReachTests {
  /// Times in minutes since midnight of 8 January 2022, by file name.
  private struct Times: FileTimeReader {
    var minutes: [ExactText: ClosedRange<Int64>] = [:]
    var isInstant = true

    func times(
      of file: DataFile, in table: TableDefinition, type: String, from files: any FileStore
    ) async -> FileTimes? {
      guard let name = file.path.parts(separatedBy: "/").last, let range = minutes[name] else {
        return nil
      }
      let start: Int64 = 19_000 * 86_400_000_000
      return FileTimes(
        range: start + range.lowerBound * 60_000_000...start + range.upperBound * 60_000_000,
        isInstant: isInstant)
    }
  }

  private struct World {
    var job: JobDefinition
    var files = MemoryFiles()
    var ledger = FakeLedger()
    var times = Times()

    var storage: StorageReader {
      var files = files
      for input in job.inputs { files.makeFolder(input.table.location) }
      return StorageReader(
        tables: HiveTables(over: files) { Date(timeIntervalSince1970: 2_000_000_000) },
        files: files, outputs: MemoryStorage(files), times: times)
    }

    mutating func put(
      _ input: Int, _ path: ExactText, _ minutes: ClosedRange<Int64>? = nil, size: Int64 = 1
    ) {
      files.put(
        DataFile(path: path, size: size, modified: 1_000), digest: "\(path) \(size)",
        in: job.inputs[input].table.location)
      guard let minutes, let name = path.parts(separatedBy: "/").last else { return }
      times.minutes[name] = minutes
    }

    mutating func remove(_ input: Int, _ path: ExactText) {
      files.remove(path, in: job.inputs[input].table.location)
    }

    func report() async throws -> PendingReport {
      try await PendingDetector(storage: storage, ledger: ledger).detect(job)
    }

    /// The hours that are pending.
    func pending() async throws -> [String] {
      try await report().pending.map { $0.partition.values.last?.text ?? "" }
    }

    mutating func commit() async throws {
      for pending in try await report().pending {
        ledger.commit(pending, of: job, run: 1, reading: files)
      }
    }
  }

  private func table(
    _ name: String, _ keys: [PartitionKey] = ReadSetsTests.hours, slack: Duration = .zero,
    zone: String = "UTC", format: DataFormat = .parquet
  ) throws -> TableDefinition {
    TableDefinition(
      name: name, location: Location("/\(name)"), format: format, keys: keys,
      columns: [Column(name: "ts", type: "TIMESTAMP")],
      time: TableTime(column: "ts", zone: zone, keys: try TimeKeys(keys: keys), slack: slack))
  }

  /// Trades and quotes from 9 to 11 o'clock, consumed; the window of the quotes goes back 15 minutes.
  private func world(
    quotes: TableDefinition? = nil, transformation: Transformation? = nil,
    changes: ChangePolicy = .all
  ) async throws -> World {
    let (trades, quotes) = (try table("trades"), try quotes ?? table("quotes"))
    let asof = JoinCondition(
      type: .left, on: [],
      time: .asof(direction: .backward, tolerance: .seconds(900), isStrict: false))
    let job = JobDefinition(
      name: "near",
      inputs: [
        JobInput(name: "trades", table: trades),
        JobInput(name: "quotes", table: quotes, changes: changes),
      ],
      transformation: transformation ?? .joinToFirst([asof], select: nil),
      output: OutputDefinition(location: Location("/near"), keys: ReadSetsTests.hours))
    var world = World(job: job)
    for hour in 9...11 {
      world.put(0, "day=2022-01-08/hour=\(hour)/t.parquet")
      world.put(
        1, quotes.keys.isEmpty ? "q\(hour).parquet" : "day=2022-01-08/hour=\(hour)/q.parquet")
    }
    try await world.commit()
    #expect(try await world.pending() == [])
    return world
  }

  private let late: ExactText = "day=2022-01-08/hour=10/late.parquet"

  @Test("make it not pending, which is told with the distance")
  func halo() async throws {
    var world = try await world()
    world.put(1, late, 600...644)
    #expect(try await world.pending() == ["10"])
    let report = try await world.report()
    let hour = "day=2022-01-08/hour=11"
    let known = try #require(report.known.first { $0.partition.path.text == hour })
    #expect(
      known.outOfReach.map(\.description) == [
        "quotes day=2022-01-08/hour=10 (halo): 1 added, whose rows end at 2022-01-08 10:44:00 UTC, more than 15m "
          + "before it"
      ])
    #expect(
      report.status(of: known.partition) == "not pending: \(known.outOfReach[0])")
    // The border is in reach: a quote of 10:45 is 15 minutes before 11:00.
    world.put(1, late, 600...645)
    #expect(try await world.pending() == ["10", "11"])
    world.put(1, late)
    world.times.minutes = [:]
    #expect(try await world.pending() == ["10", "11"])
  }

  @Test("are of no other file that changed together with them")
  func several() async throws {
    var world = try await world()
    world.put(1, late, 600...610)
    world.put(1, "day=2022-01-08/hour=10/later.parquet", 650...651)
    #expect(try await world.pending() == ["10", "11"])
    world.put(1, "day=2022-01-08/hour=10/later.parquet", 620...621)
    #expect(try await world.pending() == ["10"])
    world.put(0, "day=2022-01-08/hour=11/more.parquet", 670...670)
    #expect(try await world.pending() == ["10", "11"])
  }

  @Test("are not found where what was there before is not known")
  func rewritten() async throws {
    var world = try await world()
    world.put(1, "day=2022-01-08/hour=10/q.parquet", 600...610, size: 2)
    #expect(try await world.pending() == ["10", "11"])
    world.remove(1, "day=2022-01-08/hour=10/q.parquet")
    world.put(1, late, 600...610)
    #expect(try await world.pending() == ["10", "11"])
  }

  @Test("have all their rows in their own partition, slack included")
  func misplaced() async throws {
    var strict = try await world()
    strict.put(1, late, 599...610)
    #expect(try await strict.pending() == ["10", "11"])
    var slack = try await world(quotes: try table("quotes", slack: .seconds(120)))
    slack.put(1, late, 599...610)
    // An hour's span is widened by the slack: the hours from 9 to 11 read it, and 9 may have the row of 9:59.
    #expect(try await slack.pending() == ["9", "10"])
  }

  @Test("make a table without partitions more than a reference")
  func whole() async throws {
    var world = try await world(quotes: try table("quotes", []))
    world.put(1, "late.parquet", 600...610)
    #expect(try await world.pending() == ["10"])
    let report = try await world.report()
    #expect(
      report.known.map { $0.outOfReach.map(\.description) } == [
        ["quotes .: 1 added, whose rows begin at 2022-01-08 10:00:00 UTC, after it"], [],
        ["quotes .: 1 added, whose rows end at 2022-01-08 10:10:00 UTC, more than 15m before it"],
      ])
    world.put(1, "early.parquet", 0...3)
    world.put(1, "late.parquet", 1_000...1_001)
    let both = try await world.report()
    #expect(both.pending.isEmpty)
    #expect(
      both.known[1].outOfReach.map(\.description) == [
        "quotes .: 2 added, whose rows are not near enough to it"
      ])
  }

  @Test("matter where rows meet whatever their times are, and in text files")
  func others() async throws {
    let plain = JoinCondition(type: .left, on: [JoinedColumns(first: "a", other: "a")])
    for (quotes, transformation) in [
      (try table("quotes", []), .joinToFirst([plain], select: nil)),
      (try table("quotes", []), .join(type: .left, on: ["a"], select: nil)),
    ] as [(TableDefinition, Transformation)] {
      var world = try await world(quotes: quotes, transformation: transformation)
      world.put(1, "late.parquet", 600...610)
      #expect(try await world.pending() == ["9", "10", "11"])
    }
    var reference = try await world(quotes: try table("quotes", []), changes: .additions)
    reference.put(1, "late.parquet", 600...610)
    #expect(try await reference.pending() == ["9", "10", "11"])
  }

  @Test("are steps of a plan that move positions and nothing else")
  func steps() async throws {
    let world = try await world()
    let moves = try await world.report().known.prefix(2).map {
      PositionMove(partition: $0.partition, definition: "", inputs: [:])
    }
    #expect(
      PlanStep.move(moves, because: .outOfReach).description
        == "move the positions of 2 partitions, which new files cannot change")
    #expect(
      MoveCause.outOfReach.reason == "out of reach: the rows of new files are not near enough")
  }

  @Test("times of a clock are instants of its zone, unless it was put forward or back in between")
  func clocks() throws {
    let time = TableTime(column: "ts", zone: "Europe/Berlin", keys: try TimeKeys(keys: []))
    func instants(_ day: Int64, _ from: Int64, _ to: Int64) -> ClosedRange<Int64>? {
      let minute: Int64 = 60_000_000
      let start = day * 1_440 * minute
      return time.instants(
        of: FileTimes(range: start + from * minute...start + to * minute, isInstant: false)
      )
      .map { ($0.lowerBound - start) / minute...($0.upperBound - start) / minute }
    }
    // 8 January, 31 March and 27 October 2024.
    #expect(instants(19_730, 600, 660) == 540...600)
    #expect(instants(19_813, 60, 240) == nil)
    #expect(instants(19_813, 125, 130) == nil)
    #expect(instants(19_813, 240, 300) == 120...180)
    #expect(instants(20_023, 60, 240) == nil)
    #expect(instants(20_023, 125, 130) == nil)
    #expect(instants(20_023, 30, 100) == -90...(-20))
    #expect(instants(19_000, 0, 1_440 * 800) == nil)
    let utc = TableTime(column: "ts", keys: try TimeKeys(keys: []))
    let century = FileTimes(range: 0...3_155_760_000_000_000, isInstant: false)
    #expect(utc.instants(of: century) == century.range)
  }
}
