public import PartitionPredicate
import Wording

/// An operator's request to publish, or discard, what a run has staged.
public struct StagedPlan: Sendable {
  /// A staged partition, with what is now published and consumed of it.
  public struct Unit: Hashable, Sendable {
    /// The output partition.
    public let partition: Partition
    /// What the run staged, with the state at that time.
    let publish: PreparedPublish
    /// What the published content was built from; nil when the partition was never built.
    let lineage: Lineage?
    /// What counts as consumed; nil for a partition that counts as new.
    let position: Position?
  }

  /// What becomes of it.
  public enum Purpose: Hashable, Sendable {
    case publish
    case discard
  }

  /// The job whose run it is.
  public let job: JobDefinition
  /// The run that staged, as the ledger has it.
  public let run: RunRecord
  /// What becomes of the units.
  public let purpose: Purpose
  /// In the order of the paths.
  public let units: [Unit]
  /// Partitions that stay staged, in order: they would be removed, and too many would be gone.
  public let withheld: [Partition]
  /// Why, in figures; nil when none is withheld.
  public let removals: RemovalCount?

  /// Plans what happens to what a run has staged, all of it or some partitions.
  ///
  /// - Parameters:
  ///   - run: The run that staged.
  ///   - job: The job that the run must belong to.
  ///   - partitions: Which partitions; nil for all of them.
  ///   - purpose: What happens to them.
  ///   - allowsRemovals: Whether partitions without rows may be removed whatever their number.
  ///   - ledger: What is staged, published and consumed.
  /// - Throws: `StagedRunError`, or what the ledger throws.
  public init(
    of run: RunID, of job: JobDefinition, partitions: [Partition]?, for purpose: Purpose,
    allowsRemovals: Bool = false, in ledger: any LedgerReader
  ) throws {
    let (record, staged) = try ledger.staged(by: run, of: job, partitions: partitions)
    self.job = job
    self.run = record
    self.purpose = purpose
    guard purpose == .publish else {
      units = try staged.map { try Unit($0, of: job) }
      withheld = []
      removals = nil
      return
    }
    let lineages = try ledger.lineages(of: job)
    let positions = try ledger.positions(of: job)
    let gone = staged.filter {
      $0.state == .removed && lineages[$0.partition]?.isPublished == true
    }.map { publish in (publish.partition, allowsRemovals || publish.isRemovalAllowed) }
    let open = gone.filter { !$0.1 }.map(\.0)
    let count = try RemovalCount(
      of: job, removing: Set(open), allowed: Set(gone.filter(\.1).map(\.0)), in: ledger)
    withheld = count.isBeyond ? open.sorted() : []
    removals = count.isBeyond ? count : nil
    let kept = Set(withheld)
    let wanted = staged.filter { !kept.contains($0.partition) }
    try Self.checkTypes(of: wanted, stagedBy: run, of: job, beside: lineages)
    units = try wanted.map {
      try Unit($0, of: job, lineages[$0.partition], positions[$0.partition])
    }
  }

  /// What it does, in order.
  public var steps: [PlanStep] {
    switch purpose {
    case .discard: [.discard(units.map(\.partition)), .sweep]
    case .publish:
      PlanStep.batches(of: units).flatMap { batch -> [PlanStep] in
        let partitions = batch.map(\.partition)
        return [.recheck(batch), .publish(partitions), .commit(partitions)]
      } + [.sweep]
    }
  }

  /// Refuses to publish columns with types other than those of published partitions that stay.
  ///
  /// What a later run has published stays too: it is not overwritten.
  private static func checkTypes(
    of wanted: [PreparedPublish], stagedBy run: RunID, of job: JobDefinition,
    beside lineages: PartitionRecords<Lineage>
  ) throws(StagedRunError) {
    let partitions = Set(wanted.map(\.partition))
    let staying = lineages.byPartition
      .filter { !partitions.contains($0.key) || $0.value.run > run }
      .compactMapValues(\.outputTypes)
    for types in Set(wanted.compactMap(\.outputTypes)) {
      guard let other = staying.filter({ $0.value != types }).min(by: { $0.key < $1.key })
      else { continue }
      throw .mixedTypes(
        job: job.name, run: run, types: types, partition: other.key.path, published: other.value)
    }
  }
}

extension StagedPlan.Unit {
  fileprivate init(
    _ publish: PreparedPublish, of job: JobDefinition, _ lineage: Lineage? = nil,
    _ position: Position? = nil
  ) throws {
    self.init(
      partition: try publish.partition.read(as: job.output.keys), publish: publish,
      lineage: lineage, position: position)
  }
}

extension LedgerReader {
  /// A run and what it has staged, in order, all of it or some partitions.
  ///
  /// - Throws: `StagedRunError`; `LookupError`.
  func staged(by run: RunID, of job: JobDefinition, partitions chosen: [Partition]?) throws
    -> (RunRecord, [PreparedPublish])
  {
    let record = try self.run(run, of: job.name, for: .staged)
    let staged = try staged(run: run, keys: job.output.keys)
    guard record.state == .staged, !staged.isEmpty else {
      throw StagedRunError.nothingStaged(job: job.name, run: run, state: record.state)
    }
    guard let chosen else { return (record, staged) }
    let known = Set(staged.map(\.partition))
    if let other = chosen.first(where: { !known.contains($0) }) {
      throw StagedRunError.notStaged(
        job: job.name, run: run, partition: other.path, staged: known.map(\.path).sorted())
    }
    let wanted = Set(chosen)
    return (record, staged.filter { wanted.contains($0.partition) })
  }
}

/// Why what a run staged cannot be published or discarded.
public enum StagedRunError: CategorizedError, Hashable, Sendable {
  /// Nothing of the run waits.
  case nothingStaged(job: String, run: RunID, state: RunState)
  case notStaged(job: String, run: RunID, partition: ExactText, staged: [ExactText])
  /// A later run published the partition.
  case published(partition: ExactText, by: RunID)
  /// A later run moved the partition's position without building it.
  case moved(partition: ExactText, by: RunID)
  case definitionChanged(partition: ExactText)
  /// What the run staged has column types other than those of `partition`, which stays published.
  case mixedTypes(
    job: String, run: RunID, types: OutputTypes, partition: ExactText, published: OutputTypes)
  /// The staged files are gone.
  case vanished(partition: ExactText)
}

extension StagedRunError {
  /// The operator named what does not exist, or what cannot be published any more.
  public var category: ErrorCategory {
    switch self {
    case .notStaged: .usage
    case .nothingStaged, .published, .moved, .definitionChanged, .mixedTypes, .vanished: .refused
    }
  }
}

extension StagedRunError: Advising {
  /// The sentence for the operator: what is not possible, and what is.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .nothingStaged(let job, let run, let state):
      return "Run \(run) of job \(job) has nothing staged (its state is \(state.rawValue)). "
        + "\(words(.stage)) stages."
    case .notStaged(let job, let run, let partition, let staged):
      let near = staged.prefix(5).joined(separator: ", ")
      return "Run \(run) of job \(job) has not staged \(partition). It has staged: \(near)"
        + (staged.count > 5 ? " and \(Quantity.number(staged.count - 5)) more." : ".")
    case .published(let partition, let by):
      return "Run \(by) has published \(partition) since it was staged. Nothing was published; "
        + "stage it again."
    case .moved(let partition, let by):
      return "Run \(by) has moved the position of \(partition) since it was staged. Nothing was "
        + "published; stage it again, or undo run \(by) and publish."
    case .definitionChanged(let partition):
      return "The job's definition changed since \(partition) was staged. Nothing was published; "
        + "stage it again."
    case .mixedTypes(let job, let run, let types, let partition, let published):
      return "Run \(run) of job \(job) has staged columns of `types: \(types.rawValue)`, and "
        + "\(partition), which stays published, has those of `types: \(published.rawValue)`. Nothing "
        + "was published. Discard what is staged with \(words(.discard(run))); \(words(.run)) "
        + "rebuilds it."
    case .vanished(let partition):
      return "The staged files of \(partition) are gone. Nothing was published; stage it again."
    }
  }
}
