import Foundation

/// A store's clock as one of its answers showed it, to the second, for comparison with this machine's.
struct StoreClock: Sendable {
  /// What it showed.
  let shown: Date
  private let sent: ContinuousClock.Instant
  private let answered = ContinuousClock.now

  /// Takes the clock from an answer.
  ///
  /// - Parameters:
  ///   - shown: What the answer says.
  ///   - sent: When the request was sent.
  init(_ shown: Date, sent: ContinuousClock.Instant) {
    self.shown = shown
    self.sent = sent
  }

  /// What it shows now at least.
  var now: Date {
    shown + (ContinuousClock.now - answered) / .seconds(1)
  }

  /// The instant before which it certainly does not show a date.
  func instant(of date: Date) -> ContinuousClock.Instant {
    // It may have shown almost a second more than it said, when the request had just been sent.
    sent + .seconds(date.timeIntervalSince(shown) - 1)
  }
}
