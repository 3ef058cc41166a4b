public import PartitionPredicate

/// How an operator names output partitions: for a rerun, an undo, an operation on bookmarks, a verification.
///
/// The kinds of condition narrow each other down; within `paths` and within `states` one that fits is
/// enough.
public struct PartitionChoice: Hashable, Sendable {
  /// Paths in any spelling (`month=01/day=1`), and ranges `A..B` of two paths, both ends included, in the
  /// order of the partition values; the ends of a range need not exist.
  public var paths: [ExactText]
  /// Over the output's keys.
  public var predicate: PushdownPredicate?
  /// The work units of this run, whatever became of them.
  public var run: RunID?
  /// Empty for any state.
  public var states: Set<PartitionState>
  /// Those that are published and were read by earlier rules than these; nil for all.
  public var readBefore: Int?
  /// Those that were built from other versions of this input than there are now; nil for all.
  public var olderThan: String?

  /// Creates a choice; by default of nothing in particular.
  public init(
    paths: [ExactText] = [], predicate: PushdownPredicate? = nil, run: RunID? = nil,
    states: Set<PartitionState> = [], readBefore: Int? = nil, olderThan: String? = nil
  ) {
    self.paths = paths
    self.predicate = predicate
    self.run = run
    self.states = states
    self.readBefore = readBefore
    self.olderThan = olderThan
  }

  /// Whether no condition was given.
  public var isEmpty: Bool {
    paths.isEmpty && predicate == nil && run == nil && states.isEmpty && readBefore == nil
      && olderThan == nil
  }

  /// The partitions that meet all conditions, among those that a report knows.
  ///
  /// - Returns: In order, each once; nil when no condition was given, which is not the same as none chosen.
  /// - Throws: `PartitionChoiceError`, `LookupError`, or what the ledger throws.
  public func resolve(in report: PendingReport, ledger: any LedgerReader) throws -> [Partition]? {
    guard !isEmpty else { return nil }
    let job = report.job
    var chosen = report.known
    if let run { _ = try ledger.run(run, of: job.name) }
    if !paths.isEmpty {
      let named = try self.named(among: report.known.map(\.partition), of: job)
      chosen.removeAll { !named.contains($0.partition) }
    }
    if let run {
      let units = Set(try ledger.workUnits(run: run, of: job).map(\.partition))
      chosen.removeAll { !units.contains($0.partition) }
    }
    if !states.isEmpty {
      let failed = states.contains(.failed) ? try failed(of: job, ledger: ledger) : []
      chosen.removeAll { partition in
        !states.contains { isIn($0, partition, report, failed: failed) }
      }
    }
    if let readBefore {
      let old = report.published(readBefore: readBefore)
      chosen.removeAll { old[$0.partition] == nil }
    }
    if let olderThan {
      let names = job.inputs.map(\.name)
      guard names.contains(where: { $0.isSameName(as: olderThan) }) else {
        throw LookupError.input(olderThan, of: job.name, known: names)
      }
      let old = report.built(fromOlder: olderThan)
      chosen.removeAll { !old.contains($0.partition) }
    }
    let partitions = chosen.map(\.partition)
    return predicate?.filter(partitions) ?? partitions
  }

  private func isIn(
    _ state: PartitionState, _ partition: PendingPartition, _ report: PendingReport,
    failed: Set<Partition>
  ) -> Bool {
    switch state {
    case .pending: !partition.reasons.isEmpty && partition.hold == nil
    case .held: partition.hold != nil
    case .failed: failed.contains(partition.partition)
    case .oneSided: partition.isOneSided
    case .published: (report.lineages[partition.partition]?.rows ?? 0) > 0
    }
  }

  /// The partitions that failed in the run, or in the newest build that ended.
  private func failed(of job: JobDefinition, ledger: any LedgerReader) throws -> Set<Partition> {
    guard let run = try run ?? newestBuild(of: job.name, ledger: ledger) else { return [] }
    return Set(
      try ledger.workUnits(run: run, of: job).filter { $0.state == .failed }.map(\.partition))
  }

  /// It is nearly always among the newest runs, so all runs are read only when it is not.
  private func newestBuild(of job: String, ledger: any LedgerReader) throws -> RunID? {
    for limit in [16, Int.max] {
      let runs = try ledger.runs(job: job, limit: limit)
      if let run = runs.first(where: { $0.kind.isBuild && $0.state != .running }) { return run.id }
      if runs.count < limit { break }
    }
    return nil
  }
}
