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

  /// The spelling with its article: `an int`.
  var noun: String {
    switch self {
    case .null: "NULL"
    case .int: "an int"
    default: "a \(self)"
    }
  }
}

extension ValueType {
  /// Whether Spark's analyzer accepts `CAST(from AS to)` with ANSI mode off.
  ///
  /// Numbers and booleans are no dates, and nothing but NULL is cast to NULL; every other pair is
  /// accepted, although the value may become NULL.
  static func canCast(from: ValueType, to: ValueType) -> Bool {
    switch (from, to) {
    case (.null, _): true
    case (_, .null): false
    case (.boolean, .date), (.int, .date), (.bigint, .date), (.decimal, .date), (.double, .date):
      false
    default: true
    }
  }
}
