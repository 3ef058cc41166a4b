import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Arrival skew")
struct ArrivalSkewTests {
  /// The instant of the listing, in seconds since 1970.
  static let now: Int64 = 2_000_000_000

  private func put(
    _ table: String, _ day: Int, at second: Int64, _ file: String = "a",
    in tables: inout FlightsAndWeather
  ) {
    tables.put(table, "month=1/day=\(day)/\(file).parquet", modified: second * 1_000_000_000)
  }

  @Test("says when each input landed, how long after the first, and what is missing for how long")
  func partitions() async throws {
    var tables = FlightsAndWeather()
    put("flights", 1, at: 1_000, in: &tables)
    put("weather", 1, at: 1_600, "b", in: &tables)
    put("weather", 1, at: 4_600, in: &tables)
    put("weather", 2, at: Self.now - 50, in: &tables)
    let skew = ArrivalSkew(try await tables.report())
    #expect(skew.partitions.map(\.partition.path) == ["month=1/day=1", "month=1/day=2"])
    let arrivals = skew.partitions.map(\.arrivals)
    #expect(arrivals[0].map(\.input) == ["flights", "weather"])
    #expect(arrivals[0].map { $0.landed?.timeIntervalSince1970 } == [1_000, 1_600])
    #expect(arrivals[0].map(\.delay) == [.zero, .seconds(600)])
    #expect(arrivals[0].map(\.missingFor) == [nil, nil])
    #expect(skew.partitions[0].missing.isEmpty)
    #expect(arrivals[1].map(\.delay) == [nil, .zero])
    #expect(arrivals[1].map(\.missingFor) == [.seconds(50), nil])
    #expect(skew.partitions[1].missing.map(\.input) == ["flights"])
    // Flights were always the first.
    #expect(arrivals[1].map(\.isLate) == [true, nil])
  }

  @Test("an input is late when it waits longer than its 95th percentile")
  func late() async throws {
    var tables = FlightsAndWeather()
    for day in 1...20 {
      put("flights", day, at: 1_000, in: &tables)
      put("weather", day, at: 1_000 + Int64(day) * 10, in: &tables)
    }
    put("flights", 30, at: Self.now - 190, in: &tables)
    put("flights", 31, at: Self.now - 191, in: &tables)
    let skew = ArrivalSkew(try await tables.report())
    #expect(
      skew.delays == [
        InputDelays(input: "flights", delays: [Duration](repeating: .zero, count: 20)),
        InputDelays(input: "weather", delays: (1...20).map { .seconds($0 * 10) }),
      ])
    #expect(skew.delays[1].partitions == 20)
    #expect(skew.delays[1].median == .seconds(100))
    #expect(skew.delays[1].p95 == .seconds(190))
    #expect(skew.partitions.suffix(2).map { $0.missing.map(\.isLate) } == [[false], [true]])
  }

  @Test("without a partition that is complete nobody is late")
  func noHistory() async throws {
    var tables = FlightsAndWeather()
    put("flights", 1, at: 1_000, in: &tables)
    let skew = ArrivalSkew(try await tables.report())
    #expect(skew.partitions.map { $0.missing.map(\.isLate) } == [[nil]])
    #expect(skew.delays.map(\.partitions) == [0, 0])
    #expect(skew.delays.map(\.median) == [nil, nil])
    #expect(skew.delays.map(\.p95) == [nil, nil])
  }

  @Test("a file from the future waits no time, and the first and last instants do not overflow")
  func extremes() async throws {
    var tables = FlightsAndWeather()
    put("flights", 1, at: Self.now + 60, in: &tables)
    tables.put("flights", "month=1/day=2/a.parquet", modified: .min)
    tables.put("weather", "month=1/day=2/a.parquet", modified: .max)
    let skew = ArrivalSkew(try await tables.report())
    #expect(skew.partitions[0].missing.map(\.missingFor) == [.zero])
    #expect(skew.delays[1].p95 == .nanoseconds(Int64.max) - .nanoseconds(Int64.min))
  }

  @Test("a partition of which all files went is left out")
  func deleted() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.remove("flights", "month=1/day=2/a.parquet")
    tables.remove("weather", "month=1/day=2/a.parquet")
    #expect(
      ArrivalSkew(try await tables.report()).partitions.map(\.partition.path) == ["month=1/day=1"])
  }

  @Test("what was consumed and deleted is neither late nor awaited once a run has consumed that")
  func consumedDeletion() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    tables.wait = .allInputs(deadline: nil)
    try await tables.commit()
    tables.remove("weather", "month=1/day=2/a.parquet")
    try await tables.commit()
    #expect(try await tables.report().pending.isEmpty)
    let weather = ArrivalSkew(try await tables.report()).partitions[1].arrivals[1]
    #expect(weather.isDeleted)
    #expect(weather.missingFor == nil && weather.isLate == nil)
    tables.put("flights", "month=1/day=2/b.parquet")
    let pending = try await tables.report().pending
    #expect(pending.map(\.partition.path) == ["month=1/day=2"])
    #expect(pending.map(\.hold) == [nil])
  }

  @Test("what a neighbor's files were consumed of is missing and late, and was not deleted")
  func halo() throws {
    let tables = [
      try ReadSetsTests.table("a", ReadSetsTests.hours),
      try ReadSetsTests.table("b", ReadSetsTests.hours),
    ]
    let job = ReadSetsTests.job(tables, before: .seconds(900), after: .zero)
    // The second table has no partition of the last hour, and its last one is read as halo.
    let snapshots = zip(tables, [3, 2]).map { table, hours in
      ReadSetsTests.snapshot(of: table, (0..<hours).map(ReadSetsTests.hour))
    }
    let outputs = OutputPartitions(of: job)
    let reads = job.inputs.indices.map {
      ReadSets(of: job.inputs[$0], snapshots[$0], index: $0, in: job)
    }
    func arrival(reasons: [Reason]) throws -> ArrivalSkew.Arrival? {
      let known = (0..<3).map { number in
        let cell = ReadSetsTests.hour(number)
        return PendingPartition(
          partition: cell, span: outputs.span(of: cell), reasons: number == 2 ? reasons : [],
          inputs: reads.map { $0.read(by: cell, span: outputs.span(of: cell)) }, hold: nil)
      }
      #expect(known[2].inputs[1].core.isEmpty)
      let consumed = Dictionary(
        known[2].inputs.compactMap { input in
          input.version.map { (input.input.name, VersionReference($0)) }
        }, uniquingKeysWith: { $1 })
      #expect(consumed.count == 2)
      let position = Position(run: 1, definition: job.fingerprint, inputs: consumed)
      let report = PendingReport(
        job: job, snapshots: snapshots, known: known, positions: [known[2].partition: position],
        lineages: PartitionRecords(), withheld: [:], behind: [], confirmed: [:], same: [:],
        unfinished: [])
      return ArrivalSkew(report).partitions.last?.arrivals.last
    }
    let missing = try #require(try arrival(reasons: []))
    #expect(!missing.isDeleted)
    #expect(missing.missingFor != nil)
    let file = DataFile(path: "day=2022-01-08/hour=2/a.parquet", size: 1, modified: 1)
    let removal = InputChange(
      input: "b", partition: ReadSetsTests.hour(2), isNamed: false, isHalo: false,
      changes: [FileChange(kind: .removed, file: file)])
    let deleted = try #require(try arrival(reasons: [.inputChanged(removal)]))
    #expect(deleted.isDeleted)
    #expect(deleted.missingFor == nil)
  }

  @Test("a percentile is the least delay that so many of a hundred do not exceed")
  func percentiles() {
    var random = SeededGenerator()
    for _ in 0..<300 {
      let delays = (0..<Int.random(in: 1...60, using: &random)).map { _ in
        Duration.seconds(Int.random(in: 0...20, using: &random))
      }
      func least(_ percent: Int) -> Duration? {
        delays.filter { delay in
          delays.count { $0 <= delay } * 100 >= percent * delays.count
        }.min()
      }
      let measured = InputDelays(input: "weather", delays: delays)
      #expect(measured.median == least(50), "seed \(random.seed)")
      #expect(measured.p95 == least(95), "seed \(random.seed)")
    }
  }
}
