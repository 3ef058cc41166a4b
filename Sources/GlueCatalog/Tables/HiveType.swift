import IncrementalJoin
import PartitionPredicate

/// A type in Hive's spelling, taken apart: `struct<a:int,b:array<decimal(10,2)>>`.
struct HiveType: Equatable {
  /// The same type as the engines know it.
  let columnType: ColumnType
  /// Whether there is a `timestamp` in it, which may be an instant or what a clock shows.
  private(set) var isAmbiguous = false

  /// Reads a type; nil for one that is spelled otherwise, or that is not read, such as `uniontype<…>`.
  init?(_ text: String) {
    var parser = HiveTypeParser(text)
    guard let type = parser.parse() else { return nil }
    columnType = type
    isAmbiguous = parser.hasTimestamp
  }

  /// Whether it has no parts.
  var isPlain: Bool { if case .scalar = columnType { true } else { false } }

  /// The type of a partition key; nil where a key has no such type.
  var keyType: KeyType? {
    guard case .scalar(let name) = columnType else { return nil }
    switch name.exact {
    case "VARCHAR": return .string
    case "TINYINT", "SMALLINT", "INTEGER": return .int
    case "BIGINT": return .bigint
    case "DATE": return .date
    case "TIMESTAMP": return .timestamp
    case "BOOLEAN": return .boolean
    default: return KeyType(name)
    }
  }
}

/// Reads Hive's spelling byte by byte; names of fields may be of any bytes but those that end them.
private struct HiveTypeParser {
  private var rest: Substring.UTF8View
  private(set) var hasTimestamp = false

  init(_ text: String) { rest = text[...].utf8 }

  mutating func parse() -> ColumnType? {
    guard let type = type() else { return nil }
    skipSpace()
    return rest.isEmpty ? type : nil
  }

  private static let names: [ExactText: String] = [
    "string": "VARCHAR", "varchar": "VARCHAR", "char": "VARCHAR", "tinyint": "TINYINT",
    "smallint": "SMALLINT", "int": "INTEGER", "integer": "INTEGER", "bigint": "BIGINT",
    "long": "BIGINT", "float": "FLOAT", "double": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE",
    "timestamp": "TIMESTAMP", "timestamp with local time zone": "TIMESTAMP WITH TIME ZONE",
    "timestamp with time zone": "TIMESTAMP WITH TIME ZONE", "binary": "BLOB",
  ]

  private mutating func type() -> ColumnType? {
    skipSpace()
    let word = ExactText(Substring(rest.prefix { Self.isOfName($0) || $0 == 0x20 })).lowercased
    rest = rest.dropFirst(word.text.utf8.count)
    let name = word.parts(separatedBy: " ").joined(separator: " ")
    switch name {
    case "array":
      guard take("<"), let element = type(), take(">") else { return nil }
      return .list(element)
    case "map":
      guard take("<"), let key = type(), take(","), let value = type(), take(">") else {
        return nil
      }
      return .map(key, value)
    case "struct": return fields()
    case "decimal", "numeric": return decimal()
    default:
      if name == "varchar" || name == "char", take("(") {
        _ = number()
        guard take(")") else { return nil }
      }
      if name == "timestamp" { hasTimestamp = true }
      return Self.names[name].map { .scalar($0) }
    }
  }

  /// Without parts it has 10 digits and no fraction.
  private mutating func decimal() -> ColumnType? {
    var (precision, scale) = (10, 0)
    if take("(") {
      guard let digits = number() else { return nil }
      precision = digits
      if take(",") {
        guard let digits = number() else { return nil }
        scale = digits
      }
      guard take(")") else { return nil }
    }
    guard (1...38).contains(precision), (0...precision).contains(scale) else { return nil }
    return .scalar("DECIMAL(\(precision),\(scale))")
  }

  private mutating func fields() -> ColumnType? {
    guard take("<") else { return nil }
    var fields: [ColumnType.Field] = []
    repeat {
      skipSpace()
      let name = rest.prefix { $0 != UInt8(ascii: ":") }
      rest = rest.dropFirst(name.count)
      guard !name.isEmpty, take(":"), let type = type() else { return nil }
      fields.append(ColumnType.Field(name: String(Substring(name)), type: type))
    } while take(",")
    return take(">") ? .structure(fields) : nil
  }

  private mutating func number() -> Int? {
    skipSpace()
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest.dropFirst(digits.count)
    return Int(Substring(digits))
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func skipSpace() { rest = rest.drop { $0 == 0x20 } }

  private static func isOfName(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F
  }
}
