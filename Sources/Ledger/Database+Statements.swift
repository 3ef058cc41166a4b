import Foundation
public import GRDB
import IncrementalJoin
public import PartitionPredicate

extension ExactText: DatabaseValueConvertible {
  /// The text as SQLite stores and compares it: by bytes.
  public var databaseValue: DatabaseValue { text.databaseValue }

  /// Reads a text.
  public static func fromDatabaseValue(_ value: DatabaseValue) -> ExactText? {
    String.fromDatabaseValue(value).map { ExactText($0) }
  }
}

extension Database {
  /// Executes one statement, compiled once a connection.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// The first column of the first row; nil without rows.
  func number(_ sql: String, _ arguments: StatementArguments) throws -> Int64? {
    try Int64.fetchOne(cachedStatement(sql: sql), arguments: arguments)
  }

  /// All rows, one at a time.
  func forEachRow(
    _ sql: String, _ arguments: StatementArguments, _ body: (Row) throws -> Void
  ) throws {
    try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments).forEach(body)
  }
}
