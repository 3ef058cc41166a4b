public import IncrementalJoin
import PartitionPredicate

extension DuckDBEngine {
  /// A digest of the rows of an input's files over the table's columns: `rows1:` and 64 hexadecimal digits.
  ///
  /// It is a SHA-256 over the columns, the number of rows and two sums, each of one half of the MD5 of
  /// every row's text. So neither files nor order matter, duplicates count, and two sets of rows that
  /// differ by accident have one digest with a chance of about 2^-128. Partition keys are not part of it, but where
  /// several partitions are read it matters which of them a row is of: it begins with `rows2:` there.
  ///
  /// - Throws: `EngineError`, as staging a unit with the input would; `CancellationError`.
  public func rowDigest(of input: JoinUnit.Input) async throws -> String {
    let unit = JoinUnit(
      transformation: .sql(""), inputs: [input],
      partition: input.members.first?.partition ?? Partition(keys: [], values: []))
    return try await withConnection(for: unit) { connection in
      try await self.rowDigest(of: input, on: connection)
    }
  }

  func rowDigest(of input: JoinUnit.Input, on connection: Connection) async throws -> String {
    var types: [ExactText: String] = [:]
    let input = try await binder.withOwnTypes(input, known: &types, on: connection)
    let groups = try await layouts.groups(of: [input], on: connection)
    let relation = InputRelation(
      input: input, groups: groups[0], otherSpellings: spellings.columns(of: input.name))
    return try await connection.query(Self.digest(of: relation)).onlyRow().text("digest")
  }

  private static func digest(of relation: InputRelation) -> String {
    var place = "dovetail partition"
    while relation.input.columns.named(place) != nil { place += " " }
    // A row that moves to another partition is another one for a job that reads both.
    let places =
      relation.input.members.count > 1
      ? [
        ScanColumn(name: place.sqlIdentifier, type: "VARCHAR") {
          $0.partition.path.text.sqlLiteral
        }
      ] : []
    // Every value is written behind its length, -1 for NULL, so that no two rows have one text.
    let names = relation.input.columns.map(\.name.sqlIdentifier) + places.map(\.name)
    let values = names.map {
      let text = "CAST(\($0) AS VARCHAR)"
      return "coalesce(strlen(\(text)), -1), ':', \(text)"
    }
    // characters: ledgers hold digests that were made so
    let columns = relation.input.columns.map { "\($0.name.lowercased()) \($0.type)" }
    let half = "18446744073709551615::UHUGEINT"
    return """
      SELECT '\(places.isEmpty ? "rows1" : "rows2"):' || sha256(concat_ws(' ', count(*), coalesce(sum(CAST(h >> 64 AS UBIGINT)), 0), \
      coalesce(sum(CAST(h & \(half) AS UBIGINT)), 0), \(columns.joined(separator: "\n").sqlLiteral))) AS digest
      FROM (SELECT md5_number(concat(\((["''"] + values).joined(separator: ", ")))) AS h
      FROM (\(relation.select(keys: [], more: places))))
      """
  }
}
