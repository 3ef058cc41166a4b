/// The type of an expression in a predicate: those of partition keys, and two that only the
/// evaluation knows.
public enum ValueType: Hashable, Sendable {
  /// The type of the literal NULL, which every other type accepts.
  case null
  case boolean
  case int
  case bigint
  case decimal(precision: Int, scale: Int)
  /// Only compared as, never the type of a key or literal: Spark compares a string with a decimal so.
  case double
  case date
  case timestamp
  case string

  /// The type of a key's values.
  public init(_ type: KeyType) {
    switch type {
    case .string: self = .string
    case .int: self = .int
    case .bigint: self = .bigint
    case .date: self = .date
    case .timestamp: self = .timestamp
    case .decimal(let precision, let scale): self = .decimal(precision: precision, scale: scale)
    case .boolean: self = .boolean
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// Spark's spelling: `int`, `decimal(5,2)`.
  public var description: String {
    switch self {
    case .null: "NULL"
    case .boolean: "boolean"
    case .int: "int"
    case .bigint: "bigint"
    case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
    case .double: "double"
    case .date: "date"
    case .timestamp: "timestamp"
    case .string: "string"
    }
  }
}
