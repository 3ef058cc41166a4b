import Foundation
import GRDB
import IncrementalJoin

extension Database {
  /// What a run wrote to its log, in order.
  func log(run: RunID) throws -> [LogLine] {
    var lines: [LogLine] = []
    try forEachRow(Self.logOfRun, [run]) { row in
      lines.append(
        LogLine(
          instant: Date(microseconds: try row.value(0, "run_log.instant")),
          level: try row.name(1, "run_log.level"), text: try row.value(2, "run_log.text")))
    }
    return lines
  }

  static let logOfRun = "SELECT instant, level, text FROM run_log WHERE run = ? ORDER BY id"

  /// Appends to a run's log.
  func insertLog(_ lines: [LogLine], run: RunID) throws {
    for line in lines {
      try self.run(
        "INSERT INTO run_log (run, instant, level, text) VALUES (?, ?, ?, ?)",
        [run, line.instant.microseconds, line.level.rawValue, line.text])
    }
  }
}
