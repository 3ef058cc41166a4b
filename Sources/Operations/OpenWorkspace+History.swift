import Foundation
public import IncrementalJoin
import PartitionPredicate
import Workspace

extension OpenWorkspace {
  /// Everything that the ledger knows about a run.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - job: The job that it must belong to; nil for any.
  /// - Returns: Its record, its units, and what it read, wrote and logged.
  /// - Throws: `LookupError.run`, or what the ledger throws.
  public func account(ofRun run: RunID, of job: String? = nil) throws -> RunAccount {
    let ledger = try ledger()
    guard let account = try RunAccount.read(run, in: ledger) else {
      throw LookupError.run(run, of: try job.map { try JobRuns(job: $0, in: ledger) })
    }
    return account
  }

  /// What a run met worse than earlier runs; the whole match ledger is read only when the run is in it.
  ///
  /// - Throws: What the ledger throws.
  public func alarms(of account: RunAccount) throws -> [MatchAlarmGroup] {
    guard !account.matches.isEmpty else { return [] }
    return try matches(of: account.run.job, run: account.run.id).causes
  }

  /// How the inputs of a job met, with the alarms of all runs or of one; also for a job that is no longer in
  /// dovetail.yaml.
  ///
  /// - Throws: What the ledger throws.
  public func matches(of job: String, run: RunID? = nil) throws -> MatchAccount {
    try MatchAccount(
      of: job, as: workspace.jobs.first { $0.name.utf8.elementsEqual(job.utf8) }, run: run,
      in: try ledger())
  }

  /// Records that the operator has seen alarms: those of one run, or all so far.
  ///
  /// - Throws: What `writers()` and the ledger throw.
  public func acknowledge(_ alarms: [MatchAlarm], of job: String, run: RunID?, note: String?)
    throws
  {
    guard let last = run ?? alarms.map(\.record.run).max() else { return }
    let writers = try writers()
    try writers.ledger.acknowledge(
      AlarmAcknowledgement(
        runs: (run ?? 0)...last, user: writers.holder.user, at: Date(), note: note), job: job)
  }

  /// The outputs that contain a data file, given by its path.
  ///
  /// - Throws: `FileAccountError`, or what the ledger throws.
  public func uses(ofFile file: String, jobs: [JobDefinition]) throws -> [FileAccount] {
    try FileAccount.read(file, in: workspace.folder, jobs: jobs, ledger: try ledger())
  }
}
