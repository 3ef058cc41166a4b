import Cells
import Charts
import IncrementalJoin
import PartitionPredicate
import Wording

/// The pushdown predicate of each input over its own keys, the partitions, and why each is or is not selected.
enum PredicateScreen: ScreenComponent {
  /// Glue's limit on the length of a pushdown predicate.
  static let glueLimit = 2048

  /// The width that the list's other columns need, with room for the start of the deciding clause.
  static func columnsBesideNames(isEdited: Bool) -> Int { 1 + 11 + (isEdited ? 7 : 0) + 10 + 12 }

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    guard let page = model.page else { return }
    if let debugger = model.predicate.debugger {
      return DebuggerScreen.draw(debugger, model, on: &canvas)
    }
    let layout = model.predicateLayout
    drawHeading(page, model, on: &canvas, in: layout.heading)
    guard let subject = model.predicate.subject else {
      return canvas.draw(Line("Writing the predicate.", .dim), in: layout.list, row: 0)
    }
    if model.predicate.view == .clauses {
      return ClausesPane.draw(model, on: &canvas, layout)
    }
    drawList(subject, page, model, on: &canvas, layout)
    drawText(model, on: &canvas, layout)
    if let editor = model.predicate.editor {
      EditorPane.draw(editor, model, on: &canvas, layout)
    } else {
      drawDetail(model, on: &canvas, in: layout.detail)
    }
  }

  private static func drawHeading(
    _ page: JobPage, _ model: Model, on canvas: inout Canvas, in rect: Rect
  ) {
    let state = model.predicate
    var line = Line("Input: ", .dim)
    for (index, input) in page.status.job.inputs.enumerated() {
      line = line.adding(
        index == state.input ? "[\(input.name)]" : " \(input.name) ",
        index == state.input ? .strong : .dim
      ).adding(" ")
    }
    if let clause = state.decidedBy {
      line = line.adding(" only what clause \(clause) decides; Esc leads back", .accent)
    }
    canvas.draw(line, in: rect, row: 0)
    canvas.draw(summary(page, model), in: rect, row: 1)
  }

  private static func summary(_ page: JobPage, _ model: Model) -> Line {
    guard let subject = model.predicate.subject else { return Line() }
    guard let read = model.shownPredicate else {
      return Line("The predicate has a mistake; e corrects it.", .bad)
    }
    let count = read.selection.count
    let all = Quantity.count(subject.partitions.count, "partition")
    let selects =
      "elects \(Quantity.number(count)) of \(all), \(Quantity.count(read.fileCount, "file")), "
      + Quantity.bytes(read.bytes)
    if case .failure? = model.predicate.editor?.read {
      return Line("The text has a mistake; the list still shows the previous predicate.", .warning)
    }
    if let editor = model.predicate.editor, editor.text == model.generatedPredicate?.text {
      return Line("Edit: ", .accent).adding("s\(selects).")
    }
    if model.predicate.editor != nil || model.editedPredicate != nil {
      return Line("Edited: ", .accent).adding("s\(selects)").adding(difference(model))
    }
    guard count > 0 || !page.pending.isEmpty else {
      let other = model.jobs.count > 1 ? " ] shows another job." : ""
      return Line("Nothing is pending, so nothing would be read.\(other)", .good)
    }
    guard count > 0 else {
      return Line("Nothing to load: the predicate is FALSE, which selects no partition.", .good)
    }
    let held = page.heldCount > 0 ? ", without \(Quantity.number(page.heldCount)) held" : ""
    return Line("S\(selects)\(held).")
  }

  /// What an edited predicate gains and loses compared with the generated one.
  private static func difference(_ model: Model) -> String {
    guard let now = model.shownPredicate?.selection,
      let before = model.generatedPredicate?.selection
    else { return "." }
    let gained = now.count { !before.contains($0) }
    let lost = before.count { !now.contains($0) }
    return "; \(Quantity.number(gained)) gained, \(Quantity.number(lost)) lost."
  }

  private static func drawList(
    _ subject: InputPredicate, _ page: JobPage, _ model: Model, on canvas: inout Canvas,
    _ layout: PredicateLayout
  ) {
    let state = model.predicate
    let rows = state.rows ?? []
    guard let names = model.nameColumn(on: .predicate) else { return }
    let isEdited = model.isPredicateEdited
    let read = model.shownPredicate
    let before = model.generatedPredicate?.selection
    let theme = canvas.theme
    canvas.draw(
      state.list, names, count: rows.count, in: layout.list, columns: layout.columns,
      placeRow: layout.columns.row,
      name: { subject.paths[rows[$0]] },
      heading: { names in
        let line = theme.mark(nil, model).heading(names).column("Verdict", 10, .header)
        return (isEdited ? line.column("Change", 6, .header) : line)
          .column("State", 9, .header).adding("Decided by", .header)
      }
    ) { index, names in
      let row = rows[index]
      var line = theme.mark(page.known[subject.known[row]].partition, model)
        .name(subject.paths[row], names)
      let truth = read?.evaluator.truth(subject.partitions[row].values)
      line = line.column(
        truth.map { "\($0.glyph(theme.symbols)) \($0.verdict)" } ?? "", 10,
        truth == .isFalse ? .dim : truth?.role ?? .plain)
      if isEdited {
        let was = before?.contains(row) ?? false
        let change = truth == .isTrue ? (was ? "" : "gained") : (was ? "lost" : "")
        line = line.column(change, 6, .accent)
      }
      let status = model.status(ofKnown: subject.known[row], of: page)
      let glyph = status.glyph(unicode: theme.appearance.unicode)
      return line.column(
        subject.isHalo[row] ? "  halo" : "\(glyph) \(status.word)", 9,
        subject.isHalo[row] ? .accent : status.role
      ).adding(state.briefs[row] ?? "", .dim)
    }
    if rows.isEmpty, model.filterMessage(columns: layout.list.columns).isEmpty {
      let text = subject.partitions.isEmpty ? "No partition is known." : "Nothing fits the filter."
      canvas.draw(Line(text, .dim), in: layout.list, row: 0)
    }
  }

  private static func drawText(
    _ model: Model, on canvas: inout Canvas, _ layout: PredicateLayout
  ) {
    let state = model.predicate
    guard state.editor == nil, let text = state.layout else { return }
    let lines = model.predicateTextLines
    let first = model.firstTextLine(height: layout.text.rows)
    var heading = Line(formName(model), .header)
    if !text.isRefusal {
      heading = heading.adding("  \(Quantity.count(text.length, "character"))", .dim)
    }
    if text.length > glueLimit, text.form != .dialect(.glue), text.form != .dialect(.duckdb) {
      heading = heading.adding("  longer than Glue's \(Quantity.number(glueLimit))", .warning)
    }
    if lines.count > layout.text.rows {
      heading = heading.adding("  from line \(first + 1) of \(lines.count); { } scroll", .dim)
    } else if text.form == .source, layout.textHeading.columns >= 76 {
      heading = heading.adding("   ").adding("TRUE", .isTrue).adding(" ").adding("FALSE", .isFalse)
        .adding(" ").adding("NULL", .isNull).adding(" ").adding("never looked at", .notSeen)
      heading.spans.append(Span(text: "  ", role: .plain, width: nil))
      heading.spans.append(
        Span(text: "decides", role: .plain, width: nil, isUnderlined: true))
    }
    canvas.draw(heading, in: layout.textHeading, row: 0)
    let map = text.form == .source && !text.isRefusal ? state.map : nil
    for (row, range) in lines.dropFirst(first).prefix(layout.text.rows).enumerated() {
      var line = SourcePane.line(range, of: text.source, map) { look($0, model) }
      if text.isRefusal { line = Line(text.source.text(in: range), .warning) }
      canvas.draw(line, in: layout.text, row: row)
    }
  }

  private static func formName(_ model: Model) -> String {
    switch model.predicate.form {
    case .dialect(let dialect): return dialect.rawValue
    case .source:
      guard let edited = model.editedPredicate else { return "compact" }
      return edited.name.map { "edited, saved as \($0)" } ?? "edited"
    }
  }

  /// How a clause looks for the selected partition.
  static func look(_ number: Int, _ model: Model) -> SourcePane.Look {
    guard let detail = model.predicate.detail, let outline = model.shownPredicate?.outline,
      outline.clauses.indices.contains(number - 1)
    else { return SourcePane.Look() }
    var look = SourcePane.look(
      outline[number], outline, value: { detail.values[$0] }, isOver: true)
    look.isUnderlined = outline.path(to: number).contains { detail.deciding.contains($0) }
    return look
  }

  private static func drawDetail(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    guard rect.rows > 1 else { return }
    var rest = rect
    canvas.drawRule("Why", in: rest.cutTop(1))
    guard let detail = model.predicate.detail else { return }
    let status = (detail.status.prefix(1).uppercased() + detail.status.dropFirst() + ".")
      .wrapped(toColumns: rest.columns)
    let room = max(1, rest.rows - min(2, status.count))
    var sentence = detail.sentence.wrapped(toColumns: rest.columns)
    if sentence.count > room {
      sentence = Array(sentence.prefix(room))
      sentence[room - 1] += canvas.theme.symbols.ellipsis
    }
    rest = canvas.draw(
      sentence.map { Line($0, detail.truth == .isTrue ? .good : .plain) }, in: rest)
    rest = canvas.draw(status.map { Line($0, .accent) }, in: rest)
    drawClauses(detail, model, on: &canvas, in: rest)
  }

  /// Draws the value of each clause for the partition, where there is room.
  private static func drawClauses(
    _ detail: PartitionDetail, _ model: Model, on canvas: inout Canvas, in rect: Rect
  ) {
    guard rect.rows > 4, let read = model.shownPredicate else { return }
    var rest = rect
    _ = rest.cutTop(1)
    canvas.drawRule("Clauses", in: rest.cutTop(1))
    let width = max(10, rest.columns - 22)
    canvas.draw(
      read.outline.clauses.prefix(rest.rows).map { clause in
        let indent = String(repeating: " ", count: min(clause.depth, 8) * 2)
        let value = detail.values[clause.number]
        return Line().column("\(clause.number)", 4, .dim, right: true)
          .column(indent + read.text(of: clause.number), width)
          .adding(
            value?.literalText ?? "never looked at",
            value.map { Truth($0)?.role ?? .plain } ?? .notSeen)
      }, in: rest)
  }
}

extension Canvas {
  /// Draws a horizontal line with a word in it.
  mutating func drawRule(_ title: String, in rect: Rect) {
    frame.fill(rect, with: theme.symbols.horizontal, style: theme.style(.dim))
    frame.put(
      " \(title) ", at: Position(column: rect.column + 2, row: rect.row),
      style: theme.style(.strong), limit: max(0, rect.columns - 2))
  }
}
