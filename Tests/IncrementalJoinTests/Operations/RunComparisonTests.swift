import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("What a run changed, while the versions before and after it are kept")
struct RunComparisonTests {
  private let world = OperationWorld()

  private func compare(
    _ run: RunID, _ keys: [Int]? = nil
  ) async throws -> [RunDifference] {
    try await RunComparison(
      storage: world.storage.reader, ledger: world.ledger, rows: LineEngine(over: world.storage)
    ).compare(
      run: run, of: world.job, partitions: keys?.map(OperationWorld.partition), samples: 5)
  }

  /// `k=1 committed: 2 -> 2, +z -y`, with the samples of the partition.
  private func texts(_ run: RunID, _ keys: [Int]? = nil) async throws -> [String] {
    try await compare(run, keys).map { difference in
      let head = "\(difference.partition) \(difference.state.rawValue): "
      guard case .compared(let rows) = difference.outcome else {
        return head + "\(difference.outcome)"
      }
      let samples = rows.samples.map {
        "\($0.kind == .added ? "+" : "-")\(($0.kind == .added ? $0.after : $0.before)[0] ?? "")"
      }
      return head + "\(rows.rowsBefore) -> \(rows.rowsAfter) \(samples.joined(separator: " "))"
    }
  }

  /// Run 1 builds k=1 to 3, run 2 replaces k=1, run 3 replaces k=1 again and holds the removal of k=2 back, and run 4 removes
  /// k=2.
  private func play() async throws {
    try await world.run()
    world.land(1, ["x", "z"], in: "ab")
    try await world.run()
    world.land(1, ["w"], in: "ab")
    world.land(2, ["other"], in: "a")
    try await world.run()
    try await world.run(RunRequest(allowsRemovals: true))
  }

  @Test("each run is compared with what it replaced, wherever its own version is now")
  func history() async throws {
    try await play()
    #expect(
      try await texts(1) == [
        "k=1 committed: 0 -> 2 +x +y", "k=2 committed: 0 -> 2 +x +y", "k=3 committed: 0 -> 2 +x +y",
      ])
    #expect(try await texts(2) == ["k=1 committed: 2 -> 2 +z -y"])
    #expect(try await texts(3) == ["k=1 committed: 2 -> 1 +w -x -z"])
    #expect(try await texts(4) == ["k=2 removed: 2 -> 0 -x -y"])
  }

  @Test("an undo is compared too, and the run that it undid still is")
  func undo() async throws {
    try await play()
    try await world.finish(world.runner.undo(.run(3), of: world.job, expected: nil, note: nil))
    #expect(try await texts(3, [1]) == ["k=1 committed: 2 -> 1 +w -x -z"])
    #expect(try await texts(5, [1]) == ["k=1 committed: 1 -> 2 +x +z -w"])
  }

  @Test("a rerun that found the same rows changed nothing")
  func unchanged() async throws {
    try await world.run()
    try await world.run(RunRequest(partitions: [OperationWorld.partition(3)]))
    #expect(try await texts(2) == ["k=3 unchanged: 2 -> 2 "])
  }

  @Test("a version that is no longer kept is said to be so, by the run that replaced it")
  func swept() async throws {
    try await play()
    let lease = try world.storage.open(world.job.output, as: world.holder)
    try await lease.removeKept(runs: [2])
    await lease.release()
    #expect(try await compare(1, [1]).map(\.outcome) == [.notKept(by: 2)])
    #expect(try await compare(2).map(\.outcome) == [.notKept(by: 2)])
    #expect(try await texts(3, [1]) == ["k=1 committed: 2 -> 1 +w -x -z"])
  }

  @Test("files that somebody else has changed are not taken for those of the run")
  func strangers() async throws {
    try await play()
    world.replace("k=3")
    #expect(try await compare(1, [3]).map(\.outcome) == [.changedByOthers])
  }

  @Test("a run without the partition, and one that published nothing, are named")
  func refusals() async throws {
    try await play()
    try await #expect(
      Self.sentence { try await compare(2, [3]) }
        == "Run 2 of job joined has not written k=3. It has written: k=1.")
    let change = BookmarkChange(.reset, partitions: [OperationWorld.partition(1)])
    _ = try await world.runner.apply(change, to: world.job, expected: nil)
    try await #expect(
      Self.sentence { try await compare(5) }
        == "Run 5 of job joined, a reset that succeeded, has published nothing, so there is nothing to compare. "
        + "`dovetail history --job joined` lists the runs.")
  }

  private static func sentence(_ work: () async throws -> [RunDifference]) async throws -> String {
    do {
      return "\(try await work())"
    } catch let error as RunComparisonError {
      return error.description
    }
  }
}
