import PartitionPredicate

/// A type of DuckDB as a tree, read from DuckDB's own spelling and written in it.
indirect enum ColumnType: Hashable, Sendable {
  /// A type without parts, in upper case: `BIGINT`, `DECIMAL(18,3)`, `ENUM('a', 'b')`.
  case scalar(String)
  case list(ColumnType)
  case array(ColumnType, Int)
  case structure([Field])
  case map(ColumnType, ColumnType)
  /// One of several types; its spelling inside `UNION(...)` is not looked into.
  case union(String)

  struct Field: Hashable, Sendable {
    @ExactText var name: String
    let type: ColumnType
  }

  /// Reads a type as `DESCRIBE` spells it; what cannot be taken apart is a scalar.
  init(_ text: String) {
    var parser = ColumnTypeParser(text)
    self = parser.parse() ?? .scalar(text)
  }

  /// The type in DuckDB's spelling.
  var sql: String {
    switch self {
    case .scalar(let text), .union(let text): text
    case .list(let element): "\(element.sql)[]"
    case .array(let element, let count): "\(element.sql)[\(count)]"
    case .structure(let fields):
      "STRUCT(\(fields.map { "\($0.name.sqlFieldName) \($0.type.sql)" }.joined(separator: ", ")))"
    case .map(let key, let value): "MAP(\(key.sql), \(value.sql))"
    }
  }

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

/// Takes DuckDB's spelling of a type apart, byte by byte.
private struct ColumnTypeParser {
  private var rest: Substring.UTF8View
  private let text: String

  init(_ text: String) {
    self.text = text
    rest = text[...].utf8
  }

  /// The whole text as a type; nil when it is spelled in another way.
  mutating func parse() -> ColumnType? {
    guard let type = type(), rest.isEmpty else { return nil }
    return type
  }

  private mutating func type() -> ColumnType? {
    guard var type = base() else { return nil }
    while take("[") {
      let digits = rest.prefix { $0 != UInt8(ascii: "]") }
      rest = rest.dropFirst(digits.count)
      guard take("]") else { return nil }
      if digits.isEmpty {
        type = .list(type)
      } else {
        guard let count = Int(String(Substring(digits))) else { return nil }
        type = .array(type, count)
      }
    }
    return type
  }

  private mutating func base() -> ColumnType? {
    let start = rest.startIndex
    let word = rest.prefix { !"()[],\"".utf8.contains($0) }
    rest = rest.dropFirst(word.count)
    switch String(Substring(word)) {
    case "STRUCT": return fields().map { .structure($0) }
    case "MAP":
      guard take("("), let key = type(), take(", "), let value = type(), take(")") else {
        return nil
      }
      return .map(key, value)
    case "UNION":
      guard fields() != nil else { return nil }
      return .union(String(Substring(text.utf8[start..<rest.startIndex])))
    default:
      if rest.first == UInt8(ascii: "\"") { return quoted().map { .scalar("\"\($0)\"") } }
      guard !word.isEmpty, skipParameters() else { return nil }
      return .scalar(String(Substring(text.utf8[start..<rest.startIndex])))
    }
  }

  private mutating func fields() -> [ColumnType.Field]? {
    guard take("(") else { return nil }
    var fields: [ColumnType.Field] = []
    repeat {
      guard let name = name(), take(" "), let type = type() else { return nil }
      fields.append(ColumnType.Field(name: name, type: type))
    } while take(", ")
    return take(")") ? fields : nil
  }

  private mutating func name() -> String? {
    if rest.first == UInt8(ascii: "\"") { return quoted() }
    let word = rest.prefix { $0 != UInt8(ascii: " ") }
    rest = rest.dropFirst(word.count)
    return word.isEmpty ? nil : String(Substring(word))
  }

  /// A name in quotes, in which two quotes stand for one.
  private mutating func quoted() -> String? {
    guard take("\"") else { return nil }
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") {
        guard take("\"") else { return String(decoding: bytes, as: UTF8.self) }
      }
      bytes.append(byte)
    }
    return nil
  }

  /// The rest of `DECIMAL(18,3)` or `ENUM('a', 'b)')`, with quoted texts.
  private mutating func skipParameters() -> Bool {
    guard take("(") else { return true }
    var isQuoted = false
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "'") { isQuoted.toggle() }
      if byte == UInt8(ascii: ")"), !isQuoted { return true }
    }
    return false
  }

  private mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }
}
