/// Finds out what taking back would do.
///
/// It reads only.
public struct UndoPlanner: Sendable {
  private let storage: any Storage
  private let ledger: any LedgerReader

  /// Creates a planner over readers.
  public init(storage: any Storage, ledger: any LedgerReader) {
    self.storage = storage
    self.ledger = ledger
  }

  /// Previews what is to be taken back.
  ///
  /// - Throws: `UndoError`, or what the ledger and the storage throw.
  public func plan(_ request: UndoRequest, of job: JobDefinition) throws -> UndoPlan {
    let lineages = try ledger.lineages(job: job.name)
    let positions = try ledger.positions(job: job.name)
    let kept = Set(try storage.kept(of: job.output).map(\.run))
    let wanted = try wanted(request, of: job, lineages, positions)
    let standing = try standing(job, lineages, positions)
    var units: [UndoPlan.Unit] = []
    for (run, partitions) in Dictionary(grouping: wanted, by: \.run) {
      let past = try Past(
        ledger, job: job, before: run, lineages: lineages, positions: positions,
        standing: standing)
      for (partition, _) in partitions { units.append(try past.unit(partition, kept: kept)) }
    }
    units.sort { $0.partition < $1.partition }
    let detail: String =
      switch request {
      case .run(let run): "run \(run)"
      case .partitions(let named):
        named.count == 1 ? "partition \(named[0])" : "\(named.count) partitions"
      }
    return UndoPlan(job: job, detail: detail, id: identifier(units), units: units)
  }

  private typealias Wanted = (partition: Partition, run: RunID)

  /// The partitions that go back, and the run that each of them takes back.
  private func wanted(
    _ request: UndoRequest, of job: JobDefinition, _ lineages: [String: Lineage],
    _ positions: [String: Position]
  ) throws -> [Wanted] {
    switch request {
    case .partitions(let partitions):
      return try Set(partitions).sorted().map { partition in
        guard let lineage = lineages[partition.path] else {
          throw UndoError.neverBuilt(job: job.name, partition: partition.path)
        }
        return (partition, lineage.run)
      }
    case .run(let run):
      guard let record = try ledger.run(run) else {
        throw UndoError.unknownRun(job: job.name, run: run)
      }
      guard record.job == job.name else {
        throw UndoError.runOfAnotherJob(job: job.name, run: run, other: record.job)
      }
      let built = try ledger.lineages(builtBy: run).keys
      let moved = try ledger.moved(
        job: job.name, in: RunWindow(after: run - 1, through: run))
      let paths = Set(built).union(moved)
      guard !paths.isEmpty else { throw UndoError.nothing(job: job.name, run: run) }
      // An undo that was interrupted, or one of some partitions, has taken back a part of them.
      let left = paths.filter { positions[$0]?.takesBack(run, lineages[$0]) != true }
      guard !left.isEmpty else {
        throw UndoError.alreadyUndone(
          job: job.name, run: run, by: paths.compactMap { positions[$0]?.run }.max() ?? run)
      }
      return try left.map { (try Partition(path: $0, keys: job.output.keys), run) }
    }
  }

  /// The run whose work stands in each partition that an undo has brought back: the newest one before the
  /// run that was taken back.
  private func standing(
    _ job: JobDefinition, _ lineages: [String: Lineage], _ positions: [String: Position]
  ) throws -> [String: Standing] {
    var standing: [String: Standing] = [:]
    let undone = positions.filter { path, position in
      position.undone.map { position.takesBack($0.run, lineages[path]) } ?? false
    }
    for (run, partitions) in Dictionary(grouping: undone, by: { $0.value.undone?.run ?? 0 }) {
      let earlier = try ledger.lineages(job: job.name, asOf: run - 1)
      let moved = try ledger.positions(job: job.name, asOf: run - 1)
      for (path, _) in partitions {
        standing[path] = Standing(built: earlier[path]?.run, moved: moved[path]?.run)
      }
    }
    return standing
  }

  private func identifier(_ units: [UndoPlan.Unit]) -> String {
    var digest = SHA256()
    for unit in units {
      digest.update("\(unit.partition.path)\n\(unit.run) \(unit.action.rawValue) \(unit.rows)\n")
    }
    return String(digest.finalize().prefix(12))
  }
}

/// The runs that built a partition and moved its position last, apart from those that were taken back.
private struct Standing {
  let built: RunID?
  let moved: RunID?

  /// The newer one; 0 for neither.
  var last: RunID { max(built ?? 0, moved ?? 0) }
}

extension Position {
  /// Whether the newest that happened to the partition is that a run's build was taken back.
  fileprivate func takesBack(_ run: RunID, _ lineage: Lineage?) -> Bool {
    undone?.run == run && lineage?.run == self.run
  }
}

/// The state of a job before one of its runs.
private struct Past {
  private let job: JobDefinition
  private let run: RunID
  private let isBuild: Bool
  private let lineages: [String: Lineage]
  private let positions: [String: Position]
  private let earlierLineages: [String: Lineage]
  private let earlierPositions: [String: Position]
  private let outcomes: [String: WorkUnitState]
  private let standing: [String: Standing]
  private let versions: VersionLibrary

  init(
    _ ledger: any LedgerReader, job: JobDefinition, before run: RunID,
    lineages: [String: Lineage], positions: [String: Position], standing: [String: Standing]
  ) throws {
    self.job = job
    self.standing = standing
    self.run = run
    self.lineages = lineages
    self.positions = positions
    isBuild = try ledger.run(run)?.kind.isBuild ?? false
    earlierLineages = try ledger.lineages(job: job.name, asOf: run - 1)
    earlierPositions = try ledger.positions(job: job.name, asOf: run - 1)
    outcomes = Dictionary(
      try ledger.workUnits(run: run).map { ($0.partition, $0.state) }, uniquingKeysWith: { $1 })
    let lineageVersions = [lineages, earlierLineages].flatMap { $0.values }
      .flatMap { Array($0.inputs.values) + ($0.content.map { [$0] } ?? []) }
    let positionVersions = (Array(positions.values) + earlierPositions.values).flatMap {
      Array($0.inputs.values) + Array($0.undone?.inputs.values ?? [:].values)
    }
    versions = try VersionLibrary(ledger, lineageVersions + positionVersions)
  }

  func unit(_ partition: Partition, kept: Set<RunID>) throws(UndoError) -> UndoPlan.Unit {
    let path = partition.path
    let newest = Standing(built: lineages[path]?.run, moved: positions[path]?.run)
    // What was taken back since is as if it had not been, unless it is that undo that is taken back.
    let stands = newest.last > run ? standing[path] ?? newest : newest
    if stands.last > run {
      throw .overwritten(job: job.name, run: run, partition: path, by: newest.last)
    }
    let isBehind = newest.last > run
    if isBehind, stands.last < run {
      throw .alreadyUndone(job: job.name, run: run, by: newest.last)
    }
    let built = (stands.built ?? 0) >= run ? lineages[path] : nil
    let earlier = earlierLineages[path]
    let rows = lineages[path]?.rows ?? 0
    let rowsBefore = built == nil ? rows : earlier?.rows ?? 0
    let action: UndoPlan.Unit.Action =
      if built == nil || outcomes[path] == .unchanged || rows == 0 && rowsBefore == 0 {
        .stay
      } else {
        rowsBefore == 0 ? .remove : .restore
      }
    if action == .restore, !kept.contains(run) {
      throw .notKept(job: job.name, run: run, partition: path, kept: kept.sorted())
    }
    return UndoPlan.Unit(
      partition: partition, run: run, action: action, rows: rows, rowsBefore: rowsBefore,
      position: position(
        path, takingBack: isBuild ? built : nil, with: isBehind ? positions[path]?.undone : nil),
      lineage: earlier, content: earlier?.content.flatMap { versions[$0] },
      inputs: versions[earlier?.inputs ?? [:]], isBuild: built != nil)
  }

  /// The position before the run; after a build it holds what that had read, or what a later one had that
  /// was taken back before.
  private func position(
    _ path: String, takingBack built: Lineage?, with other: UndoneBuild?
  ) -> PositionMove {
    let earlier = earlierPositions[path]
    let definition =
      earlier?.definition ?? lineages[path]?.definition ?? positions[path]?.definition
      ?? job.fingerprint
    let undone: PositionMove.Undone? =
      if let built {
        .init(run: run, inputs: versions[other?.inputs ?? built.inputs])
      } else {
        (other ?? earlier?.undone).map { .init(run: $0.run, inputs: versions[$0.inputs]) }
      }
    return PositionMove(
      partition: path, definition: definition, inputs: versions[earlier?.inputs ?? [:]],
      undone: undone)
  }
}
