import Reports
import Wording

/// Tables of the Glue Data Catalog, in the report that lists them.
extension ReportView {
  /// The columns before each line for its mark.
  var markColumns: Int { offersTables ? 2 : 0 }

  /// Marks the table under the cursor, or unmarks it.
  mutating func toggleMark() {
    guard let line = selectedLine, report.lines[line].glueTable != nil else { return }
    if marked.remove(line) == nil { marked.insert(line) }
  }

  /// Whether a row is the first one of a table that is marked.
  func isMarked(_ place: Int) -> Bool {
    let line = rows[place].line
    return marked.contains(line) && (place == 0 || rows[place - 1].line != line)
  }

  /// The marked tables in their order; otherwise the one under the cursor.
  fileprivate var chosenTables: [String] {
    let lines = marked.isEmpty ? selectedLine.map { [$0] } ?? [] : marked.sorted()
    return lines.compactMap { report.lines[$0].glueTable }
  }
}

extension Model {
  /// Asks what dovetail.yaml would get for the tables that are marked, or for the one under the cursor.
  mutating func previewTables(of view: ReportView) -> [Effect] {
    var view = view
    let tables = view.chosenTables
    guard !isReadOnly, !tables.isEmpty else {
      view.message =
        isReadOnly
        ? "Add tables to dovetail.yaml: \(Command.readOnly)."
        : "The line names no table that Dovetail reads."
      dialog = .report(view)
      return []
    }
    reportTrail.append(view)
    dialog = .waiting(
      DialogRequest(
        job: view.job, subject: .tables(tables), title: "Composing the lines for dovetail.yaml"))
    return [.previewTables(tables)]
  }

  /// Shows the lines, and asks whether to add them.
  mutating func take(_ preview: OperationPreview, of tables: [String]) {
    guard case .waiting(let waiting) = dialog, waiting.subject == .tables(tables),
      let expected = preview.expected
    else { return }
    dialog = .confirmation(
      Confirmation(
        subject: .addTables(expected: expected),
        title: "Add \(Quantity.count(tables.count, "table")) to dovetail.yaml?",
        lines: preview.report.lines, yes: "Add", no: "Leave it"))
  }

  /// Says what was added, and rereads dovetail.yaml.
  mutating func takeAddedTables(_ sentence: String) -> [Effect] {
    notice = Notice(
      kind: .information,
      text: "\(sentence) No job reads what was added yet; E edits dovetail.yaml.")
    return reload()
  }

  /// Says why nothing was added to dovetail.yaml.
  mutating func takeTablesFailure(_ sentence: String) {
    if case .waiting(let waiting) = dialog {
      guard case .tables = waiting.subject else { return }
    } else if dialog != nil {
      notice = Notice(kind: .failure, text: sentence)
      return
    }
    reportTrail = []
    tell("dovetail.yaml stays as it is", sentence)
  }
}
