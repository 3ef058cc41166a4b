import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("An adoption and its undo, with every step failing")
struct AdoptionTests {
  /// A world whose output somebody else filled, in two of three partitions.
  private func foreign() -> OperationWorld {
    let world = OperationWorld()
    for key in 1...2 { world.replace(OperationWorld.partition(key).path) }
    return world
  }

  private func replaced() async throws -> OperationWorld {
    let world = foreign()
    _ = try await world.runner.adopt(world.job)
    try await world.run()
    return world
  }

  private func adoptedBy(_ world: OperationWorld) throws -> [RunID?] {
    let lineages = try world.ledger.lineages(of: world.job).byPartition
    return (1...2).map { lineages[OperationWorld.partition($0)]?.adoptedBy }
  }

  private func calls(
    _ world: OperationWorld, _ faults: (OperationWorld) -> Faults,
    _ perform: (OperationWorld) async throws -> Void
  ) async throws -> Int {
    faults(world).fail(at: .max)
    try await perform(world)
    return faults(world).calls.count
  }

  @Test("an adoption that fails records nothing or all of it, and can be said again")
  func adoption() async throws {
    for faults in [{ $0.ledgerFaults }, { $0.storage.faults }] as [(OperationWorld) -> Faults] {
      let count = try await calls(foreign(), faults) { _ = try await $0.runner.adopt($0.job) }
      #expect(count > 3)
      for index in 0..<count {
        let world = foreign()
        let before = world.published()
        faults(world).fail(at: index)
        _ = try? await world.runner.adopt(world.job)
        faults(world).stop()
        #expect(world.published() == before)
        let known = try adoptedBy(world).compactMap(\.self)
        #expect(known.isEmpty || known.count == 2, "call \(index)")
        _ = try await world.runner.adopt(world.job)
        #expect(try adoptedBy(world).allSatisfy { $0 != nil }, "call \(index)")
        #expect(world.published() == before)
        try await world.run()
        #expect(world.published()[1] == ["x", "y"])
      }
    }
  }

  @Test("an undo that fails leaves old or new, and the next one brings all adopted content back")
  func undo() async throws {
    let whole = [["x", "y"], OperationWorld.foreign]
    for faults in [{ $0.ledgerFaults }, { $0.storage.faults }] as [(OperationWorld) -> Faults] {
      func undo(_ world: OperationWorld) async throws {
        try await world.finish(world.runner.undo(.run(2), of: world.job))
      }
      for index in 0..<(try await calls(replaced(), faults, undo)) {
        let world = try await replaced()
        faults(world).fail(at: index)
        try? await undo(world)
        faults(world).stop()
        #expect(world.published().values.allSatisfy { whole.contains($0) }, "call \(index)")
        // What was put back already is no reason to refuse the rest.
        do { try await undo(world) } catch UndoError.alreadyUndone {}
        #expect(
          world.published() == [1: OperationWorld.foreign, 2: OperationWorld.foreign],
          "call \(index)")
        #expect(try adoptedBy(world) == [1, 1], "call \(index)")
        #expect(try await world.run()?.run == nil, "call \(index)")
      }
    }
  }

  @Test("recovery finishes an undo that was interrupted, and knows that the content was adopted")
  func recovery() async throws {
    let world = try await replaced()
    world.ledgerFaults.fail(
      at: try await calls(replaced(), { $0.ledgerFaults }) { world in
        try await world.finish(world.runner.undo(.run(2), of: world.job))
      } - 1, isLast: true)
    _ = try? await world.finish(world.runner.undo(.run(2), of: world.job))
    world.ledgerFaults.stop()
    try await world.run()
    #expect(world.published()[1] == OperationWorld.foreign)
    #expect(try adoptedBy(world) == [1, 1])
  }
}
