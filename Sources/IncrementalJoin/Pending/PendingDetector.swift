public import PartitionPredicate

/// Finds the output partitions whose inputs or definition differ from their position.
///
/// It lists every input, unions the partitions that any input has or that a position knows, and compares
/// each with its position by partition version. Reads only.
public struct PendingDetector: Sendable {
  private let storage: StorageReader
  let ledger: any LedgerReader

  /// Creates a detector over readers.
  public init(storage: StorageReader, ledger: any LedgerReader) {
    self.storage = storage
    self.ledger = ledger
  }

  /// Lists the inputs of a job and compares them with its positions.
  ///
  /// A listing that failed is not an error here: the report carries it as a problem, and planning refuses it.
  ///
  /// - Parameters:
  ///   - job: What is defined now.
  ///   - positions: To see what would be pending if they were the positions; nil for the ledger's.
  ///   - kind: What would move them there.
  /// - Returns: Every known partition, pending or not, with the listings that say so.
  /// - Throws: `ThreadError`, or what the ledger throws.
  public func detect(
    _ job: JobDefinition, positions: [Partition: Position]? = nil, movedBy kind: RunKind? = nil
  ) async throws -> PendingReport {
    try await detect(
      job, snapshots: list(job.inputs.map(\.table)), positions: positions, movedBy: kind)
  }

  /// Compares listings that were made already with the positions of a job.
  ///
  /// - Parameters:
  ///   - job: What is defined now.
  ///   - snapshots: One an input, in the job's order, as `PendingReport.snapshots` keeps them.
  ///   - positions: nil for the ledger's.
  ///   - kind: What would move them there.
  /// - Returns: Every known partition, pending or not, with these listings.
  /// - Throws: what the ledger throws.
  public func detect(
    _ job: JobDefinition, snapshots: [Snapshot], positions: [Partition: Position]? = nil,
    movedBy kind: RunKind? = nil
  ) async throws -> PendingReport {
    precondition(snapshots.count == job.inputs.count, "there is one snapshot an input")
    let keys = job.output.keys
    let positions = try positions ?? ledger.positions(of: job).comparable(keys: keys)
    let lineages = try ledger.lineages(of: job)
    let definition = DefinitionFingerprint(job)
    let behind = try behind(positions, lineages.byPartition, of: definition, previewing: kind)
    let kept = try ledger.withheld(job: job.name, keys: keys)
    let respelled = lineages.respelled(as: keys).filter { $0.record.rows > 0 }.map(\.partition)
    let reads = job.inputs.indices.map {
      ReadSets(of: job.inputs[$0], snapshots[$0], index: $0, in: job)
    }
    let outputs = OutputPartitions(of: job)
    let published = behind.filter { $0.value.rows > 0 }.keys + respelled
    let known = outputs.listed(in: snapshots).union(positions.keys).union(published).sorted()
    let spans = known.map { outputs.span(of: $0) }
    let inputs = zip(known, spans).map { cell, span in
      reads.map { $0.read(by: cell, span: span) }
    }
    let differing =
      differing(known, inputs, positions) + behind.values.flatMap(\.inputs.values)
      + kept.byPartition.values.flatMap(\.inputs.values)
    var comparison = VersionComparison(
      files: storage.files, consumed: try ledger.files(of: differing),
      same: try ledger.sameContent(as: differing))
    let unseen = try unseenInput(job, snapshots: snapshots)
    var withheld: [Partition: WithheldRemoval] = [:]
    for (partition, inputs) in zip(known, inputs) {
      withheld[partition] = await self.withheld(
        inputs, snapshots, kept[partition], lineages[partition],
        definition: definition, by: &comparison)
    }
    var partitions: [PendingPartition] = []
    for ((partition, span), inputs) in zip(zip(known, spans), inputs) {
      let position = positions[partition]
      func isHalo(index: Int, partition: Partition) -> Bool {
        reads[index].isHalo(partition, of: span)
      }
      var reasons = await self.reasons(
        inputs, snapshots, references: position?.inputs ?? [:], by: &comparison, for: partition,
        isHalo: isHalo)
      if let position, !definition.isSame(as: position.definition) {
        reasons.append(.definitionChanged)
      }
      if reasons.isEmpty, let lineage = behind[partition] {
        reasons = await self.reasons(
          inputs, snapshots, references: lineage.inputs, by: &comparison, for: partition,
          isHalo: isHalo)
        if !definition.isSame(as: lineage.definition) { reasons.append(.definitionChanged) }
      }
      if let wanted = job.output.types, let had = lineages[partition]?.outputTypes,
        had != wanted
      {
        reasons.append(.typesChanged(from: had, to: wanted))
      }
      var hold: Hold?
      if !reasons.isEmpty {
        hold = unseen ?? unread(inputs, snapshots, position)
        if hold == nil { hold = await undone(inputs, snapshots, position, by: &comparison) }
        hold = hold ?? withheld[partition]?.hold
        if hold == nil {
          hold = await fewerFiles(
            inputs, snapshots, since: position?.inputs ?? [:], by: &comparison)
        }
        hold =
          hold ?? tooYoung(inputs, snapshots)
          ?? waiting(inputs, snapshots, position, of: job) {
            reads[$0].presence(for: partition, span: span)
          }
      }
      partitions.append(
        PendingPartition(
          partition: partition, span: span, reasons: reasons, inputs: inputs, hold: hold))
    }
    return PendingReport(
      job: job, snapshots: zip(snapshots, reads).map { $0.adding($1.problems) }, known: partitions,
      positions: positions,
      lineages: lineages, withheld: withheld, behind: Set(behind.keys),
      confirmed: comparison.confirmed, same: comparison.same,
      unfinished: try ledger.unfinishedPartitions(job: job.name, keys: keys))
  }

  /// Lists tables side by side, each one once.
  private func list(_ tables: [TableDefinition]) async throws -> [Snapshot] {
    let distinct = Array(Set(tables))
    // A disk lists no faster with more of them.
    let listers = try (0..<min(distinct.count, 4)).map { _ in
      try TableLister(reading: storage.tables)
    }
    let listed = await withTaskGroup(of: (TableDefinition, Snapshot).self) { group in
      for (index, table) in distinct.enumerated() {
        let lister = listers[index % listers.count]
        group.addTask { (table, await lister.list(table)) }
      }
      return await group.reduce(into: [TableDefinition: Snapshot]()) { $0[$1.0] = $1.1 }
    }
    return tables.compactMap { listed[$0] }
  }

  /// The versions, consumed or undone, that must be looked at file by file.
  private func differing(
    _ known: [Partition], _ inputs: [[PendingInput]], _ positions: [Partition: Position]
  ) -> [VersionReference] {
    zip(known, inputs).flatMap { partition, inputs in
      inputs.flatMap { input in
        let position = positions[partition]
        let current = input.version.map { VersionReference($0) }
        return [position?.inputs, position?.undone?.inputs]
          .compactMap { $0?[input.input.name] }.filter { $0 != current }
      }
    }
  }

  /// How the inputs of a partition differ from some versions of them.
  func reasons(
    _ inputs: [PendingInput], _ snapshots: [Snapshot], references: [String: VersionReference],
    by comparison: inout VersionComparison, for output: Partition? = nil,
    isHalo: (Int, Partition) -> Bool = { _, _ in false }
  ) async -> [Reason] {
    var reasons: [Reason] = []
    for (index, input) in inputs.enumerated() where input.input.changes != .ignore {
      let snapshot = snapshots[index]
      let changes = await comparison.changes(
        of: input, since: references[input.input.name],
        isComplete: snapshot.failure == nil
          && input.unreadName(in: snapshot, wasSeen: true) == nil)
      let isGrowing = changes.contains { $0.kind != .removed }
      guard input.input.changes == .all || isGrowing else { continue }
      reasons += input.changes(changes, for: output) { isHalo(index, $0) }.map { .inputChanged($0) }
    }
    return reasons
  }

  /// An input whose columns nobody knows: not declared, not pinned, and no file shows them.
  private func unseenInput(_ job: JobDefinition, snapshots: [Snapshot]) throws -> Hold? {
    for (input, snapshot) in zip(job.inputs, snapshots)
    where input.table.columns == nil && snapshot.partitions.isEmpty {
      if try ledger.pinnedColumns(table: input.table.name) == nil {
        return .unknownColumns(input: input.name, table: input.table.name)
      }
    }
    return nil
  }
}

/// Lists tables one after the other, on a thread of its own, since a disk blocks.
private actor TableLister {
  private let executor: ThreadExecutor
  private let tables: any TableReader

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(reading tables: any TableReader) throws(ThreadError) {
    executor = try ThreadExecutor(name: "dovetail.list")
    self.tables = tables
  }

  func list(_ table: TableDefinition) async -> Snapshot {
    let snapshot = await tables.snapshot(of: table)
    guard table.isOutput, snapshot.failure?.kind == .locationMissing else { return snapshot }
    // A job that has not published yet has an output all the same: an empty one.
    return Snapshot(table: table, listedAt: snapshot.listedAt, partitions: [:], problems: [])
  }
}

extension PartitionRecords<Position> {
  /// The positions that can be compared with what there is now.
  ///
  /// A position of keys that the output no longer has cannot be; its partition is unknown.
  func comparable(keys: [PartitionKey]) -> [Partition: Position] {
    // Two spellings that a key's former type told apart: the newer position counts.
    byPartition.merging(respelled(as: keys)) { $0.run > $1.run ? $0 : $1 }
  }
}
