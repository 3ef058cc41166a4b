import Dispatch

/// Lets a thread wait for a test.
final class Signal: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  /// Blocks until the signal is given.
  func wait() {
    semaphore.wait()
    semaphore.signal()
  }

  /// Lets all go on that wait, and all that will.
  func give() { semaphore.signal() }
}
