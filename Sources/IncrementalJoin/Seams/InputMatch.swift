/// How the rows of a join's first input and of another one match in one output partition.
///
/// Rows match when they agree in the columns that the job joins on; a NULL there matches nothing.
public struct InputMatch: Hashable, Sendable, Codable {
  /// The job's first input.
  public let left: String
  /// The other input.
  public let right: String
  /// Rows that the first input has in the partition.
  public let leftRows: Int64
  /// Rows that the other input has in the partition.
  public let rightRows: Int64
  /// Rows of the first input that match at least one row of the other one.
  public let leftMatched: Int64
  /// Rows of the other input that match at least one row of the first one.
  public let rightMatched: Int64
  /// Pairs of matching rows.
  public let pairs: Int64
  /// The most rows of the right side that one row of the left side meets.
  public let fanOut: Int64

  /// Creates a match.
  public init(
    left: String, right: String, leftRows: Int64, rightRows: Int64, leftMatched: Int64,
    rightMatched: Int64, pairs: Int64, fanOut: Int64
  ) {
    self.left = left
    self.right = right
    self.leftRows = leftRows
    self.rightRows = rightRows
    self.leftMatched = leftMatched
    self.rightMatched = rightMatched
    self.pairs = pairs
    self.fanOut = fanOut
  }

  /// The share of the left rows that match a right one, from 0 to 1; nil without left rows.
  public var leftRate: Double? {
    leftRows == 0 ? nil : Double(leftMatched) / Double(leftRows)
  }

  /// The share of the right rows that match a left one, from 0 to 1; nil without right rows.
  public var rightRate: Double? {
    rightRows == 0 ? nil : Double(rightMatched) / Double(rightRows)
  }
}
