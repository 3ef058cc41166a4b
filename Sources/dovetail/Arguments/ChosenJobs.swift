import IncrementalJoin
import Operations
import Workspace

extension Session {
  /// The chosen job, or all jobs, each after the jobs whose output it reads.
  ///
  /// Standard error says when there is none, since the answer is empty then.
  func jobs(_ option: JobOption) throws -> [JobDefinition] {
    if option.job == nil, workspace.jobs.isEmpty {
      StandardError.write(
        "dovetail: dovetail.yaml declares no job. Add one below `jobs:`; `dovetail tables` shows the tables."
      )
    }
    return try option.job.map { [try workspace.job(named: $0)] } ?? workspace.jobs
  }

  /// The chosen job; if none is named, the only one.
  func job(_ option: OneJobOption) throws -> JobDefinition {
    try workspace.job(named: option.job)
  }

  /// The chosen job; if none is named, the one that a run belongs to, or else the only one.
  func job(_ option: JobOfRunOption, ofRun run: RunID?) throws -> JobDefinition {
    if option.job == nil, let run, let record = try ledger().run(run) {
      return try workspace.job(named: record.job)
    }
    return try workspace.job(named: option.job)
  }

  /// The statuses of the chosen job, or of every job.
  func statuses(_ option: JobOption, looking look: Look = .watched) async throws -> [JobStatus] {
    var statuses: [JobStatus] = []
    for job in try jobs(option) { statuses.append(try await status(of: job, looking: look)) }
    return statuses
  }
}
