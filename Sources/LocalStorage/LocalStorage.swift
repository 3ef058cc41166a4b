import Foundation

/// Tables and outputs on a local file system.
///
/// Staged and replaced folders of the output `out/flights_weather` lie beside it in the hidden folder
/// `out/.flights_weather.dovetail/`, with the file that serves as lock.
public struct LocalStorage: Sendable {
  /// Whether folders are exchanged; nil asks each file system.
  let exchanges: Bool?

  /// The clock that listings are timed by.
  let clock: @Sendable () -> Date

  /// Gives access to the local file systems.
  public init() {
    self.init(exchanges: nil)
  }

  /// Decides whether folders are exchanged, whatever the file system can, and what time it is.
  init(exchanges: Bool?, clock: @escaping @Sendable () -> Date = { Date() }) {
    self.exchanges = exchanges
    self.clock = clock
  }
}
