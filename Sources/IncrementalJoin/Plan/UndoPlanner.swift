import PartitionPredicate

/// Finds out what undoing would do.
///
/// It reads only.
public struct UndoPlanner: Sendable {
  private let storage: StorageReader
  private let ledger: any LedgerReader

  /// Creates a planner over readers.
  public init(storage: StorageReader, ledger: any LedgerReader) {
    self.storage = storage
    self.ledger = ledger
  }

  /// Previews what is to be undone.
  ///
  /// - Throws: `UndoError`, or what the ledger and the storage throw.
  public func plan(_ request: UndoRequest, of job: JobDefinition) async throws -> UndoPlan {
    let lineages = try ledger.lineages(of: job).byPartition
    let positions = try ledger.positions(of: job).byPartition
    let kept = Set(try await storage.outputs.kept(of: job.output).map(\.run))
    let wanted = try wanted(request, of: job, lineages, positions)
    var behindUndos = WorkBehindUndos(ledger, of: job)
    let current = try await CurrentFiles(of: job, storage: storage, ledger: ledger)
    var units: [UndoPlan.Unit] = []
    for (run, partitions) in Dictionary(grouping: wanted, by: \.run) {
      let undone = try UndoneRun(
        ledger, job: job, before: run, lineages: lineages, positions: positions,
        current: current)
      for (partition, _) in partitions {
        let newestRuns = try behindUndos.newestRuns(partition)
        units.append(try undone.unit(partition, kept: kept, newestRuns: newestRuns))
      }
    }
    units.sort { $0.partition < $1.partition }
    return UndoPlan(
      job: job, request: request, id: identifier(units), units: units,
      switchesTypes: try switchesTypes(units, request, of: job, lineages))
  }

  private typealias Wanted = (partition: Partition, run: RunID)

  /// The partitions that go back, and the run that each of them undoes.
  private func wanted(
    _ request: UndoRequest, of job: JobDefinition, _ lineages: [Partition: Lineage],
    _ positions: [Partition: Position]
  ) throws -> [Wanted] {
    switch request {
    case .partitions(let partitions):
      return try Set(partitions).sorted().map { partition in
        guard let lineage = lineages[partition] else {
          throw UndoError.neverBuilt(job: job.name, partition: partition.path)
        }
        return (partition, lineage.run)
      }
    case .run(let run):
      _ = try ledger.run(run, of: job.name, for: .undo)
      let keys = job.output.keys
      let built = try ledger.lineages(builtBy: run, keys: keys)
      let moved = try ledger.moved(
        job: job.name, keys: keys, in: RunWindow(after: run.previous, through: run))
      let partitions = Set(built.byPartition.keys)
        .union(try built.others.keys.map { try Partition(path: $0, keys: keys) })
        .union(try moved.map { try $0.read(as: keys) })
      guard !partitions.isEmpty else { throw UndoError.nothing(job: job.name, run: run) }
      // An undo that was interrupted, or one of some partitions, has undone a part of them.
      let left = partitions.filter { positions[$0]?.undoes(run, lineages[$0]) != true }
      guard !left.isEmpty else {
        throw UndoError.alreadyUndone(
          job: job.name, run: run, by: partitions.compactMap { positions[$0]?.run }.max() ?? run)
      }
      return left.map { ($0, run) }
    }
  }

  private func identifier(_ units: [UndoPlan.Unit]) -> String {
    var digest = SHA256()
    for unit in units {
      digest.update("\(unit.partition.path)\n\(unit.run) \(unit.action.rawValue) \(unit.rows)\n")
    }
    return String(digest.finalize().prefix(12))
  }
}

/// The runs that built a partition and moved its position last.
private struct NewestRuns {
  let built: RunID?
  let moved: RunID?

  /// The newer one; 0 for neither.
  var last: RunID { max(built ?? 0, moved ?? 0) }
}

/// Looks behind the undos of a partition: at what stands when all that they undid is as if it had not
/// been.
private struct WorkBehindUndos {
  private typealias Records = (
    positions: PartitionRecords<Position>, lineages: PartitionRecords<Lineage>
  )

  private let ledger: any LedgerReader
  private let job: JobDefinition
  private var pasts: [RunID: Records] = [:]

  init(_ ledger: any LedgerReader, of job: JobDefinition) {
    self.ledger = ledger
    self.job = job
  }

  /// The newest runs whose work was not undone.
  mutating func newestRuns(_ partition: Partition) throws -> NewestRuns {
    var bound = RunID.max
    while true {
      let past = try past(asOf: bound)
      let newestRuns = NewestRuns(
        built: past.lineages[partition]?.run, moved: past.positions[partition]?.run)
      guard let undone = try run(undoneBy: newestRuns.last, of: partition) else {
        return newestRuns
      }
      bound = undone.previous
    }
  }

  /// The run that a run undid in a partition; nil when it is no undo.
  private mutating func run(undoneBy run: RunID, of partition: Partition) throws -> RunID? {
    guard let record = try ledger.run(run), record.kind == .undo else { return nil }
    // An undo of partitions undoes what they were built by.
    if let named = record.undoes { return named }
    return try past(asOf: run.previous).lineages[partition]?.run
  }

  private mutating func past(asOf run: RunID) throws -> Records {
    if let known = pasts[run] { return known }
    let past = (
      positions: try ledger.positions(of: job, asOf: run),
      lineages: try ledger.lineages(of: job, asOf: run)
    )
    pasts[run] = past
    return past
  }
}

/// What the inputs are while something is undone.
private struct CurrentFiles {
  /// By partition and input name.
  private let versions: [Partition: [String: PartitionVersion]]
  /// The inputs whose listings failed.
  private let unseen: Set<String>  // characters: input names are ASCII

  init(of job: JobDefinition, storage: StorageReader, ledger: any LedgerReader) async throws {
    let report = try await PendingDetector(storage: storage, ledger: ledger).detect(job)
    versions = Dictionary(
      report.known.map { known in (known.partition, known.versions) }, uniquingKeysWith: { $1 })
    unseen = Set(
      zip(job.inputs, report.snapshots).filter { $0.1.failure != nil }.map(\.0.name))
  }

  /// The versions of a partition's inputs; of inputs that could not be listed those that a build had read.
  func versions(of partition: Partition, read: [String: PartitionVersion])
    -> [String: PartitionVersion]
  {
    (versions[partition] ?? [:]).filter { !unseen.contains($0.key) }
      .merging(read.filter { unseen.contains($0.key) }) { $1 }
  }
}

extension Position {
  /// Whether the newest that happened to the partition is that a run's build was undone.
  fileprivate func undoes(_ run: RunID, _ lineage: Lineage?) -> Bool {
    undone?.run == run && lineage?.run == self.run
  }
}

/// A run that is undone, with the state of its job before and since.
private struct UndoneRun {
  private let job: JobDefinition
  private let run: RunID
  private let isBuild: Bool
  private let lineages: [Partition: Lineage]
  private let positions: [Partition: Position]
  private let earlierLineages: [Partition: Lineage]
  private let earlierPositions: [Partition: Position]
  private let outcomes: [Partition: WorkUnitState]
  private let current: CurrentFiles
  private let versions: VersionLibrary

  init(
    _ ledger: any LedgerReader, job: JobDefinition, before run: RunID,
    lineages: [Partition: Lineage], positions: [Partition: Position], current: CurrentFiles
  ) throws {
    self.job = job
    self.current = current
    self.run = run
    self.lineages = lineages
    self.positions = positions
    isBuild = try ledger.run(run)?.kind.isBuild ?? false
    earlierLineages = try ledger.lineages(of: job, asOf: run.previous).byPartition
    earlierPositions = try ledger.positions(of: job, asOf: run.previous).byPartition
    outcomes = Dictionary(
      try ledger.workUnits(run: run, of: job).map { ($0.partition, $0.state) },
      uniquingKeysWith: { $1 })
    let lineageVersions = [lineages, earlierLineages].flatMap { $0.values }
      .flatMap { Array($0.inputs.values) + ($0.content.map { [$0] } ?? []) }
    let positionVersions = (Array(positions.values) + earlierPositions.values)
      .flatMap(\.references)
    versions = try VersionLibrary(ledger, lineageVersions + positionVersions)
  }

  // `newestRuns` is what stands of the partition apart from what was undone.
  func unit(_ partition: Partition, kept: Set<RunID>, newestRuns: NewestRuns) throws(UndoError)
    -> UndoPlan.Unit
  {
    let newest = NewestRuns(built: lineages[partition]?.run, moved: positions[partition]?.run)
    // Where that undo itself is undone, it counts.
    let stands = newest.last > run ? newestRuns : newest
    if stands.last > run {
      throw .overwritten(job: job.name, run: run, partition: partition.path, by: stands.last)
    }
    let isBehind = newest.last > run
    if isBehind, stands.last < run {
      throw .alreadyUndone(job: job.name, run: run, by: newest.last)
    }
    let built = (stands.built ?? 0) >= run ? lineages[partition] : nil
    let earlier = earlierLineages[partition]
    let rows = lineages[partition]?.rows ?? 0
    let rowsBefore = built == nil ? rows : earlier?.rows ?? 0
    let hasContent = lineages[partition]?.isPublished ?? false
    let hasContentBefore = built == nil ? hasContent : earlier?.isPublished ?? false
    let isAdoption = built != nil && outcomes[partition] == .adopted
    let action: UndoPlan.Unit.Action =
      if built == nil || isAdoption || outcomes[partition] == .unchanged
        || !hasContent && !hasContentBefore
      {
        .stay
      } else {
        hasContentBefore ? .restore : .remove
      }
    if action == .restore, !kept.contains(run) {
      throw .notKept(job: job.name, run: run, partition: partition.path, kept: kept.sorted())
    }
    return UndoPlan.Unit(
      partition: partition, run: run, action: action, rows: rows, rowsBefore: rowsBefore,
      hasContentBefore: hasContentBefore, isAdoption: isAdoption,
      position: position(
        partition, undoing: isBuild ? built : nil,
        with: isBehind ? positions[partition]?.undone : nil),
      lineage: earlier, content: earlier?.content.flatMap { versions[$0] },
      published: lineages[partition]?.content.flatMap { versions[$0] },
      inputs: versions[earlier?.inputs ?? [:]], isBuild: built != nil)
  }

  /// The position before the run; after a build it holds what there is to read now, until that changes.
  private func position(
    _ partition: Partition, undoing built: Lineage?, with other: UndoneBuild<VersionReference>?
  ) -> PositionMove {
    let earlier = earlierPositions[partition]
    let definition =
      earlier?.definition ?? lineages[partition]?.definition ?? positions[partition]?.definition
      ?? job.fingerprint
    let undone: UndoneBuild<PartitionVersion>? =
      if let built {
        .init(
          run: run,
          inputs: current.versions(of: partition, read: versions[other?.inputs ?? built.inputs]))
      } else {
        (other ?? earlier?.undone)?.mapInputs { versions[$0] }
      }
    return PositionMove(
      partition: partition, definition: definition, inputs: versions[earlier?.inputs ?? [:]],
      undone: undone)
  }
}
