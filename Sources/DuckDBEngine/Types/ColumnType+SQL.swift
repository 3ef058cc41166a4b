import IncrementalJoin
import PartitionPredicate

extension ColumnType {
  /// The type in DuckDB's spelling, which names types without parts as the neutral one does.
  var sql: String { spelling(name: \.sqlFieldName) }

  /// The digits and the scale of a DECIMAL.
  var decimal: (precision: Int, scale: Int)? {
    guard case .scalar(let text) = self, text.exact.begins(with: "DECIMAL("),
      text.exact.ends(with: ")")
    else {
      return nil
    }
    let parts = text.utf8.dropFirst("DECIMAL(".utf8.count).dropLast().split(
      separator: UInt8(ascii: ",")
    )
    .map { Int(Substring($0).exact.replacing(every: " ", with: "").text) }
    guard parts.count == 2, let precision = parts[0], let scale = parts[1] else { return nil }
    return (precision, scale)
  }

  /// How many bits an integer has, and whether it has a sign.
  var integer: (bits: Int, isSigned: Bool)? {
    guard case .scalar(let text) = self else { return nil }
    return Self.integers[text.exact]
  }

  private static let integers: [ExactText: (bits: Int, isSigned: Bool)] = [
    "TINYINT": (8, true), "SMALLINT": (16, true), "INTEGER": (32, true), "BIGINT": (64, true),
    "HUGEINT": (128, true), "UTINYINT": (8, false), "USMALLINT": (16, false),
    "UINTEGER": (32, false), "UBIGINT": (64, false), "UHUGEINT": (128, false),
  ]

  /// How many digits of a second a timestamp keeps; nil for other types.
  var timestampDigits: Int? {
    guard case .scalar(let text) = self else { return nil }
    return Self.timestamps[text.exact]
  }

  private static let timestamps: [ExactText: Int] = [
    "TIMESTAMP_S": 0, "TIMESTAMP_MS": 3, "TIMESTAMP": 6, "TIMESTAMP_NS": 9,
    "TIMESTAMP WITH TIME ZONE": 6,
  ]

  /// Whether it has values of other types inside.
  var isNested: Bool {
    switch self {
    case .scalar, .union: false
    case .list, .array, .structure, .map: true
    }
  }
}

extension String {
  /// The name of a field inside a type, in quotes where DuckDB writes it so, but for its own keywords.
  fileprivate var sqlFieldName: String {
    let isPlain = utf8.enumerated().allSatisfy { index, byte in
      byte == UInt8(ascii: "_") || ("a"..."z").contains(Unicode.Scalar(byte))
        || index > 0 && ("0"..."9").contains(Unicode.Scalar(byte))
    }
    return isPlain && !isEmpty && !Self.keywords.contains(exact) ? self : sqlIdentifier
  }

  /// DuckDB's reserved words, which cannot name anything without quotes.
  private static let keywords: Set<ExactText> = [
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "both", "case",
    "cast", "check", "collate", "column", "constraint", "create", "default", "deferrable", "desc",
    "describe", "distinct", "do", "else", "end", "except", "false", "fetch", "for", "foreign",
    "from", "group", "having", "in", "initially", "intersect", "into", "lambda", "lateral",
    "leading", "limit", "not", "null", "offset", "on", "only", "or", "order", "pivot",
    "pivot_longer", "pivot_wider", "placing", "primary", "qualify", "references", "returning",
    "select", "show", "some", "summarize", "symmetric", "table", "then", "to", "trailing", "true",
    "union", "unique", "unpivot", "using", "variadic", "when", "where", "window", "with",
  ]
}
