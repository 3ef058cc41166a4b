import Foundation
import IncrementalJoin
import Ledger
import Workspace

extension Session {
  /// How the inputs of a job met, with the alarms of all runs or of one; also of a job that dovetail.yaml no
  /// longer has.
  func matches(of job: String, run: RunID? = nil) throws -> MatchAccount {
    try MatchAccount(
      of: job, as: workspace.jobs.first { $0.name.utf8.elementsEqual(job.utf8) }, run: run,
      in: try ledger())
  }

  /// Records that the operator has seen alarms: those of one run, or all so far.
  func acknowledge(_ alarms: [MatchAlarm], of job: String, run: RunID?, note: String?) throws {
    guard let last = run ?? alarms.map(\.record.run).max() else { return }
    try ledgers.writer().acknowledge(
      AlarmAcknowledgement(runs: (run ?? 0)...last, user: NSUserName(), at: Date(), note: note),
      job: job)
  }
}
