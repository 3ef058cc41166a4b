import Foundation
import PartitionPredicate
import Wording

extension StepExecutor {
  /// Takes the output's lock, unless the output is not the one that the ledger knows.
  ///
  /// It comes before recovery, which would find nothing on a disk that is not mounted and close the journal.
  func open() async throws -> any OutputLease {
    // Checked before anything is created beside the location, where the operator may be about to move the output.
    if !adoptsOutput, await runner.storage.outputs.holder(of: job.output) == nil {
      try await checkOutput()
    }
    let store = try await runner.outputs.open(job.output, as: runner.holder)
    lease = store
    if !adoptsOutput { try await checkOutput() }
    return store
  }

  /// Gives up the output's lock, if it is held, and what reports to this.
  func release() async {
    await lease?.release()
    lease = nil
    stager = nil
  }

  private func checkOutput() async throws {
    try await OutputIdentity(
      of: job, workspace: runner.holder.workspace, storage: runner.storage, ledger: runner.ledger
    ).check()
  }

  /// Records in the output and in the ledger that the output belongs to this job; done before its first publish, so
  /// that the ledger knows every run that published.
  func claim(_ store: any OutputLease, for run: RunID?) async throws {
    guard let ledger = try runner.ledger.ledgerID() else { return }
    let location = await runner.storage.files.resolved(job.output.location)
    try await store.claim(
      OutputOwner(
        job: job.name, ledger: ledger, workspace: runner.holder.workspace,
        location: location.description, run: run, since: runner.holder.since))
    try runner.ledger.claim(job.output.place, job: job.name, run: run)
    hasClaimed = run != nil
  }

  /// What must be rebuilt to make an output this job's when it is not; nil when it is.
  func takeover() async throws -> OutputTakeover? {
    do {
      try await checkOutput()
      return nil
    } catch let error as PlanError where error.isOfOutput {
      return try await OutputTakeover(
        of: job, in: runner.storage.outputs, ledger: runner.ledger)
    } catch is PlanError {
      return nil
    }
  }

  /// Makes the output this job's: whatever is not there as it was published counts as not consumed, so that this run or
  /// a later one builds it.
  func takeOver(
    _ takeover: OutputTakeover, listedAt: Date, note: String?, store: any OutputLease
  ) async throws {
    let moves = takeover.moves
    if !moves.isEmpty {
      let run = try runner.ledger.beginRun(
        RunStart(
          job: job.name, kind: .reset, listedAt: listedAt,
          detail: "\(Quantity.count(moves.count, "partition")) not in \(job.output.place.declared)",
          note: note), holder: runner.holder)
      try runner.ledger.move(
        moves, run: run, reason: "not in \(job.output.place.declared) as published")
      try runner.ledger.finishRun(run, RunEnd(state: .succeeded))
    }
    try await claim(store, for: nil)
  }
}

/// An output that a job takes over because it is not the one that the ledger knows.
struct OutputTakeover {
  /// The positions of the partitions that are not there as they were published.
  private let lost: [Partition: Position]

  init(of job: JobDefinition, in outputs: any OutputReader, ledger: any LedgerReader) async throws {
    let published = try ledger.lineages(of: job).filter(\.isPublished)
    let lineages = published.byPartition.merging(published.respelled(as: job.output.keys)) {
      own, _ in own
    }
    let files = try ledger.files(of: published.all.compactMap(\.content))
    let positions = try ledger.positions(of: job).comparable(keys: job.output.keys)
    var lost: [Partition: Position] = [:]
    for (partition, position) in positions {
      guard let lineage = lineages[partition] else { continue }
      let now = try await outputs.files(published: partition, of: job.output)
      // An earlier Dovetail did not record the files, so only their absence can be noticed.
      let isThere =
        lineage.content.flatMap { files[$0] }?.areCopied(in: now) ?? !now.isEmpty
      if !isThere { lost[partition] = position }
    }
    self.lost = lost
  }

  /// What is pending once the lost partitions count as not consumed.
  func report(of job: JobDefinition, _ runner: JobRunner) async throws -> PendingReport {
    let detector = PendingDetector(storage: runner.storage, ledger: runner.ledger)
    let positions = try runner.ledger.positions(of: job).comparable(keys: job.output.keys).merging(
      lost.mapValues { Position(run: .max, definition: $0.definition, inputs: [:]) }
    ) { $1 }
    return try await detector.detect(job, positions: positions, movedBy: .reset)
  }

  /// The moves that let them count so.
  var moves: [PositionMove] {
    lost.sorted { $0.key < $1.key }.map { partition, position in
      PositionMove(partition: partition, definition: position.definition, inputs: [:])
    }
  }
}
