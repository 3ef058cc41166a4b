import Cells
import IncrementalJoin
import PartitionPredicate
import Wording

/// The predicate that is being edited, with its mistake or what it selects.
enum EditorPane {
  static func draw(
    _ editor: PredicateEditor, _ model: Model, on canvas: inout Canvas, _ layout: PredicateLayout
  ) {
    canvas.draw(
      Line("edit", .header).adding("  \(Quantity.count(editor.text.count, "character"))", .dim),
      in: layout.textHeading, row: 0)
    let source = SourceText(editor.text)
    let lines = source.lines(columns: max(1, model.predicateTextColumns - 1))
    let cursor = source.place(of: editor.cursor, in: lines)
    var mistake: PushdownPredicateError?
    if case .failure(let error) = editor.read { mistake = error }
    let wrong = mistake.map { source.place(of: $0.range.lowerBound, in: lines) }
    // The cursor's line and the caret below the mistake must be visible.
    let height = max(1, layout.text.rows - (wrong == nil ? 0 : 1))
    let first = max(0, min(cursor.line - height + 1, lines.count - height))
    var row = 0
    for (index, range) in lines.enumerated().dropFirst(first).prefix(height) {
      let map = mistake == nil ? model.predicate.map : nil
      canvas.draw(
        SourcePane.line(range, of: source, map) { PredicateScreen.look($0, model) },
        in: layout.text, row: row)
      if index == cursor.line {
        canvas.frame.cursor = Position(
          column: layout.text.column + cursor.column, row: layout.text.row + row)
      }
      row += 1
      if let wrong, wrong.line == index, let mistake {
        canvas.draw(
          carets(mistake, source, range, at: wrong.column), in: layout.text, row: row)
        row += 1
      }
    }
    drawCheck(mistake, model, on: &canvas, in: layout.check)
  }

  /// The carets under the location of a mistake.
  private static func carets(
    _ mistake: PushdownPredicateError, _ source: SourceText, _ line: Range<Int>, at column: Int
  ) -> Line {
    let range = mistake.range.clamped(to: line)
    let width = max(1, source.text(in: range).columns)
    return Line(String(repeating: " ", count: column))
      .adding(String(repeating: "^", count: width), .bad)
  }

  private static func drawCheck(
    _ mistake: PushdownPredicateError?, _ model: Model, on canvas: inout Canvas, in rect: Rect
  ) {
    var rest = rect
    let title = mistake == nil ? "Against the generated predicate" : "Mistake"
    canvas.drawRule(title, in: rest.cutTop(1))
    if let mistake {
      let text = "Line \(mistake.line), column \(mistake.column): \(mistake.message)"
      canvas.draw(text.wrapped(toColumns: rest.columns).map { Line($0, .bad) }, in: rest)
      return
    }
    guard let subject = model.predicate.subject, let now = model.shownPredicate?.selection,
      let before = model.generatedPredicate?.selection
    else { return }
    let gained = now.lazy.filter { !before.contains($0) }
    let lost = before.lazy.filter { !now.contains($0) }
    let lines = [("Gained", Array(gained)), ("Lost", Array(lost))].map { word, rows in
      let names = rows.prefix(4).map { subject.paths[$0] }.joined(separator: ", ")
      let more = rows.count > 4 ? ", ..." : ""
      return Line("\(word) \(Quantity.number(rows.count))", rows.isEmpty ? .dim : .accent)
        .adding(rows.isEmpty ? "" : ": \(names)\(more)")
    }
    canvas.draw(lines, in: rest)
  }
}
