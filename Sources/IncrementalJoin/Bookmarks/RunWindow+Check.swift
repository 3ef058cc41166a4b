extension RunWindow {
  /// The window given by `--from` and `--to`, by the rules of Glue's `job-bookmark-from` and `-to`.
  ///
  /// - Parameters:
  ///   - after: The value of `--from`: a run of the job, or 0 for the beginning; nil when it was not given.
  ///   - through: The value of `--to`: a run of the job; nil when it was not given.
  ///   - mode: Only a paused run replays a window.
  ///   - job: The job's name.
  ///   - ledger: Where its runs are; asked for where a window is given.
  /// - Returns: nil when neither was given.
  /// - Throws: `WindowError`, `LookupError`, or what the ledger throws.
  public static func checked(
    after: RunID?, through: RunID?, mode: BookmarkMode, job: String,
    ledger: @autoclosure () throws -> any LedgerReader
  ) throws -> RunWindow? {
    guard after != nil || through != nil else { return nil }
    guard mode == .pause else { throw WindowError.notPaused(mode: mode) }
    guard let after else { throw WindowError.missing(option: "--from") }
    guard let through else { throw WindowError.missing(option: "--to") }
    let ledger = try ledger()
    for (option, run) in [("--from", after), ("--to", through)] {
      if option == "--from", run == 0 { continue }
      _ = try ledger.run(run, of: job, for: .window(option: option))
    }
    guard after < through else { throw WindowError.empty(after: after, through: through) }
    return RunWindow(after: after, through: through)
  }
}
