import PartitionPredicate

/// Parses the spelling of a type, byte by byte.
struct ColumnTypeParser {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  /// The neutral name for every name of a type without parts, in upper case.
  static let names: [ExactText: String] = {
    let names: [String: [String]] = [
      "BIGINT": ["INT8", "INT64", "LONG", "OID"], "BIGNUM": ["VARINT"],
      "BIT": ["BITSTRING"], "BLOB": ["BINARY", "BYTEA", "VARBINARY"],
      "BOOLEAN": ["BOOL", "LOGICAL"], "DATE": [], "DECIMAL": ["DEC", "NUMERIC"],
      "DOUBLE": ["FLOAT8", "DOUBLE PRECISION"], "FLOAT": ["FLOAT4", "REAL"], "GEOMETRY": [],
      "HUGEINT": ["INT128"], "INTEGER": ["INT", "INT4", "INT32", "INTEGRAL", "SIGNED"],
      "INTERVAL": [], "JSON": [], "SMALLINT": ["INT2", "INT16", "SHORT"],
      "TIME": ["TIME WITHOUT TIME ZONE"], "TIME WITH TIME ZONE": ["TIMETZ"], "TIME_NS": [],
      "TIMESTAMP": ["DATETIME", "TIMESTAMP_US", "TIMESTAMP WITHOUT TIME ZONE"],
      "TIMESTAMP WITH TIME ZONE": ["TIMESTAMPTZ"], "TIMESTAMP_MS": [], "TIMESTAMP_NS": [],
      "TIMESTAMP_S": [], "TINYINT": ["INT1"], "UBIGINT": ["UINT64"], "UHUGEINT": ["UINT128"],
      "UINTEGER": ["UINT32"], "USMALLINT": ["UINT16"], "UTINYINT": ["UINT8"], "UUID": ["GUID"],
      "VARCHAR": [
        "BPCHAR", "CHAR", "CHARACTER", "CHARACTER VARYING", "NVARCHAR", "STRING", "TEXT",
      ], "VARIANT": [],
    ]
    return names.reduce(into: [:]) { known, entry in
      for name in [entry.key] + entry.value { known[name.exact] = entry.key }
    }
  }()

  /// The whole text as a type; nil when it is spelled in another way.
  mutating func parse() -> ColumnType? {
    guard let type = type() else { return nil }
    skipSpace()
    return rest.isEmpty ? type : nil
  }

  private mutating func type() -> ColumnType? {
    guard var type = base() else { return nil }
    while take("[") {
      let digits = word()
      guard take("]") else { return nil }
      if digits.isEmpty {
        type = .list(type)
      } else {
        guard let count = Int(digits) else { return nil }
        type = .array(type, count)
      }
    }
    return type
  }

  private mutating func base() -> ColumnType? {
    if let name = quoted() {
      return .scalar("\"\(name.exact.replacing(every: "\"", with: "\"\""))\"")
    }
    let name = words()
    switch name {
    case "": return nil
    case "STRUCT", "ROW": return fields().map { .structure($0) }
    case "UNION": return fields().map { .union($0) }
    case "MAP":
      guard take("("), let key = type(), take(","), let value = type(), take(")") else {
        return nil
      }
      return .map(key, value)
    default: return parameters().map { .scalar(Self.scalar(name, $0)) }
    }
  }

  /// A type without parts, with the content of the parentheses after its name.
  private static func scalar(_ name: ExactText, _ parameters: [String]) -> String {
    switch (names[name], parameters.count) {
    case ("DECIMAL", 0): "DECIMAL(18,3)"
    case ("DECIMAL", 1): "DECIMAL(\(parameters[0]),0)"
    case ("DECIMAL", 2): "DECIMAL(\(parameters[0]),\(parameters[1]))"
    case ("VARCHAR", 1): "VARCHAR"  // The length bounds nothing.
    case (let known, 0): known ?? name.text
    default: "\(name)(\(parameters.joined(separator: ", ")))"
    }
  }

  private mutating func fields() -> [ColumnType.Field]? {
    guard take("(") else { return nil }
    var fields: [ColumnType.Field] = []
    repeat {
      let name = quoted() ?? word()
      guard !name.isEmpty, let type = type() else { return nil }
      fields.append(ColumnType.Field(name: name, type: type))
    } while take(",")
    return take(")") ? fields : nil
  }

  /// The content of the parentheses of `DECIMAL(18,3)` or `ENUM('a', 'b)')`; empty without any.
  private mutating func parameters() -> [String]? {
    guard take("(") else { return [] }
    var parameters: [String] = []
    repeat {
      skipSpace()
      var isQuoted = false
      let parameter = rest.prefix { byte in
        if byte == UInt8(ascii: "'") { isQuoted.toggle() }
        return isQuoted || byte != UInt8(ascii: ",") && byte != UInt8(ascii: ")")
      }
      rest = rest.dropFirst(parameter.count)
      let end = parameter.lastIndex { !Self.isSpace($0) } ?? parameter.startIndex
      guard !parameter.isEmpty else { return nil }
      parameters.append(String(Substring(parameter[...end])))
    } while take(",")
    return take(")") ? parameters : nil
  }

  /// A quoted name, in which two quotes stand for one.
  private mutating func quoted() -> String? {
    guard take("\"") else { return nil }
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") {
        guard rest.first == byte else { return String(decoding: bytes, as: UTF8.self) }
        rest.removeFirst()
      }
      bytes.append(byte)
    }
    return nil
  }

  /// Words with one space between them, in upper case.
  private mutating func words() -> ExactText {
    var words: [String] = []
    while case let word = word(), !word.isEmpty { words.append(word) }
    return words.joined(separator: " ").exact.uppercased
  }

  private mutating func word() -> String {
    skipSpace()
    let word = rest.prefix { byte in
      byte >= 0x80 || "_$".utf8.contains(byte) || ("0"..."9").contains(Unicode.Scalar(byte))
        || ("a"..."z").contains(Unicode.Scalar(byte | 0x20))
    }
    rest = rest.dropFirst(word.count)
    return String(Substring(word))
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func skipSpace() { rest = rest.drop(while: Self.isSpace) }

  private static func isSpace(_ byte: UInt8) -> Bool { " \t\n\r".utf8.contains(byte) }
}
