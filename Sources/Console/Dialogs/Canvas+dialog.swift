import Cells
import Reports
import Wording

extension Canvas {
  /// The columns of a list or a field; sentences are wrapped earlier.
  static let widestDialog = 110

  /// Draws the dialog, if there is one, over the screen.
  mutating func drawDialog(_ model: Model, over layout: Layout) {
    switch model.dialog {
    case .help(let help): drawHelp(help, model, over: layout)
    case .palette(let palette): drawPalette(palette, model, over: layout)
    case .confirmation(let confirmation): drawConfirmation(confirmation, over: layout)
    case .choice(let choice): drawChoice(choice, over: layout)
    case .prompt(let prompt): drawPrompt(prompt, over: layout)
    case .waiting(let waiting): drawWaiting(waiting, over: layout)
    case .report(let view): drawReport(view, model, over: layout)
    case .note(let title, let text):
      let width = Self.noteColumns(layout.size)
      let lines = text.wrapped(toColumns: width - 4)
      let inside = centeredBox(
        title: title, columns: width, rows: lines.count + 4, over: layout)
      let rest = draw(lines.map { Line(" \($0)") }, in: inside)
      draw(Line(" \(keys.name(.accept)) closes", .dim), in: rest, row: rest.rows - 1)
      frame.cursor = rest.origin
    case nil: break
    }
  }

  /// The columns of a note with its border.
  private static func noteColumns(_ size: Size) -> Int { min(size.columns - 4, 76) }

  /// The rows that a text needs in a note, and those that there are.
  static func noteSize(of text: String, in size: Size) -> (needed: Int, rows: Int) {
    (text.wrapped(toColumns: noteColumns(size) - 4).count, size.rows - 6)
  }

  /// What a question says, in the rows that it needs.
  static func lines(of confirmation: Confirmation, in size: Size) -> [TextReport.Line] {
    confirmation.lines.flatMap { $0.wrapped(toColumns: noteColumns(size) - 4) }
  }

  mutating func centeredBox(title: String, columns: Int, rows: Int, over layout: Layout)
    -> Rect
  {
    let columns = min(columns, layout.size.columns)
    let rows = min(rows, layout.size.rows - 2)
    return box(
      Rect(
        column: (layout.size.columns - columns) / 2, row: (layout.size.rows - rows) / 2,
        columns: columns, rows: rows),
      title: title)
  }

  private mutating func drawHelp(_ help: HelpView, _ model: Model, over layout: Layout) {
    let lines = HelpOverlay.lines(help, for: model)
    var inside = centeredBox(
      title: "Keys of \(model.isDebugging ? "the debugger" : model.screen.title)",
      columns: HelpOverlay.columns(layout.size) + 2,
      rows: lines.count + 3, over: layout)
    let bottom = inside.cutBottom(1)
    let first = max(0, min(help.top, lines.count - inside.rows))
    draw(Array(lines.dropFirst(first)), in: inside)
    frame.cursor = inside.origin
    if help.isTyping {
      draw(Line(" Search: ", .key), help.filter, in: bottom)
    } else {
      draw(
        Line(
          " \(keys.shortName(.down)) and \(keys.shortName(.up)) scroll, \(keys.name(.filter)) searches, "
            + "\(keys.name(.close)) closes", .dim), in: bottom, row: 0)
    }
    guard lines.count > inside.rows else { return }
    let place = " \(first + 1)-\(first + inside.rows) of \(lines.count)"
    frame.put(
      place, at: Position(column: bottom.column + bottom.columns - place.count, row: bottom.row),
      style: theme.style(.dim))
  }

  private mutating func drawPalette(_ palette: Palette, _ model: Model, over layout: Layout) {
    let matches = palette.matches(model)
    let width = min(layout.size.columns - 4, Self.widestDialog)
    var inside = centeredBox(title: "Command", columns: width, rows: 12, over: layout)
    let field = inside.cutTop(1)
    let bottom = inside.cutBottom(1)
    // The place in the list stands at the end of the row.
    let runs = "\(keys.name(.accept)) runs"
    let closes = "\(keys.name(.close)) closes"
    let hints = [
      " \(keys.name(.complete)) completes, \(runs), \(keys.name(.up)) recalls earlier ones, \(closes)",
      " \(runs), \(keys.name(.up)) recalls earlier ones, \(closes)",
    ]
    let hint = hints.first { $0.columns + 11 <= bottom.columns } ?? hints[1]
    draw(Line(hint, .dim), in: bottom, row: 0)
    func described(_ command: Command) -> (text: String, isEnabled: Bool) {
      let why = palette.refusal(of: command, model) ?? command.whyDisabled(model)
      return (why.map { "\(command.title): \($0)" } ?? command.title, why == nil)
    }
    // What the row of the selected command has no room for stands below the list.
    let selected = matches.dropFirst(palette.list.index).first.map { described($0).text } ?? ""
    let whole =
      27 + selected.columns > inside.columns ? selected.wrapped(toColumns: inside.columns - 2) : []
    draw(whole.map { Line(" \($0)", .accent) }, in: inside.cutBottom(min(3, whole.count)))
    draw(palette.list, count: matches.count, in: inside, placeRow: bottom.row) { index in
      let command = matches[index]
      let (text, isEnabled) = described(command)
      return Line(" ")
        .column(command.id.rawValue, 15, isEnabled ? .key : .dim)
        .column(command.keys.first?.name ?? "", 9, .dim)
        .adding(text, isEnabled ? .plain : .dim)
    }
    if matches.isEmpty { draw(Line(" No such command.", .warning), in: inside, row: 0) }
    draw(Line(": ", .key), palette.field, in: field)
  }

  private mutating func drawConfirmation(_ confirmation: Confirmation, over layout: Layout) {
    let width = Self.noteColumns(layout.size)
    let lines = Self.lines(of: confirmation, in: layout.size).map { piece in
      Line(spans: Line(" ").spans + line(piece, columns: width - 4).spans)
    }
    var inside = centeredBox(
      title: confirmation.title, columns: width,
      rows: lines.count + 5 + (confirmation.note == nil ? 0 : 1), over: layout)
    let hint = inside.cutBottom(1)
    let answer = inside.cutBottom(1)
    let reason = inside.cutBottom(confirmation.note == nil ? 0 : 1)
    _ = inside.cutBottom(1)
    let hidden = max(0, lines.count - inside.rows)
    draw(Array(lines.dropFirst(min(confirmation.top, hidden))), in: inside)
    let scrolls = hidden > 0 ? " \(keys.name(.up)), \(keys.name(.down)) scroll." : ""
    if let required = confirmation.requiredText {
      return drawFields(
        confirmation, of: required, scrolls, reason: reason, name: answer, hint: hint)
    }
    let yes = " \(confirmation.yes) "
    let no = " \(confirmation.no) "
    let isYes = confirmation.isYesFocused
    var place = Position(column: answer.column + 2, row: answer.row)
    for (label, isFocused) in [(no, !isYes), (yes, isYes)] {
      if isFocused { frame.cursor = place }
      place.column = frame.put(
        "[\(label)]", at: place, style: isFocused ? Theme.selected : .plain)
      place.column += 2
    }
    draw(
      Line(
        " Arrows, \(keys.name(.accept)); \(keys.name(.yes)) is yes, \(keys.name(.close)) is no.\(scrolls)",
        .dim),
      in: hint, row: 0)
  }

  /// Draws the fields for the reason and the job's name, and what to do in the one with the cursor.
  private mutating func drawFields(
    _ confirmation: Confirmation, of required: String, _ scrolls: String, reason: Rect, name: Rect,
    hint: Rect
  ) {
    let entry = confirmation.note
    draw(Line(" Name of the job: ", .strong), confirmation.field, in: name)
    let cursor = frame.cursor
    if let entry {
      draw(
        Line(entry.isRequired ? " Note: " : " Note, or nothing: ", .strong), entry.field, in: reason
      )
    }
    guard let note = entry, !note.isTaken else {
      frame.cursor = cursor
      if confirmation.isMistyped {
        let verb = confirmation.subject == .run ? "run" : "do"
        return draw(
          Line(" Type \(required) to \(verb) it, or press \(keys.name(.close)).", .bad), in: hint,
          row: 0)
      }
      let back = entry == nil ? "" : " Shift-Tab: the note."
      return draw(
        Line(
          " Type the name, then \(keys.name(.accept)). \(keys.name(.close)) is no.\(back)\(scrolls)",
          .warning), in: hint, row: 0)
    }
    draw(
      note.isMissing
        ? Line(" Say why: history keeps it.", .bad)
        : Line(
          " Say why, then \(keys.name(.accept)). \(keys.name(.close)) is no.\(scrolls)", .warning),
      in: hint, row: 0)
  }

  /// Draws a text field after its label, scrolled so that its end is visible, with the cursor there.
  mutating func draw(_ label: Line, _ field: TextField, in rect: Rect) {
    let labelWidth = label.spans.reduce(0) { $0 + $1.text.columns }
    let room = max(1, rect.columns - labelWidth - 1)
    var text = field.text.sanitized
    while text.columns > room { text.removeFirst() }
    draw(label.adding(text, .field), in: rect, row: 0)
    frame.cursor = Position(column: rect.column + labelWidth + text.columns, row: rect.row)
  }
}
