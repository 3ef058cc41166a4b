import Dispatch
import Foundation
import Synchronization

/// Finds the output partitions whose inputs or definition differ from their position.
///
/// It lists every input, unions the partitions that any input has or that a position knows, and compares
/// each with its position by partition version. Reads only.
public struct PendingDetector: Sendable {
  private let storage: any StorageReader
  private let ledger: any LedgerReader

  /// Creates a detector over readers.
  public init(storage: any StorageReader, ledger: any LedgerReader) {
    self.storage = storage
    self.ledger = ledger
  }

  /// Lists the inputs of a job and compares them with its positions.
  ///
  /// A listing that failed is not an error here: the report carries it as a problem, and planning refuses it.
  ///
  /// - Throws: what the ledger throws.
  public func detect(_ job: JobDefinition) throws -> PendingReport {
    let snapshots = list(job.inputs.map(\.table))
    return try report(job, snapshots: snapshots)
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

  private func report(_ job: JobDefinition, snapshots: [Snapshot]) throws -> PendingReport {
    let positions = try ledger.positions(job: job.name)
    let listings = snapshots.map { snapshot in
      Dictionary(
        snapshot.partitions.compactMap { partition, listing in
          partition.reordered(to: job.output.keys).map { ($0, listing) }
        }, uniquingKeysWith: { $1 })
    }
    var positionOf: [Partition: Position] = [:]
    for (path, position) in positions {
      // A position of keys that the output no longer has cannot be compared; its partition is unknown.
      guard let partition = try? Partition(path: path, keys: job.output.keys) else { continue }
      positionOf[partition] = position
    }
    let known = Set(listings.flatMap(\.keys)).union(positionOf.keys).sorted()
    let inputs = known.map { partition in
      zip(job.inputs, listings).map { input, listing in
        PendingInput(
          input: input,
          partition: partition.reordered(to: input.table.keys) ?? partition,
          listing: listing[partition])
      }
    }
    let consumed = try ledger.files(of: differing(known, inputs, positionOf))
    let unseen = try unseenInput(job, snapshots: snapshots)
    let fingerprint = job.fingerprint
    return PendingReport(
      job: job, snapshots: snapshots,
      known: zip(known, inputs).map { partition, inputs in
        let position = positionOf[partition]
        var reasons = zip(inputs, snapshots).compactMap { input, snapshot in
          reason(
            input, reference: position?.inputs[input.input.name], consumed: consumed,
            isComplete: snapshot.failure == nil)
        }
        if let position, position.definition != fingerprint {
          reasons.append(.definitionChanged)
        }
        return PendingPartition(
          partition: partition, reasons: reasons, inputs: inputs,
          hold: reasons.isEmpty
            ? nil : unseen ?? hold(inputs, listedAt: snapshots.map(\.listedAt)))
      },
      lineages: try ledger.lineages(job: job.name),
      unfinished: try ledger.unfinishedPartitions(job: job.name))
  }

  /// The consumed versions that must be looked at file by file.
  private func differing(
    _ known: [Partition], _ inputs: [[PendingInput]], _ positions: [Partition: Position]
  ) -> [VersionReference] {
    zip(known, inputs).flatMap { partition, inputs in
      inputs.compactMap { input in
        guard let reference = positions[partition]?.inputs[input.input.name] else { return nil }
        let current = input.listing.map { VersionReference($0.version) }
        return current == reference ? nil : reference
      }
    }
  }

  private func reason(
    _ input: PendingInput, reference: VersionReference?,
    consumed: [VersionReference: [DataFile]], isComplete: Bool
  ) -> Reason? {
    if input.listing.map({ VersionReference($0.version) }) == reference { return nil }
    let before = reference.flatMap { consumed[$0] } ?? []
    let after = input.listing?.version.files ?? []
    var changes = FileChange.between(before, after) { old, new in
      guard let digest = old.digest else { return true }
      return digest != (try? storage.digest(of: new, in: input.input.table))
    }
    // What an incomplete listing did not see does not count as deleted.
    if !isComplete { changes.removeAll { $0.kind == .removed } }
    guard !changes.isEmpty else { return nil }
    return .inputChanged(
      input: input.input.name, partition: input.partition, changes: changes)
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

  private func hold(_ inputs: [PendingInput], listedAt: [Date]) -> Hold? {
    for (input, listedAt) in zip(inputs, listedAt) {
      let minimum = input.input.table.minimumAge
      guard minimum > .zero, let version = input.listing?.version else { continue }
      for file in version.files {
        let modified = Date(timeIntervalSince1970: Double(file.modified) / 1e9)
        let age = Duration.seconds(listedAt.timeIntervalSince(modified))
        if age < minimum {
          return .tooYoung(
            input: input.input.name, file: file.path, age: age, minimum: minimum)
        }
      }
    }
    return nil
  }
}
