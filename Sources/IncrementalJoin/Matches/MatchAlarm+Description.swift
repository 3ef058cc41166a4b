import Wording

extension MatchAlarm: CustomStringConvertible {
  /// The sentence for the operator: run, partition, inputs, figures, and the history they are compared with.
  public var description: String { "Run \(record.run), \(record.partition): \(finding)" }

  /// The sentence without its place.
  var finding: String {
    let match = record.match
    let history = "in \(earlier) earlier partitions"
    switch kind {
    case .leftRateFell(let lowest, let median):
      return Self.share(match.leftMatched, of: match.leftRows, match.left, meeting: match.right)
        + "; \(history) \(Self.usual(lowest, median))."
    case .rightRateFell(let lowest, let median):
      return Self.share(match.rightMatched, of: match.rightRows, match.right, meeting: match.left)
        + "; \(history) \(Self.usual(lowest, median))."
    case .noRows(let input):
      let (other, rows) =
        input == match.left ? (match.right, match.rightRows) : (match.left, match.leftRows)
      return "the partition has no rows of \(input) for the \(Quantity.number(rows)) of \(other); "
        + "\(history) both have rows."
    case .fanOutAppeared:
      return "\(fanOut); \(history) none met more than one."
    case .fanOutGrew(let highest):
      return "\(fanOut); \(history) none met more than \(Quantity.number(highest))."
    case .nothingMet(let totals):
      return "none of \(Quantity.count(totals.leftRows, "row")) of \(match.left) meets one of "
        + "\(Quantity.number(totals.rightRows)) of \(match.right) in \(Self.partitions(totals.partitions)); compare the columns of `on:` in both, "
        + "their spelling and their time zone."
    case .meetElsewhere(let stray, let totals):
      return Self.share(totals.leftMatched, of: totals.leftRows, match.left, meeting: match.right)
        + " in \(Self.partitions(totals.partitions)) of the run; of \(stray.sampled) values that meet "
        + "nothing in \(stray.partition), \(stray.found) are in another partition of \(match.right), and "
        + "rows of different partitions never meet. Both inputs must put rows into partitions by the same rule: "
        + "check the time zone, and whether times are of the event or of its arrival."
    }
  }

  private var fanOut: String {
    let match = record.match
    return "a row of \(match.left) meets up to \(Quantity.number(match.fanOut)) rows of "
      + match.right
  }

  private static func partitions(_ count: Int) -> String {
    Quantity.count(count, "partition")
  }

  /// What the least and the median of a history were; the median alone where they do not differ.
  private static func usual(_ lowest: Double, _ median: Double) -> String {
    let (least, middle) = (Quantity.percent(lowest), Quantity.percent(median))
    return least == middle
      ? "\(middle) did" : "at least \(least) did, with a median of \(middle)"
  }

  private static func share(
    _ matched: Int64, of rows: Int64, _ input: String, meeting other: String
  ) -> String {
    "\(Quantity.number(matched)) of \(Quantity.count(rows, "row")) of \(input) "
      + "(\(Quantity.percent(Double(matched) / Double(rows)))) meet \(other)"
  }
}
