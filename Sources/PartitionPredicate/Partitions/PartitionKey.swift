/// One column by which a table is partitioned: a level of `name=value` folders.
public struct PartitionKey: Hashable, Sendable {
  /// The column's name as declared.
  ///
  /// Names are compared ignoring case.
  @ExactText public var name: String
  /// How the text in the path is read and compared.
  public let type: KeyType

  /// Creates a key from its declaration.
  public init(name: String, type: KeyType) {
    _name = ExactText(name)
    self.type = type
  }
}

/// The declared type of a partition key.
///
/// Partition values are text in a path; the type says how they compare.
public enum KeyType: Hashable, Sendable {
  case string
  case int
  case bigint
  case date
  /// Microseconds in UTC.
  case timestamp
  case decimal(precision: Int, scale: Int)
  case boolean
}

extension KeyType: CustomStringConvertible {
  /// The spelling of `dovetail.yaml`, of Hive and of Spark: `int`, `decimal(5,2)`.
  public var description: String {
    switch self {
    case .string: "string"
    case .int: "int"
    case .bigint: "bigint"
    case .date: "date"
    case .timestamp: "timestamp"
    case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
    case .boolean: "boolean"
    }
  }

  /// Reads the spelling that `description` writes, ignoring case; nil when it is no such type.
  public init?(_ text: String) {
    let text = text.exact.lowercased.replacing(every: " ", with: "")
    switch text {
    case "string": self = .string
    case "int": self = .int
    case "bigint": self = .bigint
    case "date": self = .date
    case "timestamp": self = .timestamp
    case "boolean": self = .boolean
    default:
      guard text.begins(with: "decimal("), text.ends(with: ")") else { return nil }
      let parts = text.text.utf8.dropFirst(8).dropLast()
        .split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        .map { Int(Substring($0)) }
      guard parts.count == 2, let precision = parts[0], let scale = parts[1],
        (1...38).contains(precision), (0...precision).contains(scale)
      else { return nil }
      self = .decimal(precision: precision, scale: scale)
    }
  }
}
