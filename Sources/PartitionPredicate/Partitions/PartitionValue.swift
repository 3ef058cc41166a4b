/// The value of one partition key, typed so that `01` and `1` of an int key are one value.
public enum PartitionValue: Sendable {
  /// The folder `name=__HIVE_DEFAULT_PARTITION__`.
  case null
  case boolean(Bool)
  /// A value of an `int` or `bigint` key.
  case integer(Int64)
  /// A decimal as its digits without the point; the scale is the key's.
  case decimal(unscaled: Int128, scale: Int)
  /// Days since 1970-01-01.
  case date(days: Int)
  /// Microseconds since 1970-01-01 00:00:00 UTC.
  case timestamp(microseconds: Int64)
  case string(String)
}

extension PartitionValue: Hashable {
  /// Strings are equal byte by byte, as in paths and in SQL; Swift's own equality would take two
  /// Unicode spellings of one character for one value.
  public static func == (left: PartitionValue, right: PartitionValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.decimal(let a, _), .decimal(let b, _)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.timestamp(let a), .timestamp(let b)): a == b
    case (.string(let a), .string(let b)): a.exact == b.exact
    default: false
    }
  }

  /// Hashes what equality compares: a decimal's scale does not count, and strings are bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    switch self {
    case .null: break
    case .boolean(let flag): hasher.combine(flag)
    case .integer(let number): hasher.combine(number)
    case .decimal(let unscaled, _): hasher.combine(unscaled)
    case .date(let days): hasher.combine(days)
    case .timestamp(let microseconds): hasher.combine(microseconds)
    case .string(let text): hasher.combine(text.exact)
    }
  }
}

extension PartitionValue: Comparable {
  /// Orders the values of one key; NULL comes first, as in Spark.
  public static func < (left: PartitionValue, right: PartitionValue) -> Bool {
    switch (left, right) {
    case (.null, .null): false
    case (.null, _): true
    case (.boolean(let a), .boolean(let b)): !a && b
    case (.integer(let a), .integer(let b)): a < b
    case (.decimal(let a, _), .decimal(let b, _)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.timestamp(let a), .timestamp(let b)): a < b
    case (.string(let a), .string(let b)): a.exact < b.exact
    default: left.rank < right.rank
    }
  }

  /// Values of different kinds never meet in one key; the rank only makes the order total.
  private var rank: Int {
    switch self {
    case .null: 0
    case .boolean: 1
    case .integer: 2
    case .decimal: 3
    case .date: 4
    case .timestamp: 5
    case .string: 6
    }
  }
}
