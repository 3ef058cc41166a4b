import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("The steps of a plan")
struct PlanStepTests {
  /// A plan of one unit a day, from the first.
  private func plan(days: Int) async throws -> Plan {
    try await FlightsAndWeather(days: 1...days).plan()
  }

  @Test("stage, publish and commit follow each other, for 64 partitions at a time")
  func batches() async throws {
    let plan = try await plan(days: 130)
    let kinds = plan.steps.map { step in
      switch step {
      case .checkSpace(let bytes): "space \(bytes)"
      case .stage(let units): "stage \(units.count)"
      case .publish(let partitions): "publish \(partitions.count)"
      case .commit(let partitions): "commit \(partitions.count)"
      case .sweep: "sweep"
      default: "something else"
      }
    }
    #expect(
      kinds == [
        "space 26000", "stage 64", "publish 64", "commit 64", "stage 64", "publish 64",
        "commit 64", "stage 2", "publish 2", "commit 2", "sweep",
      ])
  }

  @Test("every unit is staged, published and committed once, in order", arguments: [1, 64, 65])
  func everyUnit(_ days: Int) async throws {
    let plan = try await plan(days: days)
    var lists: [[Partition]] = [[], [], []]
    for step in plan.steps {
      switch step {
      case .stage(let units): lists[0] += units.map(\.partition)
      case .publish(let partitions): lists[1] += partitions
      case .commit(let partitions): lists[2] += partitions
      default: break
      }
    }
    let partitions = plan.units.map(\.partition)
    #expect(lists == [partitions, partitions, partitions])
    #expect(plan.units.count == days)
  }

  @Test("a plan that ends after staging keeps what it stages, and sweeps nothing")
  func stagesOnly() async throws {
    let steps = try await plan(days: 65).steps(stagesOnly: true)
    #expect(
      steps.map(\.description) == [
        "check that 13.0 kB are free",
        "stage 64 partitions, month=1/day=1 to month=1/day=64 from 128 files",
        "keep 64 partitions, month=1/day=1 to month=1/day=64 staged until they are published",
        "stage month=1/day=65 from 2 files",
        "keep month=1/day=65 staged until they are published",
      ])
  }

  @Test("what has no rows any more is removed at the end, once it is known how much that is")
  func removals() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.put("flights", "month=1/day=1/b.parquet")
    let plan = try await tables.plan()
    #expect(
      plan.steps.suffix(2).map(\.description) == [
        "remove partitions that no longer have rows: all of them, or none if that is more than 25 % of what is published",
        "sweep replaced versions that are no longer kept",
      ])
    #expect(plan.steps(stagesOnly: true).last == .keep(plan.units.map(\.partition)))
  }

  @Test("each says what it does")
  func sentences() async throws {
    #expect(
      try await plan(days: 3).steps.map(\.description) == [
        "check that 600 B are free",
        "stage 3 partitions, month=1/day=1 to month=1/day=3 from 6 files",
        "publish 3 partitions, month=1/day=1 to month=1/day=3",
        "commit 3 partitions, month=1/day=1 to month=1/day=3",
        "sweep replaced versions that are no longer kept",
      ])
    #expect(try await plan(days: 1).steps[2].description == "publish month=1/day=1")
  }
}
