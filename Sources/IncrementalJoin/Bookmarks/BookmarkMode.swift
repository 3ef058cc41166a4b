/// How a run treats the job's positions: Glue's `job-bookmark-option`.
public enum BookmarkMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// What is pending is processed, and the positions advance.
  case enable
  /// What is pending, or a window of the past, is processed, but no position moves.
  case pause
  /// Every partition is processed; positions are neither read nor moved.
  case disable
}

/// The partitions whose position moved in the runs after one and up to another: `(after, through]`.
public struct RunWindow: Hashable, Sendable {
  /// The last run before the window; 0 for the beginning.
  public let after: RunID
  /// The last run of the window.
  public let through: RunID

  /// Creates a window.
  public init(after: RunID, through: RunID) {
    self.after = after
    self.through = through
  }
}
