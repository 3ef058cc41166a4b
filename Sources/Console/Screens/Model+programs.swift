import Cells
import PartitionPredicate
import Reports

/// A text that is edited in the operator's own editor.
public enum EditedText: Hashable, Sendable {
  /// The predicate of an input of a job.
  case predicate(String, job: String, input: Int)
  /// The file dovetail.yaml, whose text the console does not know.
  case definition
}

extension Model {
  /// Opens the predicate that is shown, or is being edited, in the operator's editor.
  func editOutside() -> [Effect] {
    guard let page else { return [] }
    let text = predicate.editor?.text ?? editedPredicate?.text ?? generatedPredicate?.text ?? ""
    return [.edit(.predicate(text, job: page.name, input: predicate.input))]
  }

  /// Takes a text from the operator's editor.
  mutating func take(_ edited: EditedText) -> [Effect] {
    switch edited {
    case .definition:
      notice = .listing
      return reload()
    case .predicate(let text, let job, let input):
      guard page?.name == job, predicate.input == input, screen == .predicate else {
        notice = Notice(
          kind: .warning, text: "The edited predicate is of another input, and was not taken.")
        return []
      }
      takeOutside(text)
      return []
    }
  }

  /// Says what is wrong in dovetail.yaml: at length to somebody who asked for it to be read, and waits for that.
  mutating func takeDefinitionFailure(_ sentences: String) {
    let isAwaited = notice == .listing && dialog == nil
    notice = Notice(
      kind: .failure,
      text: "dovetail.yaml cannot be used; what was read before stays in force. E edits it again.")
    guard isAwaited else { return }
    let report = TextReport(
      title: "dovetail.yaml cannot be used; what was read before stays in force",
      lines: sentences.split(separator: "\n", omittingEmptySubsequences: false)
        .map { TextReport.Line(String($0)) }
        + [TextReport.Line(), TextReport.Line("Esc, then E edits it again.", .dim)])
    show(report, of: page?.name ?? "")
  }

  /// Shows a text in a dialog, or as a report where it is longer than the screen.
  mutating func tell(_ title: String, _ text: String) {
    let place = Canvas.noteSize(of: text, in: size)
    guard place.needed > place.rows else {
      dialog = .note(title: title, text: text)
      return
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    show(
      TextReport(title: title, lines: lines.map { TextReport.Line(String($0)) }),
      of: page?.name ?? "")
  }

  /// Says something of what was done for a report in its last line, else on the status line.
  mutating func say(_ sentence: String, _ kind: Notice.Kind = .information) {
    if case .report(var view) = dialog {
      view.message = sentence
      dialog = .report(view)
    } else {
      notice = Notice(kind: kind, text: sentence)
    }
  }
}
