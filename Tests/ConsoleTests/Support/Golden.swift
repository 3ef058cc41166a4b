import Cells
import Foundation
import Testing

/// Frames kept as text under Goldens/, with style runs and cursor.
///
/// They are written only when RECORD_GOLDENS=1 is set; a golden that is missing fails.
enum Golden {
  static func check(
    _ frame: Frame, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let url = testFolder.appending(path: "Goldens/\(name).txt")
    let cursor = frame.cursor.map { "\($0.column),\($0.row)" } ?? "hidden"
    let text = "\(frame.text)\n--- styles\n\(frame.styleRuns)\n--- cursor \(cursor)\n"
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try text.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    let golden = try? String(contentsOf: url, encoding: .utf8)
    #expect(
      golden != nil, "Goldens/\(name).txt is missing: record it with RECORD_GOLDENS=1",
      sourceLocation: sourceLocation)
    #expect(text == golden, "differs from Goldens/\(name).txt", sourceLocation: sourceLocation)
  }

  /// The folder Tests/ConsoleTests.
  static let testFolder = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The repository's root.
  static let root = testFolder.deletingLastPathComponent().deletingLastPathComponent()
}
