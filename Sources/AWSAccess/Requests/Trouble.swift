/// Why one try of a request brought nothing.
package enum Trouble<Failure: RequestFailure>: Error {
  /// Trying again is of no use.
  case final(Failure)
  /// It may go well the next time.
  ///
  /// - `reason`: for people;
  /// - `isDone`: whether the request may have been carried out;
  /// - `error`: what is thrown after the last try.
  case passing(reason: String, isDone: Bool, error: Failure)
}

/// What the error of a service's client has to tell for a request to be tried again.
package protocol RequestFailure: Error {
  /// A write whose answer did not come.
  static func lost(reason: String) -> Self
  /// The task was cancelled.
  static var cancelled: Self { get }
  /// Whether nobody answered.
  var isUnreachable: Bool { get }
  /// The same after so many tries, where it counts them.
  func after(attempts: Int) -> Self
}

/// The failed tries of one request.
package struct FailedTries {
  /// All of them, or those since something was brought.
  private var count = 0
  /// Those among them that found no connection.
  private var unconnected = 0

  /// Nothing has failed yet.
  package init() {}

  /// Counts a failed try, and waits before the next one.
  ///
  /// - Parameters:
  ///   - trouble: Why it failed.
  ///   - isRepeatable: Whether the request may be carried out twice.
  ///   - policy: How often and how long.
  ///   - tell: Told what failed and which try follows: `reason. Try 2 of 8 follows.`
  /// - Throws: What is to be told, if another try is not worth it.
  package mutating func wait<Failure>(
    after trouble: Trouble<Failure>, isRepeatable: Bool, by policy: RetryPolicy,
    tell: (String) -> Void
  ) async throws(Failure) {
    switch trouble {
    case .final(let error): throw error
    case .passing(let reason, let isDone, let error):
      if isDone, !isRepeatable { throw .lost(reason: reason) }
      count += 1
      let isConnected = isDone || !error.isUnreachable
      if !isConnected { unconnected += 1 }
      guard count < policy.attempts, unconnected < policy.connectAttempts else {
        throw error.after(attempts: count)
      }
      let next =
        isConnected
        ? "Try \(count + 1) of \(policy.attempts)"
        : "Try \(unconnected + 1) of \(policy.connectAttempts)"
      tell("\(reason). \(next) follows.")
      do {
        try await Task.sleep(for: policy.pause(after: count))
      } catch {
        throw .cancelled
      }
    }
  }
}
