import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A plan that removes published partitions")
struct RemovalTests {
  /// Committed tables in which weather then lost some of its days.
  private func tables(days: Int, lost: Int, rows: Int64 = 10) async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...days)
    try await tables.commit(rows: rows)
    for day in 0..<lost { tables.remove("weather", "month=1/day=\(day + 1)/a.parquet") }
    return tables
  }

  @Test("is allowed while each input has lost no more than the job's share of its partitions")
  func allowed() async throws {
    let plan = try await tables(days: 8, lost: 2).plan()
    #expect(plan.removals.map(\.path) == ["month=1/day=1", "month=1/day=2"])
    #expect(plan.publishedCount == 8)
    try plan.checkLosses()
    #expect(
      plan.removalCount == RemovalCount(earlier: 0, new: 2, published: 8, limit: 0.25))
    #expect(plan.removalCount?.isBeyond == false)
  }

  @Test("is refused when an input has lost more")
  func refused() async throws {
    let plan = try await tables(days: 8, lost: 3).plan()
    let loss = InputLoss(
      input: "weather", location: "/data/weather",
      example: try Partition(path: "month=1/day=1", keys: FlightsAndWeather.keys), lost: 3,
      consumed: 8)
    #expect(throws: PlanError.lost(job: "flights_weather", loss, limit: 0.25)) {
      try plan.checkLosses()
    }
  }

  @Test("is refused, too, when the join keeps the rows and would overwrite them with NULL")
  func overwritten() async throws {
    var tables = try await tables(days: 8, lost: 3)
    tables.transformation = .join(type: .left, on: ["origin"], select: nil)
    let plan = try await tables.plan()
    #expect(plan.removals.isEmpty)
    #expect(throws: PlanError.self) { try plan.checkLosses() }
  }

  @Test("is not refused for what an undo holds, nor for a plan that builds nothing")
  func heldLosses() async throws {
    var tables = try await tables(days: 8, lost: 3)
    for pending in try await tables.report().pending {
      tables.ledger.commit(pending, of: tables.job, run: 2, rows: 0, reading: tables.files)
      tables.ledger.undo(pending.partition.path, by: 3)
    }
    #expect(try await tables.report().losses == [])
    try await tables.plan().checkLosses()
    tables.put("flights", "month=1/day=8/b.parquet")
    let plan = try await tables.plan()
    #expect(plan.units.map(\.partition.path) == ["month=1/day=8"])
    try plan.checkLosses()
  }

  @Test("counts only what has rows now")
  func unpublished() async throws {
    let plan = try await tables(days: 8, lost: 2, rows: 0).plan()
    #expect(plan.units.count == 2)
    #expect(plan.removals.isEmpty)
    #expect(plan.removalCount == nil)
  }

  @Test("is refused when a whole input is gone, whatever the share and the join")
  func emptied() async throws {
    var tables = FlightsAndWeather(days: 1...4)
    tables.transformation = .join(type: .left, on: ["origin"], select: nil)
    tables.limits = JobLimits(removals: 1)
    tables.ledger.pinned["weather"] = tables.schemas.columns
    try await tables.commit()
    tables.remove("weather")
    let plan = try await tables.plan()
    #expect(plan.emptiedInputs == ["weather"])
    #expect(
      throws: PlanError.emptied(
        job: "flights_weather", input: "weather", location: "/data/weather")
    ) { try plan.checkLosses() }
  }

  @Test("a join is surely empty without an input that it cannot do without")
  func surelyEmpty() {
    let patterns = [[true, true], [true, false], [false, true], [false, false]]
    func answers(_ transformation: Transformation) -> [Bool] {
      patterns.map { transformation.isEmpty(whenPresent: $0) }
    }
    func join(_ type: JoinType) -> Transformation { .join(type: type, on: ["a"], select: nil) }
    #expect(answers(join(.inner)) == [false, true, true, true])
    #expect(answers(join(.left)) == [false, false, true, true])
    #expect(answers(join(.right)) == [false, true, false, true])
    #expect(answers(join(.full)) == [false, false, false, true])
    #expect(answers(.sql("SELECT count(*) FROM flights")) == [false, false, false, true])
  }

  @Test("of three inputs, a left join needs the first and a right join the last")
  func threeInputs() {
    func isEmpty(_ type: JoinType, _ present: [Bool]) -> Bool {
      Transformation.join(type: type, on: ["a"], select: nil).isEmpty(whenPresent: present)
    }
    #expect(!isEmpty(.left, [true, false, false]))
    #expect(isEmpty(.left, [false, true, true]))
    #expect(!isEmpty(.right, [false, false, true]))
    #expect(isEmpty(.right, [true, true, false]))
    #expect(isEmpty(.inner, [true, false, true]))
    #expect(!isEmpty(.full, [false, true, false]))
  }
}
