import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("What recovery makes of an interrupted publish of what was staged")
struct StagedRecoveryTests {
  /// A run, and another one that has staged two of three partitions.
  private func stagedWorld() async throws -> OperationWorld {
    let world = OperationWorld()
    try await world.run()
    for key in 1...2 { world.land(key, ["x", "y", "z"], in: "ab") }
    try await world.run(RunRequest(stagesOnly: true))
    return world
  }

  private func publish(_ world: OperationWorld) async throws {
    try await world.finish(world.runner.publish(staged: 2, of: world.job))
  }

  @Test("what is still there waits again, and what is gone does not", arguments: [false, true])
  func waits(isGone: Bool) async throws {
    let whole = try await stagedWorld()
    whole.storage.faults.fail(at: .max)
    try await publish(whole)
    let place = try #require(whole.storage.faults.calls.firstIndex(of: "publish"))

    let world = try await stagedWorld()
    world.storage.faults.fail(at: place, isLast: true)
    try? await publish(world)
    world.storage.faults.stop()
    let open = try world.ledger.unfinishedPartitions(job: "joined", keys: OperationWorld.keys)
    let partition = try #require(open.first)
    if isGone {
      let hidden = world.job.output.location.hiddenFolder
      world.storage.replace(hidden.folder("staging/2/\(partition.path)"), by: nil)
    }
    _ = try await world.runner.collectGarbage(of: world.job)
    #expect(try world.ledger.unfinishedPartitions(job: "joined").isEmpty)
    let staged = try world.ledger.staged(run: 2, keys: OperationWorld.keys).map(\.partition)
    #expect(staged.contains(partition) == !isGone)
    #expect(world.published()[1] == ["x", "y"] && world.published()[2] == ["x", "y"])
  }
}
