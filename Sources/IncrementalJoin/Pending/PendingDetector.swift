import Dispatch
import Foundation
public import PartitionPredicate
import Synchronization

/// Finds the output partitions whose inputs or definition differ from their position.
///
/// It lists every input, unions the partitions that any input has or that a position knows, and compares
/// each with its position by partition version. Reads only.
public struct PendingDetector: Sendable {
  private let storage: any StorageReader
  let ledger: any LedgerReader

  /// Creates a detector over readers.
  public init(storage: any StorageReader, ledger: any LedgerReader) {
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
  /// - Throws: what the ledger throws.
  public func detect(
    _ job: JobDefinition, positions: [Partition: Position]? = nil, movedBy kind: RunKind? = nil
  ) throws -> PendingReport {
    try detect(
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
  ) throws -> PendingReport {
    precondition(snapshots.count == job.inputs.count, "there is one snapshot an input")
    let keys = job.output.keys
    let positions = try positions ?? ledger.positions(of: job).comparable(keys: keys)
    let lineages = try ledger.lineages(of: job)
    let behind = try behind(positions, lineages.byPartition, previewing: kind)
    let kept = try ledger.withheld(job: job.name, keys: keys)
    let respelled = lineages.respelled(as: keys).filter { $0.record.rows > 0 }.map(\.partition)
    let (known, inputs) = union(job, snapshots, positions, behind, respelled)
    let differing =
      differing(known, inputs, positions) + behind.values.flatMap(\.inputs.values)
      + kept.byPartition.values.flatMap(\.inputs.values)
    var comparison = VersionComparison(
      storage: storage, consumed: try ledger.files(of: differing),
      same: try ledger.sameContent(as: differing))
    let unseen = try unseenInput(job, snapshots: snapshots)
    let fingerprint = job.fingerprint
    var withheld: [Partition: WithheldRemoval] = [:]
    for (partition, inputs) in zip(known, inputs) {
      withheld[partition] = self.withheld(
        inputs, snapshots, kept[partition], lineages[partition],
        definition: fingerprint, by: &comparison)
    }
    let partitions = zip(known, inputs).map { partition, inputs in
      let position = positions[partition]
      var reasons = self.reasons(
        inputs, snapshots, references: position?.inputs ?? [:], by: &comparison)
      if let position, position.definition != fingerprint {
        reasons.append(.definitionChanged)
      }
      if reasons.isEmpty, let lineage = behind[partition] {
        reasons = self.reasons(
          inputs, snapshots, references: lineage.inputs, by: &comparison)
        if lineage.definition != fingerprint { reasons.append(.definitionChanged) }
      }
      if let wanted = job.output.types, let had = lineages[partition]?.outputTypes,
        had != wanted
      {
        reasons.append(.typesChanged(from: had, to: wanted))
      }
      return PendingPartition(
        partition: partition, reasons: reasons, inputs: inputs,
        hold: reasons.isEmpty
          ? nil
          : unseen ?? unread(inputs, snapshots, position)
            ?? undone(inputs, snapshots, position, by: &comparison)
            ?? withheld[partition]?.hold ?? tooYoung(inputs, snapshots)
            ?? waiting(inputs, snapshots, position, of: job))
    }
    return PendingReport(
      job: job, snapshots: snapshots, known: partitions, positions: positions,
      lineages: lineages, withheld: withheld, behind: Set(behind.keys),
      confirmed: comparison.confirmed, same: comparison.same,
      unfinished: try ledger.unfinishedPartitions(job: job.name, keys: keys))
  }

  /// Lists tables side by side, each one once.
  private func list(_ tables: [TableDefinition]) -> [Snapshot] {
    let distinct = Array(Set(tables))
    let listed = Mutex<[TableDefinition: Snapshot]>([:])
    DispatchQueue.concurrentPerform(iterations: distinct.count) { index in
      let snapshot = list(distinct[index])
      listed.withLock { $0[distinct[index]] = snapshot }
    }
    return listed.withLock { listed in tables.compactMap { listed[$0] } }
  }

  private func list(_ table: TableDefinition) -> Snapshot {
    let snapshot = storage.list(table)
    guard table.isOutput, snapshot.failure?.kind == .locationMissing else { return snapshot }
    // A job that has not published yet has an output all the same: an empty one.
    return Snapshot(table: table, listedAt: snapshot.listedAt, partitions: [:], problems: [])
  }

  /// Every partition that an input has or a position knows, or that is published without a position, in
  /// order, with what the inputs have of it.
  private func union(
    _ job: JobDefinition, _ snapshots: [Snapshot], _ positions: [Partition: Position],
    _ behind: [Partition: Lineage], _ respelled: [Partition]
  ) -> ([Partition], [[PendingInput]]) {
    let listings = snapshots.map { snapshot in
      Dictionary(
        snapshot.partitions.compactMap { partition, listing in
          partition.reordered(to: job.output.keys).map { ($0, listing) }
        }, uniquingKeysWith: { $1 })
    }
    let published = behind.filter { $0.value.rows > 0 }.keys + respelled
    let known = Set(listings.flatMap(\.keys)).union(positions.keys).union(published).sorted()
    let inputs = known.map { partition in
      zip(job.inputs, listings).map { input, listing in
        PendingInput(
          input: input,
          partition: partition.reordered(to: input.table.keys) ?? partition,
          listing: listing[partition])
      }
    }
    return (known, inputs)
  }

  /// The versions, consumed or taken back, that must be looked at file by file.
  private func differing(
    _ known: [Partition], _ inputs: [[PendingInput]], _ positions: [Partition: Position]
  ) -> [VersionReference] {
    zip(known, inputs).flatMap { partition, inputs in
      inputs.flatMap { input in
        let position = positions[partition]
        let current = input.listing.map { VersionReference($0.version) }
        return [position?.inputs, position?.undone?.inputs]
          .compactMap { $0?[input.input.name] }.filter { $0 != current }
      }
    }
  }

  /// How the inputs of a partition differ from some versions of them.
  func reasons(
    _ inputs: [PendingInput], _ snapshots: [Snapshot], references: [String: VersionReference],
    by comparison: inout VersionComparison
  ) -> [Reason] {
    zip(inputs, snapshots).compactMap { input, snapshot in
      let changes = comparison.changes(
        of: input, since: references[input.input.name],
        isComplete: snapshot.failure == nil
          && snapshot.unreadName(in: input.partition, wasSeen: true) == nil)
      guard !changes.isEmpty else { return nil }
      return .inputChanged(
        input: input.input.name, partition: input.partition, changes: changes)
    }
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

extension PartitionRecords<Position> {
  /// The positions that can be compared with what there is now.
  ///
  /// A position of keys that the output no longer has cannot be; its partition is unknown.
  func comparable(keys: [PartitionKey]) -> [Partition: Position] {
    // Two spellings that a key's former type told apart: the newer position counts.
    byPartition.merging(respelled(as: keys)) { $0.run > $1.run ? $0 : $1 }
  }
}
