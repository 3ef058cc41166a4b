public import IncrementalJoin
public import Operations
import PartitionPredicate
import Workspace

extension OpenWorkspace {
  /// Lists a job's inputs and reads what its runs did, for a picture.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - runs: How many runs to show.
  /// - Returns: The report, made in O(n log n) time for n partitions.
  /// - Throws: As `status(of:looking:)`.
  public func jobReport(of job: JobDefinition, runs: Int) async throws -> JobReport {
    let ledger = try ledger()
    let status = try await status(of: job)
    return JobReport(
      status, workspace: Location(workspace.folder).name.text,
      runs: try ledger.runs(job: job.name, limit: runs),
      matches: try ledger.matches(job: job.name, keys: job.output.keys, run: nil))
  }
}
