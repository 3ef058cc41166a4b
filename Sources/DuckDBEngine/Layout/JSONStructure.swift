import IncrementalJoin
import PartitionPredicate

/// What DuckDB's `json_group_structure` says of many JSON values: the kinds of their parts.
indirect enum JSONStructure: Hashable, Sendable {
  /// `VARCHAR`, `BIGINT`, `UBIGINT`, `DOUBLE`, `BOOLEAN`; `NULL` for no value; `JSON` for several kinds.
  case scalar(String)
  case array(JSONStructure)
  /// In the order of the names' bytes.
  case object([Field])

  struct Field: Hashable, Sendable {
    @ExactText var name: String
    let value: JSONStructure
  }

  /// Reads DuckDB's answer; nil for another shape.
  init?(_ text: String) {
    var rest = text.utf8[...]
    guard let structure = Self.read(&rest), rest.isEmpty else { return nil }
    self = structure
  }

  /// The names inside, as a type whose scalars are VARCHAR.
  var spelling: ColumnType {
    switch self {
    case .scalar: .scalar("VARCHAR")
    case .array(let element): .list(element.spelling)
    case .object(let fields):
      .structure(fields.map { ColumnType.Field(name: $0.name, type: $0.value.spelling) })
    }
  }

  /// The structure of the values of both: kinds that differ are `JSON`, but for numbers.
  func merged(with other: JSONStructure) -> JSONStructure {
    switch (self, other) {
    case (.scalar("NULL"), _): return other
    case (_, .scalar("NULL")): return self
    case (.scalar(let kind), .scalar(let another)):
      if kind == another { return self }
      let numbers = ["BIGINT", "UBIGINT", "DOUBLE"]
      guard numbers.contains(kind), numbers.contains(another) else { return .scalar("JSON") }
      return .scalar(kind == "DOUBLE" || another == "DOUBLE" ? "DOUBLE" : "BIGINT")
    case (.array(let element), .array(let another)): return .array(element.merged(with: another))
    case (.object(let fields), .object(let others)):
      let mine = fields.map { field in
        let twin = others.first { $0.name.isSameName(as: field.name) }
        return Field(
          name: field.name, value: twin.map { field.value.merged(with: $0.value) } ?? field.value)
      }
      let added = others.filter { field in !fields.contains { $0.name.isSameName(as: field.name) } }
      return .object((mine + added).sorted { $0.name.exact < $1.name.exact })
    default: return .scalar("JSON")
    }
  }

  private static func read(_ rest: inout Substring.UTF8View) -> JSONStructure? {
    switch rest.first {
    case UInt8(ascii: "\""): return string(&rest).map { .scalar($0) }
    case UInt8(ascii: "["):
      rest.removeFirst()
      guard let element = read(&rest), take("]", &rest) else { return nil }
      return .array(element)
    case UInt8(ascii: "{"):
      rest.removeFirst()
      var fields: [Field] = []
      while !take("}", &rest) {
        guard fields.isEmpty || take(",", &rest), let name = string(&rest), take(":", &rest),
          let value = read(&rest)
        else { return nil }
        fields.append(Field(name: name, value: value))
      }
      return .object(fields.sorted { $0.name.exact < $1.name.exact })
    default: return nil
    }
  }

  private static func take(_ character: Unicode.Scalar, _ rest: inout Substring.UTF8View) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// A JSON string.
  private static func string(_ rest: inout Substring.UTF8View) -> String? {
    guard take("\"", &rest) else { return nil }
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      guard let escaped = rest.popFirst() else { return nil }
      switch escaped {
      case UInt8(ascii: "n"): bytes.append(10)
      case UInt8(ascii: "r"): bytes.append(13)
      case UInt8(ascii: "t"): bytes.append(9)
      case UInt8(ascii: "b"): bytes.append(8)
      case UInt8(ascii: "f"): bytes.append(12)
      case UInt8(ascii: "u"):
        // DuckDB escapes only control characters this way.
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        guard let code = UInt32(String(Substring(digits)), radix: 16),
          let scalar = Unicode.Scalar(code)
        else { return nil }
        bytes += Array(String(scalar).utf8)
      default: bytes.append(escaped)
      }
    }
    return nil
  }
}
