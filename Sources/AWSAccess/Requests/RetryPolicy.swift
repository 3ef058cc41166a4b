/// How often a request is tried, how long an answer is waited for, and how long the pauses are.
public struct RetryPolicy: Hashable, Sendable {
  /// Of all tries, the first one included.
  public var attempts: Int
  /// Of all tries that find no connection; most often a name or a port is wrong, which no patience mends.
  public var connectAttempts: Int
  /// The longest first pause; each further one may be twice as long.
  public var firstPause: Duration
  /// The longest pause.
  public var longestPause: Duration

  /// How long a connection may take.
  public var connectTime: Duration
  /// How long the service may send, or take, nothing.
  public var idleTime: Duration

  /// Creates a policy; half a minute of pauses at most unless told otherwise.
  public init(
    attempts: Int = 8, connectAttempts: Int = 3, firstPause: Duration = .milliseconds(250),
    longestPause: Duration = .seconds(20), connectTime: Duration = .seconds(5),
    idleTime: Duration = .seconds(30)
  ) {
    self.attempts = attempts
    self.connectAttempts = connectAttempts
    self.firstPause = firstPause
    self.longestPause = longestPause
    self.connectTime = connectTime
    self.idleTime = idleTime
  }

  /// The pause after some failed tries: anything up to its bound, so that those who failed together do not come
  /// back together.
  func pause(after failures: Int) -> Duration {
    let bound = min(longestPause, firstPause * (1 << min(failures - 1, 30)))
    return bound * Double.random(in: 0...1)
  }
}
