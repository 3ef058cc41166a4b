import Console
import Foundation
import Workspace

/// What the console saves for people, below the workspace's own folder: pictures of screens, and tables.
struct SavedFiles: Sendable {
  private let session: Session

  /// Saves below the state folder of the session's workspace.
  init(of session: Session) { self.session = session }

  /// Saves a table of the console to `exports`.
  ///
  /// - Returns: The file's path.
  /// - Throws: `SaveError`.
  func save(_ export: Export) throws(SaveError) -> String {
    let table = export.table()
    let text: String
    switch export.format {
    case .csv:
      let rows = table.rows.map { row in
        row.map(\.text) + Array(repeating: "", count: table.columns.count - row.count)
      }
      text = Report.csvText(table.columns, rows)
    case .json:
      do {
        text = try Report.text(of: table, .prettyPrinted) + "\n"
      } catch {
        throw SaveError(description: "\(export.name) cannot be written as JSON: \(error)")
      }
    }
    return try save(text, in: "exports", as: export.name, type: export.format.rawValue)
  }

  /// Saves a text as a file whose name begins with the time, in UTC; a file that is there already is kept.
  ///
  /// - Returns: The file's path.
  /// - Throws: `SaveError`, also when nothing may be changed.
  func save(_ text: String, in kind: String, as name: String, type: String) throws(SaveError)
    -> String
  {
    do { try session.allowChanges() } catch { throw SaveError(description: "\(error)") }
    let folder = URL(filePath: session.workspace.stateFolder).appending(path: kind)
    let stamp = Date().formatted(.iso8601.dateTimeSeparator(.standard).timeSeparator(.omitted))
    var number = 1
    while true {
      let suffix = number == 1 ? "" : "-\(number)"
      let file = folder.appending(path: "\(stamp)-\(name)\(suffix).\(type)")
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file, options: .withoutOverwriting)
        return file.path
      } catch  where (error as? CocoaError)?.code == .fileWriteFileExists {
        number += 1
      } catch {
        throw SaveError(description: "\(file.path) cannot be saved: \(error)")
      }
    }
  }
}

/// Why something could not be saved, as a sentence.
struct SaveError: Error, CustomStringConvertible {
  let description: String
}
