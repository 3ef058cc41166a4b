import Foundation

/// The processor time that a body takes on this thread, of the cheapest of some rounds.
///
/// Other threads and processes do not count, however busy the machine is.
package func processorTime(rounds: Int = 5, of body: () -> Void) -> Duration {
  (0..<rounds).map { _ in
    let start = processorTime()
    body()
    return processorTime() - start
  }.min() ?? .zero
}

private func processorTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
