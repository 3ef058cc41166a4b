import CNcurses

/// Ends the terminal's waiting, from any thread: ``InputEvent/wake`` arrives.
///
/// Post to a mailbox first, then wake; several wakes before the loop looks are one event.
public struct Waker: Sendable {
  /// Makes a waker for the process' terminal.
  public init() {}

  /// Wakes the terminal's thread.
  ///
  /// Harmless when no terminal is open.
  public func wake() { dt_wake() }
}
