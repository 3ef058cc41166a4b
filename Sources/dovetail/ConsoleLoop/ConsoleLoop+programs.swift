import Console
import Foundation
import PartitionPredicate
import Terminal
import Workspace

/// What the operator's own programs do, to which the terminal is lent.
extension ConsoleLoop {
  /// Has a text edited in the operator's editor, and posts what came of it.
  func edit(_ text: EditedText) {
    do {
      switch text {
      case .definition:
        try session.allowChanges()
        let file = URL(filePath: session.workspace.folder).appending(path: Workspace.fileName)
        try edit(file)
        // Somebody else may have changed it before, which has to be read, too.
        let isRead = effects.sessions.value.file.isCurrent
        mailbox.post(isRead ? .unedited : .edited(.definition))
      case .predicate(let predicate, let job, let input):
        let edited = try edit(predicate, named: "predicate.sql")
        mailbox.post(
          edited == predicate ? .unedited : .edited(.predicate(edited, job: job, input: input)))
      }
    } catch {
      mailbox.post(.programFailed("\(error); nothing was taken."))
    }
  }

  /// Shows a text in the operator's pager.
  func page(_ text: String) {
    let pager = OutsideProgram.pager(in: session.workspace.folder)
    do {
      try terminal.lend { () throws(ProgramError) in try pager.run(input: text) }
    } catch {
      mailbox.post(.programFailed("\(error)."))
    }
  }

  private func edit(_ file: URL) throws(ProgramError) {
    let editor = OutsideProgram.editor(in: session.workspace.folder)
    try terminal.lend { () throws(ProgramError) in try editor.run(file: file.path) }
  }

  /// Has a text edited as a file of the operator's alone, which is removed afterwards.
  ///
  /// - Returns: The text, without the line end that ends a file.
  private func edit(_ text: String, named name: String) throws -> String {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "dovetail-\(UUID().uuidString)")
    try files.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? files.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data("\(text)\n".utf8).write(to: file)
    try edit(file)
    guard let edited = String(validating: try Data(contentsOf: file), as: UTF8.self) else {
      throw ProgramError("The edited text is not UTF-8")
    }
    return edited.exact.ends(with: "\n") ? String(edited.unicodeScalars.dropLast()) : edited
  }
}
