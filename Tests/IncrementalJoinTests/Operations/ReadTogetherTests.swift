import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Units that read several partitions of an input")
struct ReadTogetherTests {
  let world = OperationWorld()

  init() {
    world.land(1, ["u", "v"], in: "a")
    world.land(1, ["u"], in: "b")
    world.land(2, ["v", "w"], in: "ab")
  }

  /// What is pending, of which each partition reads input `b` in the one after it too.
  private func report() async throws -> PendingReport {
    let report = try await planner.report(world.job)
    let known = zip(report.known, report.known.dropFirst()).map { partition, next in
      let inputs = zip(partition.inputs, next.inputs).map { input, next in
        input.input.name == "b"
          ? PendingInput(input: input.input, members: Array(input.members + next.members)) : input
      }
      return PendingPartition(
        partition: partition.partition, span: .always, reasons: partition.reasons, inputs: inputs,
        hold: nil)
    }
    return report.replacing(known: known)
  }

  private var planner: Planner {
    Planner(storage: world.storage.reader, ledger: world.ledger, schemas: world.runner.engine)
  }

  private func walk(_ plan: Plan) async throws -> RunSummary {
    let executor = try StepExecutor(runner: world.runner, job: world.job)
    let store = try await executor.open()
    let summary = try await executor.walk(
      PlannedOperation(plan, RunRequest(), planning: .zero), in: store)
    await executor.release()
    return summary
  }

  @Test("they join the rows of all of them, and are recorded with all of them")
  func built() async throws {
    let plan = try await planner.plan(try await report())
    #expect(plan.units.map(\.partition.path) == ["k=1", "k=2"])
    #expect(plan.fileCount == 6)
    let read = JoinUnit(plan.units[0], of: plan, in: world.storage.reader.files).inputs
    #expect(read.map { $0.members.map(\.partition.path) } == [["k=1"], ["k=1", "k=2"]])
    #expect(
      read[1].members.map(\.files) == [["/w/b/k=1/f.parquet"], ["/w/b/k=2/f.parquet"]])
    let summary = try await walk(plan)
    #expect(summary.state == .succeeded && summary.committed == 2)
    #expect(world.published() == [1: ["u", "v"], 2: ["v", "w"]])
    let position = try #require(try world.ledger.positions(of: world.job)["k=1"])
    let pinned = try #require(plan.units[0].versions["b"])
    #expect(position.inputs["b"] == VersionReference(pinned))
    let version = try #require(try VersionLibrary(world.ledger, position.references)[position]["b"])
    #expect(version.id == pinned.id)
    #expect(version.members.map(\.path) == ["k=1", "k=2"])
    #expect(version.files.allSatisfy { $0.digest != nil })
    let uses = try world.ledger.uses(ofFile: "k=2/f.parquet", job: "joined", keys: nil)
    #expect(uses.map { "\($0.partition.path) \($0.input)" } == ["k=2 a", "k=2 b", "k=1 b"])
  }

  @Test("a file of any of them that changes after it was pinned fails the unit")
  func changed() async throws {
    let plan = try await planner.plan(try await report())
    world.land(3, ["changed"], in: "b")
    let summary = try await walk(plan)
    #expect(summary.failures.map(\.partition.path) == ["k=2"])
    #expect(world.published() == [1: ["u", "v"]])
  }

  @Test("another version of any of them is another plan")
  func named() async throws {
    let plan = try await planner.plan(try await report())
    #expect(try await planner.plan(try await report()).id == plan.id)
    world.land(3, ["changed"], in: "b")
    let other = try await planner.plan(try await report())
    #expect(other.id != plan.id)
    #expect(PlanPins(plan).changes(in: other) == ["k=2: files of b changed"])
    let alone = try await planner.plan(try await planner.report(world.job))
    #expect(PlanPins(plan).changes(in: alone).contains("k=1: files of b changed"))
  }
}
