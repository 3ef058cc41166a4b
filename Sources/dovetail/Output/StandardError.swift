import Foundation
import PartitionPredicate
import Wording

/// Writes logs, progress and errors.
enum StandardError {
  /// Whether people are watching, so that progress may be drawn.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes one message and a line end; each of its lines is sanitized (I10).
  static func write(_ message: String) {
    let lines = message.exact.parts(separatedBy: "\n", omittingEmpty: false)
    draw(lines.map { $0.text.sanitized }.joined(separator: "\n") + "\n")
  }

  /// Writes text as it is, for progress on a terminal.
  static func draw(_ text: String) { StandardStream.error.write(text) }
}
