public import Foundation
public import IncrementalJoin
import Workspace

extension OpenWorkspace {
  /// What became of a job since an instant: its runs, what they published, and the files that landed.
  ///
  /// - Throws: As ``report(of:looking:)``.
  public func recentChanges(of job: JobDefinition, since: Date) async throws -> RecentChanges {
    try RecentChanges(try await report(of: job), since: since, ledger: try ledger())
  }

  /// Who works on a job at this moment; its inputs are listed only when somebody does.
  ///
  /// - Throws: As ``report(of:looking:)``.
  public func activity(of job: JobDefinition) async throws -> JobActivity {
    let holder = await storage.outputs.holder(of: job.output)
    return try JobActivity(
      of: job, holder: holder, holder == nil ? nil : try await report(of: job),
      ledger: try ledger())
  }

  /// Who works on which job of the workspace, in the order in which the jobs run.
  ///
  /// - Throws: As ``activity(of:)``.
  public func activities() async throws -> [JobActivity] {
    var activities: [JobActivity] = []
    for job in workspace.jobs { activities.append(try await activity(of: job)) }
    return activities
  }
}
