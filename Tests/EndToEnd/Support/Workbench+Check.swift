import Foundation
import Testing

extension Workbench {
  /// A table's or an output's files as a relation, its keys typed; of `empty` columns without files.
  func relation(_ location: String, keys: String = "k INTEGER", empty: String = "") -> String {
    guard files(location).contains(where: { $0.hasSuffix(".parquet") }) else {
      let columns = (empty.isEmpty ? [] : [empty]) + [keys]
      let casts = columns.joined(separator: ", ").split(separator: ", ").map { column in
        let parts = column.split(separator: " ")
        return "NULL::\(parts[1]) AS \(parts[0])"
      }
      return "(SELECT \(casts.joined(separator: ", ")) WHERE false)"
    }
    guard !keys.isEmpty else {
      return "(SELECT * FROM read_parquet('\(path(location))/*.parquet', union_by_name = true))"
    }
    let types = keys.split(separator: ", ").map { $0.replacing(" ", with: "': ") }
      .map { "'\($0)" }.joined(separator: ", ")
    return """
      (SELECT * FROM read_parquet('\(path(location))/**/*.parquet', union_by_name = true, \
      hive_partitioning = true, hive_types = {\(types)}))
      """
  }

  /// Expects an output to hold exactly the rows of a SELECT, as multisets over all columns by name.
  func expect(
    _ output: String, equals select: String, keys: String = "k INTEGER", columns: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let published = relation(output, keys: keys, empty: columns)
    let names = try await self.columns(of: published)
    #expect(
      names == (try await self.columns(of: "(\(select))")), sourceLocation: sourceLocation)
    let list = names.map { $0.split(separator: " ")[0] }.joined(separator: ", ")
    let (left, right) = ("SELECT \(list) FROM \(published)", "SELECT \(list) FROM (\(select))")
    for (name, difference) in [
      ("too many", "\(left) EXCEPT ALL \(right)"), ("missing", "\(right) EXCEPT ALL \(left)"),
    ] {
      let rows = try await sql("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (\(difference)) LIMIT 5")
      #expect(rows == [], Comment(rawValue: "rows \(name)"), sourceLocation: sourceLocation)
    }
  }

  /// The number of rows of a relation.
  func count(_ relation: String) async throws -> Int {
    let rows = try await sql("SELECT count(*) FROM \(relation)")
    return try #require(rows[0][0].flatMap { Int($0) })
  }

  /// `name TYPE`, sorted by name.
  private func columns(of relation: String) async throws -> [String] {
    try await sql("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(relation))")
      .map { "\($0[0] ?? "") \($0[1] ?? "")" }.sorted()
  }
}
