/// The counters of a job's bookmark, counted as Glue counts them over the whole history.
public struct BookmarkCounters: Hashable, Sendable {
  /// One more with every run that succeeded.
  public let run: Int
  /// One more with every run that did not, back to 0 with the next one that does.
  public let attempt: Int
  /// One more with every run or operation that moved a position.
  public let version: Int

  /// Creates counters.
  public init(run: Int = 0, attempt: Int = 0, version: Int = 0) {
    self.run = run
    self.attempt = attempt
    self.version = version
  }
}
