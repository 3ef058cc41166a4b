import PartitionPredicate
import Testing

@testable import DuckDBEngine

/// A DuckDB table with one row a partition, its columns of the keys' names and types.
struct PredicateTable {
  let connection: Connection
  let keys: [PartitionKey]

  init(_ rows: [[PartitionValue]], keys: [PartitionKey]) async throws {
    connection = try Connection(to: Database())
    self.keys = keys
    let columns = keys.map { "\($0.name.sqlIdentifier) \($0.type.sqlType)" }
    try await run("CREATE TABLE partitions (row BIGINT, \(columns.joined(separator: ", ")))")
    let tuples = rows.enumerated().map { index, row in
      let constants = zip(keys, row).map { BoundKey(key: $0, value: $1).sqlConstant }
      return "(\(index), \(constants.joined(separator: ", ")))"
    }
    for start in stride(from: 0, to: tuples.count, by: 2000) {
      let some = tuples[start..<min(start + 2000, tuples.count)]
      try await run("INSERT INTO partitions VALUES \(some.joined(separator: ", "))")
    }
  }

  @discardableResult
  private func run(_ sql: String) async throws -> [[String?]] {
    try await connection.query(sql).rows.map { try $0.spelled() }
  }

  /// The truth of every row, for every predicate.
  func truths(_ predicates: [String]) async throws -> [[Truth]] {
    guard !predicates.isEmpty else { return [] }
    let columns = predicates.map { "CAST((\($0)) AS VARCHAR)" }.joined(separator: ", ")
    let rows = try await run("SELECT \(columns) FROM partitions ORDER BY row")
    return predicates.indices.map { column in
      rows.map { $0[column].map { $0 == "true" ? .isTrue : .isFalse } ?? .isNull }
    }
  }

  /// The rows that a condition selects.
  func selected(_ condition: String) async throws -> Set<Int> {
    Set(
      try await run("SELECT row FROM partitions WHERE \(condition)")
        .compactMap { $0[0].flatMap { Int($0) } })
  }
}
