import Wording

/// A screenful of cells, row by row: what the console's view returns and the terminal draws.
///
/// Every operation clips; no size or position traps.
public struct Frame: Equatable, Sendable {
  /// The extent in cells.
  public let size: Size
  /// The cells, row after row from the top left.
  public private(set) var cells: [Cell]
  /// Where the hardware cursor stands; hidden when nil.
  public var cursor: Position?

  /// Makes a blank frame.
  public init(size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  /// The whole frame as a rectangle.
  public var bounds: Rect { Rect(origin: Position(column: 0, row: 0), size: size) }

  /// The cell at a position; blank outside the frame.
  public subscript(position: Position) -> Cell {
    bounds.contains(position) ? cells[index(position.column, position.row)] : .blank
  }

  /// The cells of a row; none outside the frame.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    guard row >= 0, row < size.rows else { return [] }
    return cells[index(0, row)..<index(0, row) + size.columns]
  }

  /// Writes sanitized text into one row, clipped at the frame's edges.
  ///
  /// A wide character of which only half would fit becomes a space.
  ///
  /// - Parameters:
  ///   - text: what to write; controls in it appear as ``Swift/String/sanitized`` shows them.
  ///   - position: where its first character goes, possibly outside the frame.
  ///   - style: how it looks.
  ///   - limit: the number of columns the text may take, counted from `position`.
  /// - Returns: the column after the text, as if the frame were wide enough.
  @discardableResult
  public mutating func put(
    _ text: String, at position: Position, style: Style = .plain, limit: Int = .max
  ) -> Int {
    var column = max(position.column, -Self.farAway)
    guard column < Self.farAway else { return position.column }
    let end = column + min(max(0, limit), Self.farAway)
    for glyph in text.glyphs {
      guard column < end else { break }
      if column + glyph.width > end {
        set(Cell(text: " ", width: 1, style: style), column: column, row: position.row)
        return end
      }
      place(glyph, column: column, row: position.row, style: style)
      column += glyph.width
    }
    return column
  }

  /// Fills a rectangle with one character (a space by default) in a style.
  public mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .plain) {
    guard let glyph = String(character).glyphs.first, glyph.width == 1 else { return }
    let cell = Cell(text: glyph.text, width: 1, style: style)
    forEachPosition(of: rect) { frame, column, row in
      frame.set(cell, column: column, row: row)
    }
  }

  /// Beyond any screen, and small enough to add to.
  private static let farAway = 1 << 40

  private func index(_ column: Int, _ row: Int) -> Int { row * size.columns + column }

  /// Visits the positions of a rectangle that lie inside the frame.
  private mutating func forEachPosition(
    of rect: Rect, _ body: (inout Frame, Int, Int) -> Void
  ) {
    let top = min(max(0, rect.row), size.rows)
    let left = min(max(0, rect.column), size.columns)
    let bottom = Self.end(from: rect.row, count: rect.rows, limit: size.rows)
    let right = Self.end(from: rect.column, count: rect.columns, limit: size.columns)
    guard top < bottom, left < right else { return }
    for row in top..<bottom {
      for column in left..<right { body(&self, column, row) }
    }
  }

  private static func end(from start: Int, count: Int, limit: Int) -> Int {
    let (end, overflow) = start.addingReportingOverflow(count)
    return overflow ? limit : min(end, limit)
  }

  private mutating func place(_ glyph: Glyph, column: Int, row: Int, style: Style) {
    let isWhole = column >= 0 && column + glyph.width <= size.columns
    guard isWhole else {
      for half in column..<column + glyph.width {
        set(Cell(text: " ", width: 1, style: style), column: half, row: row)
      }
      return
    }
    set(Cell(text: glyph.text, width: glyph.width, style: style), column: column, row: row)
    if glyph.width == 2 {
      set(Cell(text: "", width: 0, style: style), column: column + 1, row: row, joined: true)
    }
  }

  /// Sets a cell; a wide character that loses one of its halves leaves a space in place of the other.
  private mutating func set(_ cell: Cell, column: Int, row: Int, joined: Bool = false) {
    guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return }
    let place = index(column, row)
    if cells[place].isContinuation, !joined, column > 0 { blank(place - 1) }
    if cells[place].width == 2, column + 1 < size.columns { blank(place + 1) }
    cells[place] = cell
  }

  private mutating func blank(_ place: Int) {
    cells[place] = Cell(text: " ", width: 1, style: cells[place].style)
  }
}
