import Foundation
import PartitionPredicate
import Wording

/// Logs, progress and errors.
enum StandardError {
  /// Whether people are looking, so that progress may be drawn.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes one message, each of its lines sanitized (I10), and a line end.
  static func write(_ message: String) {
    let lines = message.exact.parts(separatedBy: "\n", omittingEmpty: false)
    draw(lines.map { $0.text.sanitized }.joined(separator: "\n") + "\n")
  }

  /// Writes text as it is, for progress on a terminal.
  static func draw(_ text: String) { StandardStream.error.write(text) }
}
