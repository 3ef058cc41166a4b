import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

/// An operation, with what has to be there before it and after it.
private struct Operation: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let prepare: @Sendable (OperationWorld) async throws -> Void
  let perform: @Sendable (OperationWorld) async throws -> RunSummary?

  init(
    _ name: String, prepare: @escaping @Sendable (OperationWorld) async throws -> Void,
    perform: @escaping @Sendable (OperationWorld) async throws -> RunSummary?
  ) {
    testDescription = name
    self.prepare = prepare
    self.perform = perform
  }

  /// Two runs, the second of which rebuilt two of three partitions.
  private static let twoRuns: @Sendable (OperationWorld) async throws -> Void = { world in
    try await world.run()
    for key in 1...2 { world.land(key, ["x", "y", "z"], in: "ab") }
    try await world.run()
  }

  /// A run, and another one that has staged two of three partitions.
  private static let stagedRun: @Sendable (OperationWorld) async throws -> Void = { world in
    try await world.run()
    for key in 1...2 { world.land(key, ["x", "y", "z"], in: "ab") }
    try await world.run(RunRequest(stagesOnly: true))
  }

  static let all = [
    Operation("a first run", prepare: { _ in }, perform: { try await $0.run() }),
    Operation(
      "a run that rebuilds, and removes a partition",
      prepare: { world in
        try await world.run()
        world.land(1, ["x"], in: "ab")
        world.land(2, ["nothing meets"], in: "a")
      },
      perform: { try await $0.run(RunRequest(allowsRemovals: true)) }),
    Operation(
      "a rerun", prepare: twoRuns,
      perform: { try await $0.run(RunRequest(partitions: [OperationWorld.partition(3)])) }),
    Operation(
      "staging", prepare: { try await $0.run() },
      perform: { world in
        world.land(1, ["x", "z"], in: "ab")
        return try await world.run(RunRequest(stagesOnly: true))
      }),
    Operation(
      "publishing what is staged", prepare: stagedRun,
      perform: { try await $0.finish($0.runner.publish(staged: 2, of: $0.job)) }),
    Operation(
      "discarding what is staged", prepare: stagedRun,
      perform: { try await $0.runner.discard(staged: 2, of: $0.job) }),
    Operation(
      "undo", prepare: twoRuns,
      perform: { try await $0.finish($0.runner.undo(.run(2), of: $0.job)) }),
    Operation(
      "a rewind", prepare: twoRuns,
      perform: { try await $0.runner.apply(BookmarkChange(.rewind(to: 1)), to: $0.job) }),
    Operation(
      "a sweep", prepare: twoRuns,
      perform: {
        _ = try await $0.runner.collectGarbage(of: $0.job)
        return nil
      }),
  ]
}

/// What happens at one call of an operation.
private enum Trouble {
  /// The call fails.
  case failure
  /// The call fails, and every later one.
  case loss
  /// The task is cancelled.
  case cancellation
}

@Suite("Every operation, with every step failing, cancelled or unknown")
struct FailingStepTests {
  @Test("a call of the ledger that fails leaves every partition whole", arguments: Operation.all)
  fileprivate func ledger(_ operation: Operation) async throws {
    try await meet(.failure, in: operation) { $0.ledgerFaults }
  }

  @Test(
    "a ledger that fails from some call on leaves every partition whole", arguments: Operation.all)
  fileprivate func lostLedger(_ operation: Operation) async throws {
    try await meet(.loss, in: operation) { $0.ledgerFaults }
  }

  @Test("a call of the engine that fails leaves every partition whole", arguments: Operation.all)
  fileprivate func engine(_ operation: Operation) async throws {
    try await meet(.failure, in: operation) { $0.engineFaults }
  }

  @Test("a call of the storage that fails leaves every partition whole", arguments: Operation.all)
  fileprivate func storage(_ operation: Operation) async throws {
    try await meet(.failure, in: operation) { $0.storage.faults }
  }

  @Test("a lost storage leaves every partition whole", arguments: Operation.all)
  fileprivate func lostStorage(_ operation: Operation) async throws {
    try await meet(.loss, in: operation) { $0.storage.faults }
  }

  @Test(
    "cancelled within a call of the engine it leaves every partition whole",
    arguments: Operation.all)
  fileprivate func cancelledEngine(_ operation: Operation) async throws {
    try await meet(.cancellation, in: operation) { $0.engineFaults }
  }

  @Test(
    "cancelled within a call of the storage it leaves every partition whole",
    arguments: Operation.all)
  fileprivate func cancelledStorage(_ operation: Operation) async throws {
    try await meet(.cancellation, in: operation) { $0.storage.faults }
  }

  @Test(
    "what somebody puts in a partition's place just before its publish is nobody's loss",
    arguments: Operation.all)
  fileprivate func unknown(_ operation: Operation) async throws {
    for index in 0..<(try await count(of: "publish", in: operation) { $0.storage.faults }) {
      let world = OperationWorld()
      try await operation.prepare(world)
      let before = world.published()
      world.storage.faults.act(at: index, of: "publish") { partition in
        world.replace(partition.exact)
      }
      let summary = try? await operation.perform(world)
      let place: Comment = "\(operation.testDescription): publish \(index)"
      #expect(summary?.failures.count == 1, place)
      try await expectRecovered(world, before: before, place)
    }
  }

  @Test(
    "what somebody puts in a partition's place before recovery is nobody's loss",
    arguments: Operation.all)
  fileprivate func unknownAtRecovery(_ operation: Operation) async throws {
    for index in 0..<(try await count(in: operation) { $0.ledgerFaults }) {
      let world = OperationWorld()
      try await operation.prepare(world)
      let before = world.published()
      world.ledgerFaults.fail(at: index, isLast: true)
      _ = try? await operation.perform(world)
      world.ledgerFaults.stop()
      let open = try world.ledger.unfinishedPartitions(job: "joined")
      guard let partition = open.first else { continue }
      world.replace(partition.path)
      try await expectRecovered(
        world, before: before, "\(operation.testDescription): ledger call \(index)")
    }
  }

  /// How many calls an operation makes, of one name or of all.
  private func count(
    of name: String? = nil, in operation: Operation, _ faults: (OperationWorld) -> Faults
  ) async throws -> Int {
    let world = OperationWorld()
    try await operation.prepare(world)
    faults(world).fail(at: .max)
    _ = try await operation.perform(world)
    return faults(world).calls.count { name == nil || $0 == name }
  }

  /// Lets each call meet trouble in turn, in a world of its own, and looks at what is left, and at what the next run
  /// makes of it.
  private func meet(
    _ trouble: Trouble, in operation: Operation, at faults: (OperationWorld) -> Faults
  ) async throws {
    for index in 0..<(try await count(in: operation, faults)) {
      let world = OperationWorld()
      try await operation.prepare(world)
      let before = world.published()
      let (gate, opening) = AsyncStream.makeStream(of: Never.self)
      let task = Task {
        for await _ in gate {}
        return try await operation.perform(world)
      }
      switch trouble {
      case .failure, .loss: faults(world).fail(at: index, isLast: trouble == .loss)
      case .cancellation: faults(world).act(at: index) { _ in task.cancel() }
      }
      opening.finish()
      let summary = try? await task.value
      let call = faults(world).calls.indices.contains(index) ? faults(world).calls[index] : "?"
      faults(world).stop()
      let place: Comment = "\(operation.testDescription): call \(index), \(call)"
      expectWhole(world, before: before, place)
      let record = try world.ledger.runs(job: "joined", limit: 1).first
      if let summary, trouble != .loss, summary.run != nil {
        #expect(record?.state == summary.state, place)
      }
      try await world.run(RunRequest(allowsRemovals: true))
      try await expectSettled(world, place)
    }
  }

  /// Each published partition is as it was before, or as the operation wanted it: one of the contents that it ever
  /// has in these tests.
  private func expectWhole(
    _ world: OperationWorld, before: [Int: [String]], _ place: Comment
  ) {
    let contents = [["x", "y"], ["x", "y", "z"], ["x"], ["x", "z"]]
    for (key, lines) in world.published() {
      #expect(lines == before[key] || contents.contains(lines), place)
    }
  }

  /// What was put there by hand is there until an operator's run writes over it; the others are whole, and the next
  /// run settles.
  private func expectRecovered(
    _ world: OperationWorld, before: [Int: [String]], _ place: Comment
  ) async throws {
    let foreign = world.published().filter { $0.value == OperationWorld.foreign }
    #expect(foreign.count == 1, place)
    try await world.run(RunRequest(allowsRemovals: true))
    #expect(try world.ledger.unfinishedPartitions(job: "joined").isEmpty, place)
    // A rerun of everything is what an operator does about an output that others have written to.
    for run in try world.ledger.runs(job: "joined", limit: .max) where run.state == .staged {
      _ = try await world.runner.discard(staged: run.id, of: world.job)
    }
    try await world.run(
      RunRequest(
        partitions: (1...3).map(OperationWorld.partition), allowsRemovals: true,
        adoptsOutput: true))
    expectWhole(world, before: before, place)
    try await expectSettled(world, place)
  }

  /// After a run without faults ledger and output say the same, nothing is left over, and what is not held or
  /// staged is what the inputs give.
  private func expectSettled(_ world: OperationWorld, _ place: Comment) async throws {
    #expect(try world.ledger.unfinishedPartitions(job: "joined").isEmpty, place)
    #expect(
      try world.ledger.runs(job: "joined", limit: .max).allSatisfy { $0.state != .running }, place)
    let published = world.published()
    let lineages = try world.ledger.lineages(of: world.job).byPartition
      .filter { $0.value.rows > 0 }
    #expect(Set(lineages.keys) == Set(published.keys.map { Partition("k=\($0)") }), place)
    for (key, lines) in published {
      #expect(lineages["k=\(key)"]?.rows == Int64(lines.count), place)
    }
    let report = try await PendingDetector(storage: world.storage.reader, ledger: world.ledger)
      .detect(world.job)
    #expect(report.pending.allSatisfy { $0.hold?.isReleasable == true }, place)
  }
}
