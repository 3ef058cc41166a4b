/// Why `--from` and `--to` name no window of a job's runs.
public enum WindowError: CategorizedError, Hashable, Sendable {
  /// A window is replayed by a paused run only.
  case notPaused(mode: BookmarkMode)
  /// One of the two options was given without this one.
  case missing(option: String)
  /// The window ends where it begins, or before.
  case empty(after: RunID, through: RunID)

  /// Every case is about something that the operator named.
  public var category: ErrorCategory { .usage }
}

extension WindowError: CustomStringConvertible {
  /// The sentence for the operator: what does not fit, and what is possible instead.
  public var description: String {
    switch self {
    case .notPaused(let mode):
      return "Invalid option(s): --from and --to replay a window of past runs only with "
        + "--bookmark pause, and this run has --bookmark \(mode.rawValue). Add --bookmark pause, "
        + "or leave both out."
    case .missing(let option):
      let meaning =
        option == "--from"
        ? "the last run before the window, or 0 for the beginning" : "the last run of the window"
      return "Missing option or value: \(option), \(meaning). --from and --to go together; leave "
        + "both out for what is pending."
    case .empty(let after, let through) where after == through:
      return "The window from run \(after) to run \(through) is empty: it begins after run "
        + "\(after). For run \(through) alone, begin with an earlier run; --from 0 is the beginning."
    case .empty(let after, let through):
      return "The window from run \(after) to run \(through) is reversed: write --from \(through) "
        + "--to \(after)."
    }
  }
}
