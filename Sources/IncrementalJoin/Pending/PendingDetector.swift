public import PartitionPredicate

/// Finds the output partitions whose inputs or definition differ from their position.
///
/// It lists every input, unions the partitions that any input has or that a position knows, and compares
/// each with its position by partition version. Reads only.
public struct PendingDetector: Sendable {
  let storage: StorageReader
  let ledger: any LedgerReader

  /// Creates a detector over readers.
  public init(storage: StorageReader, ledger: any LedgerReader) {
    self.storage = storage
    self.ledger = ledger
  }

  /// Lists the inputs of a job and compares them with its positions.
  ///
  /// A failed listing is not an error here: the report carries it as a problem, and planning refuses it.
  ///
  /// - Parameters:
  ///   - job: The job's present definition.
  ///   - look: How much of the tables with a `watch:` is listed.
  ///   - positions: Positions to use instead of the ledger's, to see what would be pending; nil for the ledger's.
  ///   - kind: What would move them there.
  /// - Returns: Every known partition, pending or not, with the listings behind it.
  /// - Throws: `ThreadError`, or what the ledger throws.
  public func detect(
    _ job: JobDefinition, looking look: Look = .everywhere,
    positions: [Partition: Position]? = nil, movedBy kind: RunKind? = nil
  ) async throws -> PendingReport {
    let listed = try await list(
      job.inputs.map { Listing(table: $0.table, scope: look.scope) })
    let records = try JobRecords(of: job, ledger, positions: positions, movedBy: kind)
    return try await detect(JobView(of: job, listed), records, completing: look.partitions)
  }

  /// Compares existing listings with the positions of a job.
  ///
  /// - Parameters:
  ///   - job: The job's present definition.
  ///   - snapshots: One for each input, in the job's order, as `PendingReport.snapshots` keeps them, each of a whole
  ///     table.
  ///   - positions: nil for the ledger's.
  ///   - kind: What would move them there.
  ///   - versions: The versions that they would move to, which the ledger need not know.
  /// - Returns: Every known partition, pending or not, with these listings.
  /// - Throws: what the ledger throws.
  public func detect(
    _ job: JobDefinition, snapshots: [Snapshot], positions: [Partition: Position]? = nil,
    movedBy kind: RunKind? = nil, versions: [PartitionVersion] = []
  ) async throws -> PendingReport {
    precondition(snapshots.count == job.inputs.count, "there is one snapshot an input")
    return try await compare(
      JobView(of: job, snapshots),
      JobRecords(of: job, ledger, positions: positions, movedBy: kind, versions: versions))
  }

  /// Compares what a view shows with what a ledger recorded.
  ///
  /// Whatever was not looked at is never a reason: neither its files nor, where nothing of an output partition was
  /// looked at, its definition.
  func compare(_ view: JobView, _ records: JobRecords) async throws -> PendingReport {
    let (job, snapshots, keys) = (view.job, view.snapshots, view.job.output.keys)
    let (positions, lineages, kept) = (records.positions, records.lineages, records.withheld)
    let (definition, behind) = (records.definition, records.behind)
    let reads = view.reads
    let cells = view.cells(with: records)
    let known = cells.map(\.partition)
    let spans = cells.map(\.span)
    let inputs = view.inputs(of: cells, reads)
    let differing =
      differing(known, inputs, positions) + behind.values.flatMap(\.inputs.values)
      + kept.byPartition.values.flatMap(\.inputs.values)
    var comparison = VersionComparison(
      files: storage.files,
      consumed: try ledger.files(of: differing).merging(records.files) { known, _ in known },
      same: try ledger.sameContent(as: differing))
    var compared: [(PendingInput, VersionReference?)] = []
    for (partition, inputs) in zip(known, inputs) {
      for input in inputs where input.isLookedAt && input.input.changes != .ignore {
        compared.append((input, positions[partition]?.inputs[input.input.name]))
      }
    }
    await comparison.lookAhead(compared)
    let unseen = try unseenInput(job, snapshots: snapshots)
    let deleted = try deletedInputs(job, known, inputs, positions)
    var withheld: [Partition: WithheldRemoval] = [:]
    for (partition, inputs) in zip(known, inputs) {
      withheld[partition] = await self.withheld(
        inputs, snapshots, kept[partition], lineages[partition],
        definition: definition, by: &comparison)
    }
    var reach = try ReachCheck(of: job, storage, ledger)
    var partitions: [PendingPartition] = []
    for ((partition, span), inputs) in zip(zip(known, spans), inputs) {
      let position = positions[partition]
      func isHalo(index: Int, partition: Partition) -> Bool {
        reads[index].isHalo(partition, of: span)
      }
      let isLookedAt = zip(job.inputs, inputs).contains { $0.changes != .ignore && $1.isLookedAt }
      guard isLookedAt else {
        partitions.append(
          PendingPartition(
            partition: partition, span: span, reasons: [], inputs: inputs, hold: nil))
        continue
      }
      var reasons = await self.reasons(
        inputs, snapshots, references: position?.inputs ?? [:], by: &comparison, for: partition,
        isHalo: isHalo)
      if let position, !definition.isSame(as: position.definition) {
        reasons.append(.definitionChanged)
      }
      if reasons.isEmpty, let lineage = behind[partition], lineage.adoptedBy == nil {
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
      // Nobody knows whether such a file was consumed: what is there differs from the position as far as it can be told.
      for input in inputs where input.input.changes != .ignore {
        guard let unread = input.unread else { continue }
        reasons.append(.unreadName(input: input.input.name, path: unread.path))
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
          ?? waiting(inputs, snapshots, position, deleted[partition] ?? [], of: job) {
            reads[$0].presence(for: partition, span: span)
          }
      }
      var pending = PendingPartition(
        partition: partition, span: span, reasons: reasons, inputs: inputs, hold: hold)
      if hold == nil, let position, behind[partition] == nil, pending.isLookedAt,
        let outOfReach = await reach.outOfReach(reasons, of: span, since: position)
      {
        pending.reasons = []
        pending.outOfReach = outOfReach
      }
      partitions.append(pending)
    }
    return PendingReport(
      job: job, snapshots: zip(snapshots, reads).map { $0.adding($1.problems) }, known: partitions,
      positions: positions,
      lineages: lineages, withheld: withheld, behind: Set(behind.keys),
      confirmed: comparison.confirmed, same: comparison.same,
      unfinished: try ledger.unfinishedPartitions(job: job.name, keys: keys),
      withoutRows: Set(
        lineages.byPartition.lazy.filter { !$0.value.isPublished && $0.value.bytes == 0 }
          .map(\.key)), deleted: deleted)
  }

  /// The versions, consumed or undone, that must be compared file by file.
  private func differing(
    _ known: [Partition], _ inputs: [[PendingInput]], _ positions: [Partition: Position]
  ) -> [VersionReference] {
    zip(known, inputs).flatMap { partition, inputs in
      inputs.filter(\.isLookedAt).flatMap { input in
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
    for (index, input) in inputs.enumerated()
    where input.isLookedAt && input.input.changes != .ignore {
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

  /// An input whose columns are unknown: not declared, not pinned, and not shown by any file.
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

extension PartitionRecords<Position> {
  /// The positions that can be compared with the present state.
  ///
  /// A position under keys that the output no longer has cannot be; its partition is unknown.
  func comparable(keys: [PartitionKey]) -> [Partition: Position] {
    // If a key's former type distinguished two spellings, the newer position counts.
    byPartition.merging(respelled(as: keys)) { $0.run > $1.run ? $0 : $1 }
  }
}
