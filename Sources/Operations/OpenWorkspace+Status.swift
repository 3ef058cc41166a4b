public import IncrementalJoin
public import PartitionPredicate

extension OpenWorkspace {
  /// Lists a job's inputs and finds what is pending.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - look: How much of tables with a `watch:` is looked at.
  /// - Returns: What is pending, held and unchanged.
  /// - Throws: `ThreadError`, or what the ledger throws. A listing that failed is in the report.
  public func report(of job: JobDefinition, looking look: Look = .everywhere) async throws
    -> PendingReport
  {
    try await PendingDetector(storage: storage, ledger: try ledger()).detect(job, looking: look)
  }

  /// The report of a job with its bookmarks, which read every consumed file's record, and its runs.
  ///
  /// - Throws: As ``report(of:looking:)``.
  public func status(of job: JobDefinition, looking look: Look = .watched) async throws -> JobStatus
  {
    try await JobStatus(of: job, storage: storage, ledger: try ledger(), looking: look)
  }

  /// Why a run of a job is refused over its output; nil when it is not.
  ///
  /// - Throws: What the ledger and the output's store throw.
  public func outputRefusal(of job: JobDefinition) async throws -> PlanError? {
    try await OutputIdentity(
      of: job, workspace: identity, storage: storage, ledger: try ledger()
    ).refusal()
  }

  /// The same report, in which a correction that kept all rows is a compaction; reads the rewritten files of
  /// tables that record their rows.
  ///
  /// - Throws: `CancellationError`, or what the ledger throws.
  public func refine(_ report: PendingReport) async throws -> PendingReport {
    guard report.job.inputs.contains(where: \.table.recordsRows) else { return report }
    let ledger = try ledger()
    var columns: [String: [Column]] = [:]  // characters: input names are ASCII
    for input in report.job.inputs {
      // A run that recorded rows has pinned the columns by which it read them.
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
