public import IncrementalJoin
public import PartitionPredicate

extension OpenWorkspace {
  /// Lists a job's inputs and finds what is pending.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - look: How thoroughly to look at tables with a `watch:`.
  /// - Returns: What is pending, held and unchanged.
  /// - Throws: `ThreadError`, or what the ledger throws. A listing that failed is in the report.
  public func report(of job: JobDefinition, looking look: Look = .everywhere) async throws
    -> PendingReport
  {
    try await PendingDetector(storage: storage, ledger: try ledger()).detect(job, looking: look)
  }

  /// The job's report with its runs and its bookmarks, which takes reading the record of every consumed file.
  ///
  /// - Throws: As ``report(of:looking:)``.
  public func status(of job: JobDefinition, looking look: Look = .watched) async throws -> JobStatus
  {
    try await JobStatus(of: job, storage: storage, ledger: try ledger(), looking: look)
  }

  /// Why a run of a job would not begin because of its output; nil when it would.
  ///
  /// An output that cannot be asked whose it is is such a reason, and stops nobody from looking at other jobs.
  ///
  /// - Throws: What the ledger throws.
  public func outputRefusal(of job: JobDefinition) async throws -> (any Advising & Sendable)? {
    do {
      return try await OutputIdentity(
        of: job, workspace: identity, storage: storage, ledger: try ledger()
      ).runRefusal()
    } catch let error as PublishError {
      return error
    }
  }

  /// The same report, with corrections that kept all rows counted as compactions; reads the rewritten files of tables
  /// that record their rows.
  ///
  /// - Throws: `CancellationError`, or what the ledger throws.
  public func refine(_ report: PendingReport) async throws -> PendingReport {
    guard report.job.inputs.contains(where: \.table.recordsRows) else { return report }
    let ledger = try ledger()
    var columns: [String: [Column]] = [:]  // characters: input names are ASCII
    for input in report.job.inputs {
      // A run that recorded rows pinned the columns by which it read them.
      columns[input.name] =
        try input.table.columns
        ?? ledger.pinnedColumns(table: input.table.name)?.map(\.seen.column)
    }
    return try await CompactionCheck(
      ledger: ledger, files: storage.files, rows: engine(for: report.job), columns: columns
    ).refine(report)
  }

  /// Why an output partition is pending, or why it is not.
  ///
  /// - Throws: As ``report(of:looking:)``.
  public func why(_ partition: Partition, of job: JobDefinition) async throws -> PartitionAccount {
    try PartitionAccount.read(partition, in: try await report(of: job), ledger: try ledger())
  }

  /// When the inputs of a job landed.
  ///
  /// - Throws: As ``report(of:looking:)``.
  public func arrivals(of job: JobDefinition) async throws -> ArrivalSkew {
    ArrivalSkew(try await report(of: job))
  }
}
