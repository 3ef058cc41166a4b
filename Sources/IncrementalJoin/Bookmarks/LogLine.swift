public import Foundation

/// One line of a run's log.
public struct LogLine: Hashable, Sendable {
  /// How much it matters.
  public enum Level: String, Hashable, Sendable, Codable, CaseIterable {
    case info
    case warning
    case failure
  }

  /// When it was written.
  public let instant: Date
  /// How much it matters.
  public let level: Level
  /// One or a few sentences, without line breaks.
  public let text: String

  /// Creates a line.
  public init(instant: Date, level: Level, text: String) {
    self.instant = instant
    self.level = level
    self.text = text
  }
}
