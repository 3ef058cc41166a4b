import GRDB
import IncrementalJoin
import PartitionPredicate

extension Row {
  /// The value of a column, by its place in the query.
  ///
  /// - Parameters:
  ///   - index: The column's place, from 0.
  ///   - name: The table and the column, for the error.
  /// - Returns: The value; an optional one is nil for NULL.
  /// - Throws: `DatabaseError` of a damaged ledger for NULL where there must be a value, and for a value of
  ///   another type.
  func value<Value: DatabaseValueConvertible>(
    _ index: Int, _ name: String
  ) throws -> Value {
    // Reading a column directly takes text for 0.
    let stored: DatabaseValue = self[index]
    guard let value = Value.fromDatabaseValue(stored) else { throw unreadable(index, name) }
    return value
  }

  /// The case that a column names.
  func name<Name: RawRepresentable<String>>(_ index: Int, _ name: String) throws -> Name {
    let text: String = try value(index, name)
    guard let value = Name(rawValue: text) else { throw unreadable(index, name) }
    return value
  }

  /// The case that a column names; nil for NULL.
  func optionalName<Name: RawRepresentable<String>>(_ index: Int, _ name: String) throws -> Name? {
    let text: String? = try value(index, name)
    return text == nil ? nil : try self.name(index, name)
  }

  /// The partition that `output_partition.path` names, at its place in the query.
  func partition(_ index: Int, _ keys: [PartitionKey]?) throws -> Partition {
    try Partition(recorded: value(index, "output_partition.path"), keys: keys)
  }

  private func unreadable(_ index: Int, _ name: String) -> DatabaseError {
    let found: DatabaseValue = self[index]
    return DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(name) cannot be \(found)")
  }
}
