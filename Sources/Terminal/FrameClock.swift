/// When the next frame is due: at once where it answers the operator, else at most 60 times a second.
///
/// It has no clock of its own, so that tests need not wait.
public struct FrameClock: Sendable {
  /// The shortest time from one frame to the next that answers nobody.
  public static let interval = Duration.microseconds(16_667)

  private var drawnAt: ContinuousClock.Instant?
  private var hasChanged = true
  private var isAnswer = true

  /// Begins with a frame that is due at once.
  public init() {}

  /// Something changed that the next frame shows; with an answer the frame does not wait.
  public mutating func change(isAnswer: Bool) {
    hasChanged = true
    if isAnswer { self.isAnswer = true }
  }

  /// How long until the next frame is due, zero when it is now; nil while nothing has changed.
  public func delay(at now: ContinuousClock.Instant) -> Duration? {
    guard hasChanged else { return nil }
    guard !isAnswer, let drawnAt else { return .zero }
    return max(.zero, Self.interval - drawnAt.duration(to: now))
  }

  /// A frame was drawn that shows everything.
  public mutating func draw(at now: ContinuousClock.Instant) {
    drawnAt = now
    hasChanged = false
    isAnswer = false
  }
}
