/// Why a row does not count in its partition.
enum MisplacedReason: String, CaseIterable {
  /// Its time is another one than its partition covers.
  case outside
  /// It has no time, and its partition covers one.
  case untimed
  /// The clock of its keys shows its time twice.
  case twice
  /// The clock of its keys never shows its time.
  case never

  /// What is wrong with one row or several, up to the column's value.
  func sentence(isOne: Bool, zone: String) -> String {
    switch self {
    case .outside:
      "\(isOne ? "is" : "are") not in the time that the partition covers on the clock of \(zone)"
    case .untimed: "\(isOne ? "has" : "have") no time"
    case .twice: "\(isOne ? "has a time" : "have times") that the clock of \(zone) shows twice"
    case .never: "\(isOne ? "has a time" : "have times") that the clock of \(zone) never shows"
    }
  }

  /// What to do about it.
  var advice: String {
    switch self {
    case .outside:
      "Under `time:` of the table, correct `zone:`, `keys:` or `unit:`, allow with `slack:` how far outside rows may be, or "
        + "leave them out with `misplaced: skip`"
    case .untimed:
      "Rows without a time belong in the partition whose time keys are NULL (`__HIVE_DEFAULT_PARTITION__`), or "
        + "in a table without partitions. Move them there, or leave them out with `misplaced: skip` under `time:` "
        + "of the table"
    case .twice, .never:
      "Write the column as TIMESTAMP WITH TIME ZONE, which says the instant; or, under `time:` of the table, correct "
        + "`zone:` (UTC if times and keys are in UTC), or leave them out with `misplaced: skip`"
    }
  }
}
