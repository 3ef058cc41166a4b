import IncrementalJoin
import PartitionPredicate

extension KeyType {
  /// DuckDB's type for the key's column.
  var sqlType: String {
    switch self {
    case .string: "VARCHAR"
    case .int: "INTEGER"
    case .bigint: "BIGINT"
    case .date: "DATE"
    case .timestamp: "TIMESTAMP"
    case .decimal(let precision, let scale): "DECIMAL(\(precision),\(scale))"
    case .boolean: "BOOLEAN"
    }
  }
}

/// A partition key with its value in one partition.
struct BoundKey: Hashable, Sendable {
  let key: PartitionKey
  let value: PartitionValue

  /// The value as a typed SQL constant.
  var sqlConstant: String {
    let text = value == .null ? "NULL" : value.text.sqlLiteral
    return "CAST(\(text) AS \(key.type.sqlType))"
  }

  /// A condition that is true where an SQL expression is another value than the key's.
  ///
  /// Text is read as the key's type, so that '01' is the int 1. A key of type string is compared as
  /// text, so that 1 is not '01'. Everything else is compared in the wider of the two types.
  func differs(from expression: String, type: String) -> String {
    guard key.type != .string else {
      return "CAST(\(expression) AS VARCHAR) IS DISTINCT FROM \(sqlConstant)"
    }
    guard type == "VARCHAR" else { return "\(expression) IS DISTINCT FROM \(sqlConstant)" }
    let read = "TRY_CAST(\(expression) AS \(key.type.sqlType))"
    return "(\(read) IS DISTINCT FROM \(sqlConstant) "
      + "OR (\(expression) IS NULL) <> (\(sqlConstant) IS NULL))"
  }
}

extension Partition {
  var boundKeys: [BoundKey] { zip(keys, values).map { BoundKey(key: $0, value: $1) } }
}

extension Sequence<PartitionKey> {
  /// The key of a column, ignoring case.
  func named(_ name: String) -> PartitionKey? {
    first { $0.name.isSameName(as: name) }
  }
}

extension Sequence<BoundKey> {
  /// The key of a column, ignoring case.
  func named(_ name: String) -> BoundKey? {
    first { $0.key.name.isSameName(as: name) }
  }
}

extension Sequence<Column> {
  /// The column of a name, ignoring case.
  func named(_ name: String) -> Column? {
    first { $0.name.isSameName(as: name) }
  }
}
