public import PartitionPredicate
import Wording

/// What one run changed of an output partition.
public struct RunDifference: Hashable, Sendable {
  /// Whether the rows of before and after could be compared.
  public enum Outcome: Hashable, Sendable {
    /// From the version before the run to the one that it published.
    case compared(RowDifference)
    /// The version before the run, or the one that it published, is no longer kept: `by` replaced it.
    case notKept(by: RunID)
    /// The published files are not those that the run wrote: somebody else changed them.
    case changedByOthers
  }

  /// The output partition.
  public let partition: Partition
  /// What the run did: `.committed`, `.removed` or `.unchanged`.
  public let state: WorkUnitState
  /// What came of the comparison.
  public let outcome: Outcome

  /// Creates a difference.
  public init(partition: Partition, state: WorkUnitState, outcome: Outcome) {
    self.partition = partition
    self.state = state
    self.outcome = outcome
  }
}

/// Compares what a run published with what was published before it, and what it has staged with what is published.
///
/// The version before what it published is the one that the run keeps for undo; its own is still published, or kept by
/// the next run that replaced it. It only reads.
public struct RunComparison: Sendable {
  let storage: StorageReader
  let ledger: any LedgerReader
  private let rows: any RowComparing

  /// Creates a comparison over readers.
  public init(storage: StorageReader, ledger: any LedgerReader, rows: any RowComparing) {
    self.storage = storage
    self.ledger = ledger
    self.rows = rows
  }

  /// Compares the partitions that a run wrote, or some of them, in order.
  ///
  /// - Parameters:
  ///   - run: A run that has ended: a build, a publish of what it staged, or an undo.
  ///   - job: The job whose run it is.
  ///   - chosen: Which partitions; nil for all that it wrote.
  ///   - samples: How many rows of each kind to return.
  /// - Returns: A difference for each partition; one whose versions are no longer kept says so.
  /// - Throws: `RunComparisonError`, `LookupError`, `EngineError`, or what the ledger and the storage throw.
  public func compare(
    run: RunID, of job: JobDefinition, partitions chosen: [Partition]? = nil, samples: Int
  ) async throws -> [RunDifference] {
    let record = try ledger.run(run, of: job.name)
    let units = try ledger.workUnits(run: run, of: job).filter(\.state.isWritten)
    guard !units.isEmpty else { throw RunComparisonError.nothingWritten(run: record) }
    let written = Dictionary(
      units.map { ($0.partition, $0.state) }, uniquingKeysWith: { first, _ in first })
    if let other = chosen?.first(where: { written[$0] == nil }) {
      throw RunComparisonError.notWritten(
        job: job.name, run: run, partition: other.path,
        written: written.keys.sorted().map(\.path))
    }
    let wanted = chosen.map { Set($0).sorted() } ?? written.keys.sorted()
    let before = try ledger.lineages(of: job, asOf: run.previous).byPartition
    let own = try ledger.lineages(of: job, asOf: run).byPartition
    let later = try laterRuns(than: run, of: job, writing: Set(wanted))
    var differences: [RunDifference] = []
    for partition in wanted {
      try Task.checkCancellation()
      let state = written[partition] ?? .committed
      let outcome = try await outcome(
        Versions(
          partition: partition, run: run, state: state, before: before[partition],
          after: own[partition], replacedBy: later[partition]), of: job, samples)
      differences.append(RunDifference(partition: partition, state: state, outcome: outcome))
    }
    return differences
  }

  /// What is known about a partition before and after the run.
  private struct Versions {
    let partition: Partition
    let run: RunID
    let state: WorkUnitState
    let before: Lineage?
    let after: Lineage?
    /// The next run that wrote the partition.
    let replacedBy: RunID?
  }

  private func outcome(
    _ versions: Versions, of job: JobDefinition, _ samples: Int
  ) async throws -> RunDifference.Outcome {
    let after: KeptFiles
    switch try await published(versions, of: job) {
    case .success(let files): after = files
    case .failure(let outcome): return outcome.outcome
    }
    var before = after
    if versions.state != .unchanged {
      before = KeptFiles(location: job.output.location, files: [])
      if versions.before?.isPublished == true {
        guard
          let kept = try await storage.outputs.keptFiles(
            of: job.output, run: versions.run, partition: versions.partition)
        else { return .notKept(by: versions.run) }
        before = kept
      }
    }
    return .compared(
      try await difference(
        from: places(of: before), to: places(of: after), reading: [before, after], of: job, samples)
    )
  }

  /// How rows differ, while the files that stores give only for a time are there.
  ///
  /// - Parameters:
  ///   - before: The files of the former version, in the form that engines expect.
  ///   - after: Those of the other one.
  ///   - read: The files among them that are checked, and fetched, before they are read.
  ///   - job: The job, which says what identifies a row.
  ///   - samples: How many rows of each kind to return.
  /// - Returns: The difference from the former version to the other one.
  /// - Throws: `PinError`, `EngineError`, or what the storage throws.
  func difference(
    from before: [String], to after: [String], reading read: [KeptFiles], of job: JobDefinition,
    _ samples: Int
  ) async throws -> RowDifference {
    let pins = read.map { PinnedFiles(files: $0.files, location: $0.location) }
    return try await storage.files.reading(pins) {
      try await rows.difference(from: before, to: after, key: job.rowKey, samples: samples)
    }
  }

  /// The places of files in the form that engines expect.
  func places(of version: KeptFiles) -> [String] {
    version.files.map { storage.files.place(of: $0, in: version.location) }
  }

  /// The files that the run published, wherever they are now.
  private func published(
    _ versions: Versions, of job: JobDefinition
  ) async throws -> Result<KeptFiles, Missing> {
    let location = job.output.location
    guard let after = versions.after, after.isPublished else {
      return .success(KeptFiles(location: location, files: []))
    }
    if let next = versions.replacedBy {
      let kept = try await storage.outputs.keptFiles(
        of: job.output, run: next, partition: versions.partition)
      return kept.map { .success($0) } ?? .failure(Missing(outcome: .notKept(by: next)))
    }
    let now = try await storage.outputs.files(published: versions.partition, of: job.output)
    if let content = after.content, let written = try ledger.files(of: [content])[content],
      written.count != now.count
        || !written.allSatisfy({ old in now.contains { $0.mayBeCopy(of: old) } })
    {
      return .failure(Missing(outcome: .changedByOthers))
    }
    return .success(KeptFiles(location: location, files: now))
  }

  /// Why the files cannot be read.
  private struct Missing: Error {
    let outcome: RunDifference.Outcome
  }

  /// The first run after another one that wrote each partition.
  private func laterRuns(
    than run: RunID, of job: JobDefinition, writing partitions: Set<Partition>
  ) throws -> [Partition: RunID] {
    var found: [Partition: RunID] = [:]
    for record in try ledger.runs(job: job.name, limit: .max).reversed()
    where record.id > run && found.count < partitions.count {
      for unit in try ledger.workUnits(run: record.id, of: job)
      where unit.state.replaces && partitions.contains(unit.partition)
        && found[unit.partition] == nil
      {
        found[unit.partition] = record.id
      }
    }
    return found
  }
}

extension WorkUnitState {
  /// Whether a run published the partition, removed it, or found the same rows.
  fileprivate var isWritten: Bool { replaces || self == .unchanged }

  /// Whether a run replaced what was published.
  fileprivate var replaces: Bool { self == .committed || self == .removed }
}

/// Why a run's changes cannot be shown.
public enum RunComparisonError: CategorizedError, Hashable, Sendable {
  /// The run has published nothing, or has not ended.
  case nothingWritten(run: RunRecord)
  /// The run has not written the partition.
  case notWritten(job: String, run: RunID, partition: ExactText, written: [ExactText])

  /// The operator named what does not exist.
  public var category: ErrorCategory { .usage }
}

extension RunComparisonError: Advising {
  /// The sentence for the operator: what is not possible, and what is.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .nothingWritten(let run):
      return
        "Run \(run.id) of job \(run.job), a \(run.kind.rawValue) that \(run.state.ending), has published nothing, so "
        + "there is nothing to compare. \(words(.runs(of: run.job))) lists the runs."
    case .notWritten(let job, let run, let partition, let written):
      let near = written.prefix(5).joined(separator: ", ")
      return "Run \(run) of job \(job) has not written \(partition). It has written: \(near)"
        + (written.count > 5 ? " and \(Quantity.number(written.count - 5)) more." : ".")
    }
  }
}

extension RunState {
  /// What became of a run, as the end of a relative clause.
  fileprivate var ending: String {
    switch self {
    case .running: "is still running"
    case .succeeded: "succeeded"
    case .partial: "succeeded in part"
    case .staged: "is staged"
    case .failed: "failed"
    case .cancelled: "was cancelled"
    case .interrupted: "was interrupted"
    }
  }
}
