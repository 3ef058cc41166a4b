import Wording

/// A width and a height in character cells; never negative.
public struct Size: Hashable, Sendable {
  /// The number of columns.
  public let columns: Int
  /// The number of rows.
  public let rows: Int

  /// Makes a size; negative numbers count as zero, so a subtraction cannot trap a caller.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

extension Size: CustomStringConvertible {
  /// The size as people write it: `80x24`.
  public var description: String { "\(columns)x\(rows)" }
}
