import PartitionPredicate

/// Tells compactions, in which files were rewritten with the same rows, from corrections.
///
/// It reads the files of inputs whose tables record their rows, and only where they were rewritten or replaced.
public struct CompactionCheck: Sendable {
  private let ledger: any LedgerReader
  private let files: any FileStore
  private let rows: any RowComparing
  private let columns: [String: [Column]]

  /// Creates a check; `columns` are those of the inputs, by their name, and an input without them is not
  /// checked.
  public init(
    ledger: any LedgerReader, files: any FileStore, rows: any RowComparing,
    columns: [String: [Column]]
  ) {
    self.ledger = ledger
    self.files = files
    self.rows = rows
    self.columns = columns
  }

  /// The same report, in which a correction that kept all rows is a compaction.
  ///
  /// The rows are compared with those of the consumed version or, where no run has recorded these, with those that the
  /// published content was built from: after one compaction the position names files that no run has read. Held
  /// partitions stay as they are, and so does whatever cannot be read. So do those whose position is behind what is
  /// published: having the position's rows says nothing about these.
  ///
  /// - Throws: `CancellationError`, or what the ledger throws.
  public func refine(_ report: PendingReport) async throws -> PendingReport {
    let corrections = report.known.map { partition in
      partition.hold != nil || report.behind.contains(partition.partition)
        ? [] : partition.inputs.filter { isCorrected($0.input, in: partition) }
    }
    let digests = try ledger.rowDigests(
      of: zip(report.known, corrections).flatMap { partition, inputs in
        inputs.flatMap { references($0, partition, in: report) }
      })
    var known = report.known
    for (index, inputs) in corrections.enumerated() {
      let partition = known[index]
      var compacted: Set<String> = []  // characters: input names are ASCII
      for input in inputs {
        let recorded = references(input, partition, in: report).lazy.compactMap { digests[$0] }
        guard let before = recorded.first, try await digest(of: input) == before else { continue }
        compacted.insert(input.input.name)
      }
      known[index].reasons = partition.reasons.map { $0.compacted(compacted) }
    }
    return report.replacing(known: known)
  }

  private func isCorrected(_ input: JobInput, in partition: PendingPartition) -> Bool {
    input.table.recordsRows
      && partition.reasons.contains { reason in
        guard case .inputChanged(let change) = reason, change.input == input.name else {
          return false
        }
        return reason.changeClass == .correction
      }
  }

  /// The versions whose rows the published content has, the consumed one first.
  private func references(
    _ input: PendingInput, _ partition: PendingPartition, in report: PendingReport
  ) -> [VersionReference] {
    let partition = partition.partition
    return [report.positions[partition]?.inputs, report.lineages[partition]?.inputs]
      .compactMap { $0?[input.input.name] }
  }

  /// The digest of the rows that an input has now; nil when they cannot be read.
  private func digest(of input: PendingInput) async throws -> String? {
    guard let columns = columns[input.input.name], input.version != nil else { return nil }
    do {
      return try await files.reading([input].pins) {
        try await rows.rowDigest(of: JoinUnit.Input(input, columns: columns, in: files))
      }
    } catch let error where !(error is CancellationError) {
      // The run that builds the partition encounters the same file and reports what is wrong with it.
      return nil
    }
  }
}

extension Reason {
  /// The reason itself, or that one of these inputs was compacted.
  // characters: input names are ASCII
  fileprivate func compacted(_ inputs: Set<String>) -> Reason {
    guard case .inputChanged(let change) = self, inputs.contains(change.input) else { return self }
    return .compacted(change)
  }
}
