import Wording

/// A rectangle of cells.
///
/// Layouts cut their panes off a rectangle, one side at a time.
public struct Rect: Hashable, Sendable {
  /// The top left cell.
  public var origin: Position
  /// The extent in cells.
  public var size: Size

  /// Makes a rectangle.
  public init(origin: Position, size: Size) {
    self.origin = origin
    self.size = size
  }

  /// Makes a rectangle from its four numbers; a negative extent counts as zero.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.init(
      origin: Position(column: column, row: row), size: Size(columns: columns, rows: rows))
  }

  /// The leftmost column.
  public var column: Int { origin.column }
  /// The topmost row.
  public var row: Int { origin.row }
  /// The width in cells.
  public var columns: Int { size.columns }
  /// The height in cells.
  public var rows: Int { size.rows }

  /// Whether the position lies inside.
  public func contains(_ position: Position) -> Bool {
    position.column >= column && position.column &- column < columns
      && position.row >= row && position.row &- row < rows
  }

  /// Takes up to `count` rows off the top and returns them.
  public mutating func cutTop(_ count: Int) -> Rect {
    let count = min(max(0, count), rows)
    let cut = Rect(column: column, row: row, columns: columns, rows: count)
    self = Rect(column: column, row: row &+ count, columns: columns, rows: rows - count)
    return cut
  }

  /// Takes up to `count` rows off the bottom and returns them.
  public mutating func cutBottom(_ count: Int) -> Rect {
    var rest = self
    self = rest.cutTop(rows - min(max(0, count), rows))
    return rest
  }

  /// Takes up to `count` columns off the left and returns them.
  public mutating func cutLeft(_ count: Int) -> Rect {
    let count = min(max(0, count), columns)
    let cut = Rect(column: column, row: row, columns: count, rows: rows)
    self = Rect(column: column &+ count, row: row, columns: columns - count, rows: rows)
    return cut
  }

  /// Takes up to `count` columns off the right and returns them.
  public mutating func cutRight(_ count: Int) -> Rect {
    var rest = self
    self = rest.cutLeft(columns - min(max(0, count), columns))
    return rest
  }

  /// The rectangle without a border of `count` cells on every side.
  public func inset(by count: Int = 1) -> Rect {
    var inner = self
    _ = inner.cutTop(count)
    _ = inner.cutBottom(count)
    _ = inner.cutLeft(count)
    _ = inner.cutRight(count)
    return inner
  }
}
