public import PartitionPredicate

/// Everything about one job that can be known without reading a row: what screens and `status` show.
public struct JobStatus: Sendable {
  /// What is pending, and the listings behind it.
  public let report: PendingReport
  /// One an input.
  public let bookmarks: [Bookmark]
  /// The bookmark's counters, as Glue counts them.
  public let counters: BookmarkCounters
  /// The newest runs, newest first.
  public let runs: [RunRecord]
  /// The share, from 0 to 1, of the first input's rows that met a row of another input, of the newest of these runs where
  /// it was counted.
  public let matchRates: [RunID: Double]
  /// The newest failure among these runs; nil when none of them failed in anything.
  public let lastError: LastError?
  /// The partitions that a run would build, and that the newest run which tried could not build.
  public let failures: [Partition: FailedBuild]
  /// The newest build, if it was a rerun that was cancelled and left something that is not pending.
  public let cancelledRerun: CancelledRerun?
  /// The partitions that wait to be published or discarded, by the run that staged them, in order.
  public let staged: [RunID: [Partition]]
  /// Those of them that can only be discarded, since a later run built or moved them or the definition has changed, by
  /// the run that staged them.
  public let outdated: [RunID: [Partition]]
  /// The number of rows that wait, by the run that staged them.
  public let stagedRows: [RunID: Int64]
  /// What is wrong with how the inputs met in the newest build, except for what has been undone or acknowledged since.
  public let alarms: [MatchAlarmGroup]
  /// How the inputs' tables differ from those that the positions refer to, by input name.
  public let sourceChanges: [String: [String]]
  /// What is not watched of the inputs' tables, and when it was looked at.
  public let unwatched: [UnwatchedPart]
  /// Who is writing the output at this moment.
  public let holder: LockHolder?

  /// The job.
  public var job: JobDefinition { report.job }

  /// Reads the status of a job.
  ///
  /// Lists its inputs (only the watched part where there is a `watch:`), so it takes as long as that listing.
  ///
  /// - Throws: `ThreadError`, or what the ledger throws.
  public init(
    of job: JobDefinition, storage: StorageReader, ledger: any LedgerReader,
    looking look: Look = .watched, runs limit: Int = 20
  ) async throws {
    report = try await PendingDetector(storage: storage, ledger: ledger).detect(
      job, looking: look)
    bookmarks = try Bookmark.all(of: job, in: ledger)
    counters = try ledger.counters(job: job.name)
    runs = try ledger.runs(job: job.name, limit: limit)
    matchRates = try Self.matchRates(of: runs, in: ledger)
    lastError = try LastError(in: runs, keys: job.output.keys, ledger)
    var staged: [RunID: [PreparedPublish]] = [:]
    for run in runs where run.state == .staged {
      staged[run.id] = try ledger.staged(run: run.id, keys: job.output.keys)
        .filter { $0.partition.keys == job.output.keys }
    }
    self.staged = staged.mapValues { $0.map(\.partition).sorted() }
    outdated = Self.outdated(staged, in: report)
    failures = try FailedBuild.all(in: report, runs: runs, staged: self.staged, ledger)
    stagedRows = staged.mapValues { $0.reduce(0) { $0 + $1.rows } }
    cancelledRerun = try CancelledRerun(in: runs, report, ledger)
    alarms = try Self.alarms(of: runs.first { $0.kind.isBuild }, job: job, in: ledger)
    sourceChanges = try SourceDescription.changes(of: job, in: ledger)
    unwatched = try report.unwatchedParts(ledger)
    holder = await storage.outputs.holder(of: job.output)
  }

  /// Those that a publish would refuse, as `StagedRunError` says.
  private static func outdated(
    _ staged: [RunID: [PreparedPublish]], in report: PendingReport
  ) -> [RunID: [Partition]] {
    let definition = DefinitionFingerprint(report.job)
    return staged.mapValues { publishes in
      publishes.filter { publish in
        let last = [
          report.lineages[publish.partition]?.run, report.positions[publish.partition]?.run,
        ].compactMap(\.self).max()
        return last.map { $0 > publish.run } ?? false || !definition.isSame(as: publish.definition)
      }.map(\.partition).sorted()
    }
  }

  /// The runs whose match rates are read: their batches are few, and their partitions may be very many.
  private static var ratedRuns: Int { 12 }

  private static func matchRates(
    of runs: [RunRecord], in ledger: any LedgerReader
  ) throws -> [RunID: Double] {
    var rates: [RunID: Double] = [:]
    for run in runs.filter(\.kind.isBuild).prefix(ratedRuns) {
      let batches = try ledger.batches(run: run.id)
      let matchable = batches.reduce(0) { $0 + $1.matchable }
      guard matchable > 0 else { continue }
      rates[run.id] = Double(batches.reduce(0) { $0 + $1.matched }) / Double(matchable)
    }
    return rates
  }

  /// The match ledger of all runs is read only when the run is in it.
  private static func alarms(
    of run: RunRecord?, job: JobDefinition, in ledger: any LedgerReader
  ) throws -> [MatchAlarmGroup] {
    guard let run, try !ledger.matches(job: job.name, keys: nil, run: run.id).isEmpty else {
      return []
    }
    let account = try MatchAccount(of: job.name, as: job, run: run.id, in: ledger)
    return MatchAlarmGroup.groups(
      account.alarms.filter { !$0.record.isUndone && !account.isAcknowledged($0) },
      of: job.name)
  }
}
