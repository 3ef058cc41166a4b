import Foundation

extension MatchAlarm: CustomStringConvertible {
  /// The sentence for the operator: run, partition, inputs, figures, and the history they are compared with.
  public var description: String {
    let match = record.match
    let place = "Run \(record.run), \(record.partition):"
    let history = "in \(earlier) earlier partitions"
    switch kind {
    case .leftRateFell(let lowest, let median):
      return "\(place) "
        + Self.share(match.leftMatched, of: match.leftRows, match.left, meeting: match.right)
        + "; \(history) at least \(Self.percent(lowest)) did, \(Self.percent(median)) in the median."
    case .rightRateFell(let lowest, let median):
      return "\(place) "
        + Self.share(match.rightMatched, of: match.rightRows, match.right, meeting: match.left)
        + "; \(history) at least \(Self.percent(lowest)) did, \(Self.percent(median)) in the median."
    case .noRows(let input):
      let (other, rows) =
        input == match.left ? (match.right, match.rightRows) : (match.left, match.leftRows)
      return "\(place) the partition has no rows of \(input) for the \(rows) of \(other); "
        + "\(history) both have rows."
    case .fanOutAppeared:
      return "\(place) a row of \(match.left) meets up to \(match.fanOut) rows of \(match.right); "
        + "\(history) none met more than one."
    case .fanOutGrew(let highest):
      return "\(place) a row of \(match.left) meets up to \(match.fanOut) rows of \(match.right); "
        + "\(history) none met more than \(highest)."
    }
  }

  private static func share(
    _ matched: Int64, of rows: Int64, _ input: String, meeting other: String
  ) -> String {
    "\(matched) of \(rows) rows of \(input) (\(percent(Double(matched) / Double(rows)))) meet "
      + other
  }

  private static func percent(_ share: Double) -> String {
    String(format: "%.1f%%", share * 100)
  }
}
