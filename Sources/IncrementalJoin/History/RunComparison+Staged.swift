public import PartitionPredicate

/// How one staged output partition differs from the published one.
public struct StagedDifference: Hashable, Sendable {
  /// The output partition.
  public let partition: Partition
  /// What a publish would record: `.committed`, `.removed` or `.unchanged`.
  public let state: WorkUnitState
  /// From what is published to what is staged.
  public let rows: RowDifference

  /// Creates a difference.
  public init(partition: Partition, state: WorkUnitState, rows: RowDifference) {
    self.partition = partition
    self.state = state
    self.rows = rows
  }
}

extension RunComparison {
  /// Compares the partitions that a run has staged, or some of them, with what is published, in order.
  ///
  /// - Throws: `StagedRunError`, `EngineError`, or what the ledger and the storage throw.
  public func compare(
    staged run: RunID, of job: JobDefinition, partitions: [Partition]? = nil, samples: Int
  ) async throws -> [StagedDifference] {
    let staged = try ledger.staged(by: run, of: job, partitions: partitions).1
    let partitions = try staged.map { try $0.partition.read(as: job.output.keys) }
    let output = await storage.tables.snapshot(
      of: job.outputTable, in: .selected(.compact(partitions, keys: job.output.keys)))
    var differences: [StagedDifference] = []
    for (publish, partition) in zip(staged, partitions) {
      try Task.checkCancellation()
      let published = KeptFiles(
        location: job.output.location, files: output.partitions[partition]?.version.files ?? [])
      let before = places(of: published)
      let after =
        publish.state == .unchanged
        ? before
        : try await storage.outputs.stagedFiles(of: job.output, run: run, partition: partition)
      differences.append(
        StagedDifference(
          partition: partition, state: publish.state,
          rows: try await difference(
            from: before, to: after, reading: [published], of: job, samples)))
    }
    return differences
  }
}

extension JobDefinition {
  /// The columns that identify a row of the result: the declared key, or otherwise those that the job joins on.
  var rowKey: [String] {
    guard key.isEmpty, case .join(_, let on, _) = transformation else { return key }
    return on.filter { column in !output.keys.contains { $0.name.isSameName(as: column) } }
  }
}
