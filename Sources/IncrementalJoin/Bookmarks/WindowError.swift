/// Why `--from` and `--to` name no window of a job's runs.
public enum WindowError: CategorizedError, Hashable, Sendable {
  /// A window is replayed by a paused run only.
  case notPaused(mode: BookmarkMode)
  /// One of the two was given without this one.
  case missing(option: String)
  /// There is no run of this number.
  case unknownRun(option: String, run: RunID, runs: JobRuns)
  /// The run is another job's.
  case otherJob(option: String, run: RunID, of: String, runs: JobRuns)
  /// The window ends where it begins, or before.
  case empty(after: RunID, through: RunID)

  /// Each is about what the operator named.
  public var category: ErrorCategory { .usage }
}
