import Cells
import Wording

/// A frame that is being drawn, with a given appearance.
struct Canvas {
  var frame: Frame
  /// Which part of a list is visible, where there is no room for that beside the list's headings.
  var place: String?
  let theme: Theme
  /// The keys that hints in dialogs name.
  var keys = DialogKeys()

  /// Draws a line into a row of a rectangle, clipped to it.
  ///
  /// A selected row is reversed as a whole. If the line is scrolled sideways, its first `shift` columns are left out.
  mutating func draw(
    _ line: Line, in rect: Rect, row: Int, selected: Bool = false, shift: Int = 0
  ) {
    guard row >= 0, row < rect.rows else { return }
    let end = rect.column + rect.columns
    var place = Position(column: rect.column, row: rect.row + row)
    if selected {
      frame.fill(
        Rect(column: rect.column, row: place.row, columns: rect.columns, rows: 1),
        style: Theme.selected)
      frame.cursor = place
    }
    var hidden = shift
    for span in line.spans {
      let room = end - place.column
      guard room > 0 else { break }
      var style = theme.style(span.role)
      if span.isUnderlined { style.underline = true }
      if span.isReversed { style.reverse = true }
      if selected { style = Style(bold: style.bold, underline: style.underline, reverse: true) }
      var text = text(of: span, room: room + hidden)
      if hidden > 0 {
        let columns = text.columns
        text = text.dropping(columns: hidden)
        hidden = max(0, hidden - columns)
      }
      place.column = frame.put(text, at: place, style: style, limit: room)
    }
  }

  /// Draws lines from the top of a rectangle and returns the rest of it.
  @discardableResult
  mutating func draw(_ lines: [Line], in rect: Rect) -> Rect {
    var rest = rect
    for line in lines {
      guard rest.rows > 0 else { break }
      draw(line, in: rest.cutTop(1), row: 0)
    }
    return rest
  }

  /// Draws the visible rows of a list; only these are created.
  ///
  /// Which part of a long list is visible is shown at the right end of `placeRow`, by default two rows above the list:
  /// above its column headings. It covers nothing: where text is in the way, it goes into the status line.
  mutating func draw(
    _ list: ListState, count: Int, in rect: Rect, placeRow: Int? = nil, shift: Int = 0,
    row: (Int) -> Line
  ) {
    let window = list.window(count: count, height: rect.rows)
    for index in window {
      draw(
        row(index), in: rect, row: index - window.lowerBound,
        selected: index == max(0, min(list.index, count - 1)), shift: shift)
    }
    self.draw(
      place: window, of: count, in: rect, rows: [placeRow ?? rect.row - 2, rect.row - 1])
  }

  /// Draws which part of a list is visible, unless it is all of it: at the right end of the first of some rows in which
  /// that covers nothing, else in the status line.
  mutating func draw(place window: Range<Int>, of count: Int, in rect: Rect, rows: [Int]) {
    guard window.lowerBound > 0 || window.upperBound < count else { return }
    let text =
      " \(Quantity.number(window.lowerBound + 1))-\(Quantity.number(window.upperBound))"
      + " of \(Quantity.number(count))"
    let column = rect.column + rect.columns - text.count
    let blank = rows.first {
      $0 >= 0 && column >= rect.column && isBlank($0, from: column, to: column + text.count)
    }
    guard let blank else {
      place = text
      return
    }
    frame.put(text, at: Position(column: column, row: blank), style: theme.style(.dim))
  }

  private func isBlank(_ row: Int, from start: Int, to end: Int) -> Bool {
    (start..<end).allSatisfy { frame[Position(column: $0, row: row)].text == " " }
  }

  /// Clears a rectangle and draws a border with a title around it; returns the inside.
  mutating func box(_ rect: Rect, title: String) -> Rect {
    frame.fill(rect)
    let symbols = theme.symbols
    let right = rect.column + rect.columns - 1
    let bottom = rect.row + rect.rows - 1
    let style = theme.style(.accent)
    for row in [rect.row, bottom] {
      frame.fill(
        Rect(column: rect.column, row: row, columns: rect.columns, rows: 1),
        with: symbols.horizontal, style: style)
    }
    for row in rect.row..<max(rect.row, bottom) {
      frame.put(symbols.vertical, at: Position(column: rect.column, row: row), style: style)
      frame.put(symbols.vertical, at: Position(column: right, row: row), style: style)
    }
    let places = [
      (rect.column, rect.row), (right, rect.row), (rect.column, bottom), (right, bottom),
    ]
    for (corner, place) in zip(symbols.corners, places) {
      frame.put(corner, at: Position(column: place.0, row: place.1), style: style)
    }
    frame.put(
      " \(clipped(title, rect.columns - 6)) ",
      at: Position(column: rect.column + 2, row: rect.row), style: theme.style(.strong),
      limit: max(0, rect.columns - 4))
    return rect.inset()
  }

  /// A text cut to a width, with the ellipsis of this appearance.
  func clipped(_ text: String, _ columns: Int) -> String {
    bounded(text, columns).clipped(toColumns: columns, ellipsis: theme.symbols.ellipsis)
  }

  /// A progress bar: `████░░░░`.
  func bar(_ share: Double, columns: Int) -> String {
    let full = Int((Double(columns) * min(1, max(0, share))).rounded(.down))
    return String(repeating: theme.symbols.barFull, count: full)
      + String(repeating: theme.symbols.barEmpty, count: max(0, columns - full))
  }

  private func text(of span: Span, room: Int) -> String {
    guard let width = span.width else { return clipped(span.text, room) }
    let text = fitted(span, to: min(width, room))
    let blanks = String(repeating: " ", count: max(0, min(width, room) - text.columns))
    return span.alignsRight ? blanks + text : text + blanks
  }

  /// A piece of a line in a column that may be too narrow for it.
  private func fitted(_ span: Span, to columns: Int) -> String {
    if span.losesFolders, let folders = lastFolders(span.text, columns) { return folders }
    guard span.losesMiddle else { return clipped(span.text, columns) }
    return bounded(span.text, span.width ?? columns).elided(
      toColumns: columns, ellipsis: theme.symbols.ellipsis)
  }

  /// As many of the last folders of a path as fit, behind an ellipsis; nil where all of it fits, and where none does.
  private func lastFolders(_ path: String, _ columns: Int) -> String? {
    guard path.columns > columns else { return nil }
    let bytes = Array(path.utf8)
    for (place, byte) in bytes.dropLast().enumerated() where byte == UInt8(ascii: "/") {
      let rest = String(decoding: bytes[place...], as: UTF8.self)
      if theme.symbols.ellipsis.columns + rest.columns <= columns {
        return theme.symbols.ellipsis + rest
      }
    }
    return nil
  }

  /// Measuring is linear in the text, so what can never be seen is dropped first.
  private func bounded(_ text: String, _ columns: Int) -> String {
    let most = (max(0, columns) + 2) * 8
    guard text.utf8.count > most * 4 else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(most)))
  }
}
