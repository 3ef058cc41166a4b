/// Everything about one job that can be known without reading a row: what screens and `status` show.
public struct JobStatus: Sendable {
  /// What is pending, and the listings that say so.
  public let report: PendingReport
  /// One an input.
  public let bookmarks: [Bookmark]
  /// The newest runs, newest first.
  public let runs: [RunRecord]
  /// Who is writing the output at this moment.
  public let holder: LockHolder?

  /// The job.
  public var job: JobDefinition { report.job }

  /// Reads the status of a job.
  ///
  /// Lists its inputs, so it takes as long as listing takes.
  ///
  /// - Throws: what the ledger throws.
  public init(
    of job: JobDefinition, storage: any Storage, ledger: any LedgerReader, runs limit: Int = 20
  ) throws {
    report = try PendingDetector(storage: storage, ledger: ledger).detect(job)
    bookmarks = try Bookmark.all(of: job, in: ledger)
    runs = try ledger.runs(job: job.name, limit: limit)
    holder = storage.holder(of: job.output)
  }
}
