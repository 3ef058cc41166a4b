/// A cell's place: column and row, both from zero at the top left.
///
/// It may lie outside a frame.
public struct Position: Hashable, Sendable {
  /// The column, from zero at the left.
  public var column: Int
  /// The row, from zero at the top.
  public var row: Int

  /// Makes a position.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}
