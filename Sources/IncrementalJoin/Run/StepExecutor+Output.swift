import Foundation
import PartitionPredicate

extension StepExecutor {
  /// Takes the output's lock, unless the output is not the one that the ledger knows.
  ///
  /// It comes before recovery, which would find nothing on a disk that is not mounted and close the journal.
  func open() throws -> any OutputStore {
    // Before anything is made beside the location, where the operator may be about to move the output.
    if !adoptsOutput, runner.storage.holder(of: job.output) == nil { try checkOutput() }
    let store = try runner.storage.open(job.output, as: runner.holder)
    do {
      if !adoptsOutput { try checkOutput() }
      return store
    } catch {
      store.close()
      throw error
    }
  }

  private func checkOutput() throws {
    try OutputIdentity(
      of: job, workspace: runner.holder.workspace, storage: runner.storage, ledger: runner.ledger
    ).check()
  }

  /// Writes down in the output and in the ledger that the output is this job's; before its first publish, so
  /// that the ledger knows every run that published.
  func claim(_ store: any OutputStore, for run: RunID?) throws {
    guard let ledger = try runner.ledger.ledgerID() else { return }
    try store.claim(
      OutputOwner(
        job: job.name, ledger: ledger, workspace: runner.holder.workspace,
        location: runner.storage.resolved(job.output).description, run: run,
        since: runner.holder.since))
    try runner.ledger.claim(job.output.place, job: job.name, run: run)
    hasClaimed = run != nil
  }

  /// What has to be built anew to make an output this job's that is another one now; nil when it is this job's.
  func takeover(in store: any OutputStore) throws -> OutputTakeover? {
    do {
      try checkOutput()
      return nil
    } catch let error as PlanError where error.isOfOutput {
      return try OutputTakeover(of: job, in: store, ledger: runner.ledger)
    } catch is PlanError {
      return nil
    }
  }

  /// Makes the output this job's: what is not there as it was published counts as not consumed, so that this run
  /// or a later one builds it.
  func takeOver(
    _ takeover: OutputTakeover, of plan: Plan, note: String?, store: any OutputStore
  ) throws {
    let moves = takeover.moves
    if !moves.isEmpty {
      let run = try runner.ledger.beginRun(
        RunStart(
          job: job.name, kind: .reset, listedAt: plan.listedAt,
          detail: "\(moves.count) partitions that are not in \(job.output.place.declared)",
          note: note), holder: runner.holder)
      try runner.ledger.move(
        moves, run: run, reason: "not in \(job.output.place.declared) as published")
      try runner.ledger.finishRun(run, RunEnd(state: .succeeded))
    }
    try claim(store, for: nil)
  }
}

/// An output that a job takes over, since it is not the one that the ledger knows.
struct OutputTakeover {
  /// The positions of the partitions that are not there as they were published.
  private let lost: [Partition: Position]

  init(of job: JobDefinition, in store: any OutputStore, ledger: any LedgerReader) throws {
    let published = try ledger.lineages(of: job).filter { $0.rows > 0 }
    let lineages = published.byPartition.merging(published.respelled(as: job.output.keys)) {
      own, _ in own
    }
    let files = try ledger.files(of: published.all.compactMap(\.content))
    let positions = try ledger.positions(of: job).comparable(keys: job.output.keys)
    lost = try positions.filter { partition, _ in
      guard let lineage = lineages[partition] else { return false }
      let now = try store.files(published: partition)
      // An earlier Dovetail did not record the files, so that only their absence is seen.
      guard let before = lineage.content.flatMap({ files[$0] }) else { return now.isEmpty }
      return !before.areCopied(in: now)
    }
  }

  /// What is pending once the lost partitions count as not consumed.
  func report(of job: JobDefinition, _ runner: JobRunner) throws -> PendingReport {
    let detector = PendingDetector(storage: runner.storage, ledger: runner.ledger)
    let positions = try runner.ledger.positions(of: job).comparable(keys: job.output.keys).merging(
      lost.mapValues { Position(run: .max, definition: $0.definition, inputs: [:]) }
    ) { $1 }
    return try detector.detect(job, positions: positions, movedBy: .reset)
  }

  /// The moves that let them count so.
  var moves: [PositionMove] {
    lost.sorted { $0.key < $1.key }.map { partition, position in
      PositionMove(partition: partition, definition: position.definition, inputs: [:])
    }
  }
}

extension [DataFile] {
  /// Whether other files are these, or copies of them by path, size and time.
  func areCopied(in files: [DataFile]) -> Bool {
    FileChange.between(self, files) { _, _ in false }.isEmpty
  }
}
