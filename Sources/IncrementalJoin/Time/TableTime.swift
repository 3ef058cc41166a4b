public import PartitionPredicate

/// When the rows of a table happen, as `time:` of the table declares it.
public struct TableTime: Hashable, Sendable {
  /// The column with a row's time.
  @ExactText public var column: String
  /// The unit in a column of integers; nil for one of dates or timestamps.
  public let unit: EpochUnit?
  /// The clock of the partition keys, and of a column without a zone: a name of the IANA database.
  @ExactText public var zone: String
  /// What the partition keys say about the time of their rows.
  public let keys: TimeKeys
  /// How far outside its partition's span a row's time may lie.
  public let slack: Duration
  /// What happens to a row whose time lies farther outside.
  public let misplaced: MisplacedRows

  /// Creates the time of a table.
  public init(
    column: String, unit: EpochUnit? = nil, zone: String = "UTC", keys: TimeKeys,
    slack: Duration = .zero, misplaced: MisplacedRows = .fail
  ) {
    _column = ExactText(column)
    self.unit = unit
    _zone = ExactText(zone)
    self.keys = keys
    self.slack = slack
    self.misplaced = misplaced
  }
}

/// The unit in a column that counts time from 1970-01-01 UTC.
public enum EpochUnit: String, Hashable, Sendable, CaseIterable {
  case seconds = "s"
  case milliseconds = "ms"
  case microseconds = "us"
}

/// What happens to rows whose time does not lie in the span of their own partition.
public enum MisplacedRows: String, Hashable, Sendable, CaseIterable {
  /// The work unit fails, with file and count.
  case fail
  /// They are left out and counted.
  case skip
}
