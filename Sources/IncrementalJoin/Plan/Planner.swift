import PartitionPredicate
import Wording

/// Makes plans from readers only.
public struct Planner: Sendable {
  let storage: StorageReader
  let ledger: any LedgerReader
  let schemas: any SchemaReader
  private let rows: (any RowComparing)?

  /// Creates a planner.
  ///
  /// None of them can write. Without `rows` a compaction counts as a correction.
  public init(
    storage: StorageReader, ledger: any LedgerReader, schemas: any SchemaReader,
    rows: (any RowComparing)? = nil
  ) {
    self.storage = storage
    self.ledger = ledger
    self.schemas = schemas
    self.rows = rows
  }

  /// Lists the inputs of a job and finds what is pending.
  ///
  /// - Throws: `ThreadError`, or what the ledger throws.
  public func report(_ job: JobDefinition, looking look: Look = .everywhere) async throws
    -> PendingReport
  {
    try await PendingDetector(storage: storage, ledger: ledger).detect(job, looking: look)
  }

  /// Lists as much of the inputs of a job as a request needs, and finds what is pending.
  ///
  /// - Throws: `ThreadError`, or what the ledger throws.
  public func report(_ job: JobDefinition, for request: RunRequest) async throws -> PendingReport {
    try await report(job, looking: look(job, request))
  }

  private func look(_ job: JobDefinition, _ request: RunRequest) throws -> Look {
    if request.looksEverywhere { return .everywhere }
    if let partitions = request.partitions { return .watched(and: Set(partitions)) }
    if let window = request.window { return .watched(and: try ledger.moved(of: job, in: window)) }
    return request.mode == .disable ? .everywhere : .watched
  }

  /// Makes a plan for a request, by default for the pending partitions of a report.
  ///
  /// - Parameters:
  ///   - report: What the listings and the ledger said.
  ///   - request: Which partitions, and how much of them. Its consents are not considered here.
  /// - Returns: A plan that pins the listed files; without units when there is nothing to do.
  /// - Throws: `PlanError`, `EngineError.unreadableFile` when no file of a table shows its columns, or what the ledger
  ///   throws.
  public func plan(_ report: PendingReport, _ request: RunRequest = RunRequest()) async throws
    -> Plan
  {
    let job = report.job
    if let failure = report.snapshots.compactMap(\.failure).first {
      throw PlanError.listing(failure)
    }
    var inputs = try await columns(of: report)
    let refined = try await refine(report, columns: inputs.columns)
    let chosen = try choose(from: refined, request)
    let isRequested =
      request.partitions != nil || request.window != nil
      || request.mode == .disable
    let held = chosen.filter { $0.hold?.yields(to: request) == false }
    let free = chosen.filter { $0.hold?.yields(to: request) != false }
    let isOrdinary = !isRequested && request.mode == .enable
    let compacted = isOrdinary ? free.filter(\.isCompactedOnly) : []
    let outOfReach = isOrdinary ? try moves(outOf: refined, request) : []
    let compactedPaths = Set(compacted.map(\.partition))
    let all = free.filter { !compactedPaths.contains($0.partition) }
      .map { unit($0, of: report, request, isRequested: isRequested) }
    let units = try request.bounds.cut(all, job: job.name)
    let taken = Set(units.map(\.partition))
    // A changed definition makes every partition pending: with nothing to build, nothing has to be bound.
    let types = report.outputTypes
    if !units.isEmpty { try await checkJoinColumns(job, &inputs) }
    let result =
      units.isEmpty
      ? ResultColumns(columns: [])
      : try await bind(job, columns: inputs.columns, types: types)
    // As much as what is published; where nothing is, since it was never built or was undone, as much as the inputs.
    let expected = units.map { unit in
      let published = report.lineages[unit.partition].flatMap { $0.isPublished ? $0.bytes : nil }
      return unit.isSurelyEmpty ? 0 : published ?? unit.bytes
    }
    let kind: RunKind = isRequested ? .rerun : .run
    return Plan(
      id: identifier(
        job, kind: kind, mode: request.mode, units: units, compacted: compacted,
        moves: outOfReach),
      job: job, kind: kind, listedAt: report.listedAt, mode: request.mode, detail: request.detail,
      units: units, compacted: compacted, outOfReach: outOfReach,
      postponed: all.count - units.count,
      held: held,
      wouldBeEmptied: refined.pending.filter {
        $0.hold?.isEmptying == true && !taken.contains($0.partition)
      },
      removalCount: try removalCount(of: units, job), losses: refined.losses,
      problems: report.problems, reads: report.reads(of: units), columns: inputs.columns,
      seenColumns: inputs.seen,
      outputColumns: result.columns, types: types, conversions: result.conversions,
      definitionWarnings: result.warnings, fixed: try await fixed(units, of: report),
      otherTypes: result.conversions.isEmpty ? [] : report.partitionsOfOtherTypes,
      emptiedInputs: report.emptiedInputs,
      sourceChanges: try SourceDescription.changes(of: job, in: ledger),
      publishedCount: report.lineages.all.count(where: \.isPublished),
      expectedBytes: expected.reduce(0, +))
  }

  /// Tells compactions from corrections, for inputs that record their rows.
  private func refine(_ report: PendingReport, columns: [String: [Column]]) async throws
    -> PendingReport
  {
    guard let rows, report.job.inputs.contains(where: \.table.recordsRows) else { return report }
    return try await CompactionCheck(
      ledger: ledger, files: storage.files, rows: rows, columns: columns
    ).refine(report)
  }

  /// The partitions that a request covers, in order, before holds and bounds.
  private func choose(from report: PendingReport, _ request: RunRequest) throws
    -> [PendingPartition]
  {
    var named: [PendingPartition]
    if let partitions = request.partitions {
      named = try select(partitions, of: report)
    } else if let window = request.window {
      let moved = try ledger.moved(of: report.job, in: window)
      named = report.known.filter { moved.contains($0.partition) }
    } else {
      named = request.mode == .disable ? report.known : report.pending
    }
    guard let filter = request.filter else { return named }
    let selected = Set(filter.filter(named.map(\.partition)))
    return named.filter { selected.contains($0.partition) }
  }

  private func select(_ partitions: [Partition], of report: PendingReport) throws(LookupError)
    -> [PendingPartition]
  {
    let known = Dictionary(report.known.map { ($0.partition, $0) }, uniquingKeysWith: { $1 })
    var chosen: [PendingPartition] = []
    for partition in Set(partitions).sorted() {
      guard let pending = known[partition] else {
        throw .partition(partition, of: report.job, among: report.known.map(\.partition))
      }
      chosen.append(pending)
    }
    return chosen
  }

  /// What the run is certain to remove without consent, together with what the last runs have removed.
  private func removalCount(of units: [WorkUnit], _ job: JobDefinition) throws -> RemovalCount? {
    let removals = units.filter { $0.isPublished && $0.isSurelyEmpty }
    let allowed = removals.filter(\.isRemovalAllowed)
    guard removals.count > allowed.count else { return nil }
    return try RemovalCount(
      of: job, removing: Set(removals.map(\.partition)), allowed: Set(allowed.map(\.partition)),
      in: ledger)
  }

  private func unit(
    _ pending: PendingPartition, of report: PendingReport, _ request: RunRequest, isRequested: Bool
  ) -> WorkUnit {
    let isSurelyEmpty = report.job.transformation.isEmpty(
      whenPresent: pending.inputs.map { $0.version != nil })
    let withheld = report.withheld[pending.partition]
    var pending = pending
    if isRequested { pending.reasons.insert(.requested, at: 0) }
    return WorkUnit(
      pending: pending, published: report.lineages[pending.partition],
      isSurelyEmpty: isSurelyEmpty,
      isRemovalAllowed: withheld?.releasedBy != nil
        || request.allowsRemovals && (isSurelyEmpty || withheld != nil))
  }

  private func identifier(
    _ job: JobDefinition, kind: RunKind, mode: BookmarkMode, units: [WorkUnit],
    compacted: [PendingPartition], moves: [PositionMove]
  ) -> String {
    var digest = SHA256()
    digest.update(
      "\(job.name)\n\(DefinitionFingerprint.digest(in: job.fingerprint))\n\(kind.rawValue) \(mode.rawValue)\n"
    )
    for partition in compacted { digest.update("compacted \(partition.partition.path)\n") }
    for move in moves { digest.update("out of reach \(move.partition.path)\n") }
    for unit in units {
      digest.update("\(unit.partition.path)\n")
      for (name, version) in unit.versions.sorted(by: { $0.key < $1.key }) {
        digest.update("\(name) \(version.id) \(version.stamps)\n")
      }
    }
    return String(digest.finalize().prefix(12))
  }
}

extension Transformation {
  /// Whether the result must be empty, given which inputs have files.
  ///
  /// Free-form SQL can count the rows of an empty table, so it is surely empty only without any file.
  func isEmpty(whenPresent present: [Bool]) -> Bool {
    switch self {
    case .sql: !present.contains(true)
    case .join, .joinToFirst:
      !zip(conditions(inputs: present.count) ?? [], present.dropFirst())
        .reduce(present.first ?? false) { rows, other in
          switch other.0.type {
          case .inner: rows && other.1
          case .left: rows
          case .right: other.1
          case .full: rows || other.1
          }
        }
    }
  }
}

extension Hold {
  /// Whether a run builds the partition despite the hold: because the operator named it, unless its files may be
  /// incomplete, or because it is held since it would be emptied, and that is allowed.
  fileprivate func yields(to request: RunRequest) -> Bool {
    switch self {
    case .tooYoung, .fromFuture, .unknownColumns, .unreadName: false
    case .waiting, .undone, .fewerFiles: request.partitions != nil
    case .wouldBeEmptied:
      // A plan that the operator saw runs as it is.
      request.partitions != nil || request.allowsRemovals && request.expectedPlan == nil
    }
  }
}

extension RunBounds {
  /// The units that fit, from the end where the order begins.
  ///
  /// - Throws: `PlanError.boundTooSmall` when not even the first does.
  fileprivate func cut(_ units: [WorkUnit], job: String) throws(PlanError) -> [WorkUnit] {
    let ordered = order == .oldestFirst ? units : units.reversed()
    var taken: [WorkUnit] = []
    var bytes: Int64 = 0
    for unit in ordered {
      if let maxPartitions, taken.count >= maxPartitions { break }
      if let maxBytes, bytes + unit.bytes > maxBytes {
        guard !taken.isEmpty else {
          throw .boundTooSmall(
            job: job, partition: unit.partition.path, bytes: unit.bytes, bound: maxBytes)
        }
        break
      }
      bytes += unit.bytes
      taken.append(unit)
    }
    return taken
  }
}

extension RunRequest {
  /// What is requested beyond what is pending, in words; empty for an ordinary run.
  fileprivate var detail: String {
    var parts: [String] = []
    if mode != .enable { parts.append("bookmark \(mode.rawValue)") }
    if let window { parts.append("window (\(window.after), \(window.through)]") }
    if stagesOnly { parts.append("stage only") }
    if let count = bounds.maxPartitions {
      parts.append("at most \(Quantity.count(count, "partition"))")
    }
    if let bytes = bounds.maxBytes { parts.append("at most \(Quantity.count(bytes, "byte"))") }
    if bounds.order == .newestFirst { parts.append("newest first") }
    return parts.joined(separator: ", ")
  }
}
