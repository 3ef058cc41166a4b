/// A type of the table in docs/guide/own-tables.md, "What text is a value".
enum SpelledType: Hashable, Sendable {
  /// A whole number of up to `low` downward and `high` upward, both as digits without a sign.
  case integer(low: String, high: String)
  case decimal(width: Int, scale: Int)
  case double, float
  case boolean
  case date
  case time
  /// A date with a time of this many digits of a second, as an instant where `hasZone`.
  case timestamp(digits: Int, hasZone: Bool)
  case uuid
  case varchar
}

extension SpelledType {
  /// All types that are tried, with the names under which a column declares them.
  static let all: [(name: String, type: SpelledType)] = [
    ("TINYINT", .integer(low: "128", high: "127")),
    ("SMALLINT", .integer(low: "32768", high: "32767")),
    ("INTEGER", .integer(low: "2147483648", high: "2147483647")),
    ("BIGINT", .integer(low: "9223372036854775808", high: "9223372036854775807")),
    (
      "HUGEINT",
      .integer(
        low: "170141183460469231731687303715884105728",
        high: "170141183460469231731687303715884105727")
    ),
    ("UTINYINT", .integer(low: "0", high: "255")),
    ("USMALLINT", .integer(low: "0", high: "65535")),
    ("UINTEGER", .integer(low: "0", high: "4294967295")),
    ("UBIGINT", .integer(low: "0", high: "18446744073709551615")),
    ("UHUGEINT", .integer(low: "0", high: "340282366920938463463374607431768211455")),
    ("DECIMAL(4,1)", .decimal(width: 4, scale: 1)),
    ("DECIMAL(10,2)", .decimal(width: 10, scale: 2)),
    ("DECIMAL(18,0)", .decimal(width: 18, scale: 0)),
    ("DECIMAL(38,10)", .decimal(width: 38, scale: 10)),
    ("FLOAT", .float), ("DOUBLE", .double),
    ("BOOLEAN", .boolean),
    ("DATE", .date), ("TIME", .time),
    ("TIMESTAMP", .timestamp(digits: 6, hasZone: false)),
    ("TIMESTAMP_S", .timestamp(digits: 0, hasZone: false)),
    ("TIMESTAMP_MS", .timestamp(digits: 3, hasZone: false)),
    ("TIMESTAMP_NS", .timestamp(digits: 9, hasZone: false)),
    ("TIMESTAMP WITH TIME ZONE", .timestamp(digits: 6, hasZone: true)),
    ("UUID", .uuid),
    ("VARCHAR", .varchar),
  ]

  /// Whether a JSON number may be a value.
  var isNumeric: Bool {
    switch self {
    case .integer, .decimal, .double, .float: true
    default: false
    }
  }
}
