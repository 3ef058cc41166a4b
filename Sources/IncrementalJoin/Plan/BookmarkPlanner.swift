import Foundation
import PartitionPredicate

/// Finds out what a change of positions would do.
///
/// It only reads.
public struct BookmarkPlanner: Sendable {
  private let storage: StorageReader
  private let ledger: any LedgerReader

  /// Creates a planner over readers.
  public init(storage: StorageReader, ledger: any LedgerReader) {
    self.storage = storage
    self.ledger = ledger
  }

  /// Previews a change.
  ///
  /// - Throws: `BookmarkChangeError`, `LookupError`, `PlanError.listing` when an input cannot be listed, or what the
  ///   ledger throws.
  public func preview(_ change: BookmarkChange, of job: JobDefinition) async throws
    -> BookmarkPreview
  {
    let detector = PendingDetector(storage: storage, ledger: ledger)
    let report = try await detector.detect(job)
    if let failure = report.snapshots.compactMap(\.failure).first {
      throw PlanError.listing(failure)
    }
    let targets = try targets(of: change, in: report)
    let moves = try moves(of: targets, change, report)
    var positions = report.positions
    for move in moves { positions[move.partition] = move.position(movedBy: .max) }
    let after = try await detector.detect(
      job, snapshots: report.snapshots, positions: positions, movedBy: change.runKind,
      versions: moves.flatMap(\.inputs.values))
    let before = Dictionary(
      report.pending.map { ($0.partition, $0) }, uniquingKeysWith: { first, _ in first })
    let pending = Set(after.pending.map(\.partition))
    let emptying = change.kind == .release ? targets.filter { $0.hold?.isEmptying == true } : []
    return BookmarkPreview(
      change: change, job: job, id: identifier(moves, emptying), moves: moves,
      sourceChanges: try sourceChanges(change, job),
      becomesPending: after.pending.filter { before[$0.partition] == nil },
      settles: report.pending.filter { !pending.contains($0.partition) },
      stays: after.pending.filter { before[$0.partition] != nil },
      released: after.pending.filter {
        $0.hold == nil && before[$0.partition]?.hold?.isUndo == true
      }, allowedRemovals: emptying)
  }

  /// The sources that the change accepts.
  private func sourceChanges(_ change: BookmarkChange, _ job: JobDefinition) throws
    -> [String: [String]]
  {
    guard change.runKind == .reset || change.runKind == .set, change.partitions == nil else {
      return [:]
    }
    return try SourceDescription.changes(of: job, in: ledger)
      .filter { change.input == nil || $0.key == change.input }
  }

  /// The partitions that the change is about.
  private func targets(of change: BookmarkChange, in report: PendingReport) throws
    -> [PendingPartition]
  {
    let job = report.job
    if let input = change.input, !job.inputs.contains(where: { $0.name == input }) {
      throw LookupError.input(
        input, of: job.name, known: job.inputs.map(\.name), for: .bookmarks)
    }
    if case .rewind(let run) = change.kind, run != 0 {
      _ = try ledger.run(run, of: job.name, for: .bookmarks)
    }
    let known = Dictionary(
      report.known.map { ($0.partition, $0) }, uniquingKeysWith: { first, _ in first })
    let chosen = try change.partitions.map { partitions in
      try Set(partitions).sorted().map { partition in
        if let known = known[partition] { return known }
        throw LookupError.partition(partition, of: job, among: report.known.map(\.partition))
      }
    }
    switch change.kind {
    case .rewind, .reset, .set, .take: return chosen ?? report.known
    case .skip:
      if let other = chosen?.first(where: { $0.reasons.isEmpty }) {
        throw BookmarkChangeError.notPending(job: job.name, partition: other.partition.path)
      }
      return chosen ?? report.pending
    case .release:
      if let other = chosen?.first(where: { $0.hold?.isReleasable != true }) {
        throw BookmarkChangeError.notHeld(job: job.name, partition: other.partition.path)
      }
      return chosen ?? report.pending.filter { $0.hold?.isReleasable == true }
    }
  }

  private func moves(
    of targets: [PendingPartition], _ change: BookmarkChange, _ report: PendingReport
  ) throws -> [PositionMove] {
    let earlier: [Partition: Position] =
      if case .rewind(let run) = change.kind {
        try ledger.positions(of: report.job, asOf: run).byPartition
      } else {
        [:]
      }
    let versions = try VersionLibrary(
      ledger,
      targets.flatMap { target in
        [report.positions[target.partition], earlier[target.partition]]
          .flatMap { $0?.references ?? [] }
      })
    let fingerprint = DefinitionFingerprint(report.job)
    let settles = change.input == nil && (change.kind == .set || change.kind == .skip)
    return targets.compactMap { target in
      let partition = target.partition
      let now = report.positions[partition]
      var definition = now?.definition ?? fingerprint.text
      var goal: [String: PartitionVersion]
      // Where an undo held the partition then, it holds it again.
      let undone = change.input == nil ? earlier[partition]?.undone : nil
      switch change.kind {
      case .rewind:
        goal = versions[earlier[partition]]
        if change.input == nil, let earlier = earlier[partition] { definition = earlier.definition }
      case .reset: goal = [:]
      case .set, .skip:
        goal = target.versions
        if change.input == nil { definition = fingerprint.text }
      case .take(let consumed):
        goal = consumed.versions(in: target.versions)
        if change.input == nil { definition = fingerprint.text }
      case .release: goal = versions[now]
      }
      if let input = change.input {
        var inputs = versions[now]
        inputs[input] = goal[input]
        goal = inputs
      }
      let isSame = now.map { now in
        now.undone == undone && fingerprint.areSame(now.definition, definition)
          && now.inputs == goal.mapValues { VersionReference($0) }
      }
      // What was never consumed need not be forgotten, but settling what is pending is always recorded.
      if !(settles && !target.reasons.isEmpty), isSame ?? goal.isEmpty { return nil }
      return PositionMove(
        partition: partition, definition: definition, inputs: goal,
        undone: undone?.mapInputs { versions[$0] })
    }
  }

  private func identifier(_ moves: [PositionMove], _ emptying: [PendingPartition]) -> String {
    var digest = SHA256()
    for partition in emptying { digest.update("emptied \(partition.partition.path)\n") }
    for move in moves {
      digest.update("\(move.partition)\n\(DefinitionFingerprint.digest(in: move.definition))\n")
      for (name, version) in move.inputs.sorted(by: { $0.key < $1.key }) {
        digest.update("\(name) \(version.id) \(version.stamps)\n")
      }
    }
    return String(digest.finalize().prefix(12))
  }
}
