import Foundation
import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("A plan")
struct PlannerTests {
  @Test("pins exactly the listed files of every input, changed or not")
  func pins() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    tables.put("flights", "month=01/day=2/b.parquet", size: 7)
    try await tables.commit()
    tables.put("weather", "month=1/day=2/late.parquet", size: 30)
    let plan = try await tables.plan()
    let unit = try #require(plan.units.first)
    #expect(plan.units.count == 1)
    #expect(unit.partition.path == "month=1/day=2")
    #expect(unit.reasonText == "weather: 1 added")
    #expect(unit.fileCount == 4 && plan.fileCount == 4)
    #expect(unit.bytes == 237 && plan.bytes == 237)
    #expect(plan.kind == .run)
    #expect(plan.listedAt == tables.listedAt)
    let read = JoinUnit(unit, of: plan, in: tables.storage.files)
    #expect(
      read.inputs.map(\.files) == [
        [
          "/data/flights/month=01/day=2/b.parquet", "/data/flights/month=1/day=2/a.parquet",
        ],
        [
          "/data/weather/month=1/day=2/a.parquet", "/data/weather/month=1/day=2/late.parquet",
        ],
      ])
    #expect(read.inputs.map(\.columns) == [tables.schemas.columns, tables.schemas.columns])
  }

  @Test("a unit's input without files reads none, with the table's columns")
  func oneSided() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.transformation = .join(type: .left, on: ["origin"], select: nil)
    tables.put("flights", "month=12/day=31/a.parquet")
    let plan = try await tables.plan()
    let unit = try #require(plan.units.last)
    let read = JoinUnit(unit, of: plan, in: tables.storage.files)
    #expect(read.inputs.map(\.files) == [["/data/flights/month=12/day=31/a.parquet"], []])
    #expect(read.inputs.last?.columns == tables.schemas.columns)
    #expect(unit.inputs.last?.partition.path == "month=12/day=31")
    #expect(Array(unit.versions.keys) == ["flights"])
  }

  @Test("nothing pending is a plan without units and steps")
  func nothing() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    let plan = try await tables.plan()
    #expect(plan.units.isEmpty)
    #expect(plan.steps.isEmpty)
    #expect(plan.expectedBytes == 0)
    #expect(plan.publishedCount == 2)
    try plan.checkLosses()
  }

  @Test("it has the same id whenever it is the same work")
  func stableID() async throws {
    let tables = FlightsAndWeather(days: 1...4)
    let ids = [
      try await tables.plan().id, try await tables.plan().id,
      try await FlightsAndWeather(days: 1...4).plan().id,
    ]
    #expect(Set(ids).count == 1)
    #expect(ids.allSatisfy { $0.utf8.count == 12 })
    var elsewhere = tables
    elsewhere.limits = JobLimits(keptRuns: 9)
    elsewhere.listedAt += 60
    #expect(try await elsewhere.plan().id == ids[0])
  }

  @Test("any pinned change gives it another id")
  func changedID() async throws {
    let path: ExactText = "month=1/day=2/a.parquet"
    let changes: [(inout FlightsAndWeather) -> Void] = [
      { _ in },
      { $0.put("flights", path, size: 101) },
      { $0.put("weather", path, size: 101) },
      { $0.put("flights", path, modified: 1_001) },
      { $0.put("flights", path, inode: 99) },
      { $0.put("flights", path, changed: 1_001) },
      { $0.put("flights", "month=1/day=2/b.parquet") },
      { $0.put("weather", "month=1/day=2/b.parquet") },
      { $0.remove("flights", path) },
      { $0.remove("weather", path) },
      { $0.put("flights", "month=1/day=9/a.parquet") },
      { $0.transformation = .join(type: .full, on: ["origin"], select: nil) },
    ]
    var ids: [String] = []
    for change in changes {
      var tables = FlightsAndWeather(days: 1...2)
      change(&tables)
      ids.append(try await tables.plan().id)
    }
    ids.append(
      try await FlightsAndWeather(days: 1...2)
        .plan(rerunning: ["month=1/day=1", "month=1/day=2"]).id)
    for (index, id) in ids.enumerated() { #expect(ids.firstIndex(of: id) == index) }
  }

  @Test("it expects the space of the last publish, else of what is read, none for a sure miss")
  func expectedBytes() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    try await tables.commit()
    tables.put("flights", "month=1/day=1/a.parquet", modified: 2_000)
    tables.put("flights", "month=1/day=2/a.parquet")
    tables.put("flights", "month=1/day=3/a.parquet")
    tables.put("weather", "month=1/day=3/a.parquet")
    // The first published 1,000 bytes, the second has one side only, the third reads 200.
    #expect(try await tables.plan().expectedBytes == 1_200)
    // What an undo removed needs as much as what was never built.
    for table in ["flights", "weather"] { tables.put(table, "month=1/day=4/a.parquet") }
    tables.ledger.built["month=1/day=4"] = Lineage(
      run: 2, definition: tables.job.fingerprint, inputs: [:], rows: 0, bytes: 0)
    #expect(try await tables.plan().expectedBytes == 1_400)
  }

  @Test("a job that does not fit its inputs is refused by name")
  func definition() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.schemas.result = .failure(.definition("no column \"orgin\""))
    await #expect(
      throws: PlanError.definition(job: "flights_weather", reason: "no column \"orgin\"")
    ) { try await tables.plan() }
    tables.schemas.result = .failure(.failed("out of memory"))
    await #expect(throws: EngineError.failed("out of memory")) { try await tables.plan() }
  }
}
