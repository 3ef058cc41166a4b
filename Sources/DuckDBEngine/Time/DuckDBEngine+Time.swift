import IncrementalJoin
import PartitionPredicate
import Wording

extension DuckDBEngine {
  /// For each unit a sentence for every partition with rows that are not in their place and were left out.
  ///
  /// - Throws: `EngineError.failed` for such rows of a table that must have none.
  func misplacedRows(in query: JoinQuery, on connection: Connection) async throws -> [[String]] {
    var warnings = query.partitions.map { _ in [String]() }
    for (all, sets) in zip(query.relations, query.sets) {
      // Where such rows are an error, it does not matter which units read them.
      let relation = all.input.time?.misplaced == .fail ? sets?.relation ?? all : all
      guard let time = relation.input.time, let reading = relation.reading,
        let sql = query.misplacedRows(relation, reading)
      else { continue }
      for rows in try await MisplacedRowsOfPartition.read(sql, on: connection) {
        let sentence = rows.sentence(in: relation.input.name, time)
        guard time.misplaced == .skip else { throw EngineError.failed(sentence) }
        warnings[rows.unit].append(sentence)
      }
    }
    return warnings
  }

  /// For each unit the inputs of whose rows with equal times only the first one counts.
  func ties(in query: JoinQuery, on connection: Connection) async throws -> [[TiedRows]] {
    var ties = query.partitions.map { _ in [TiedRows]() }
    guard let join = query.firstJoin else { return ties }
    for (number, relation, _) in join.others {
      guard let sql = join.ties(of: number) else { continue }
      for row in try await connection.query(sql).rows {
        ties[Int(try row.number("unit"))].append(
          TiedRows(input: relation.input.name, count: try row.number("tied")))
      }
    }
    return ties
  }
}

/// The rows of a partition in a unit that are not in their place, for one reason.
private struct MisplacedRowsOfPartition {
  let unit: Int
  let partition: String
  let reason: MisplacedReason
  /// The first file with such rows.
  let file: String
  /// The least value of the column; nil where all of them are NULL.
  let example: String?
  var files = 1
  var count: Int64

  static func read(_ sql: String, on connection: Connection) async throws -> [Self] {
    var found: [Self] = []
    for row in try await connection.query(sql).rows {
      guard let reason = MisplacedReason(rawValue: try row.text("reason")) else {
        throw AnswerError(problem: "its \"reason\" is none of those asked for", sql: sql)
      }
      let rows = Self(
        unit: Int(try row.number("unit")), partition: try row.text("partition"),
        reason: reason, file: try row.text("file"), example: try row.optionalText("example"),
        count: try row.number("count"))
      if let last = found.last, last.unit == rows.unit, last.reason == rows.reason,
        last.partition.exact == rows.partition.exact
      {
        found[found.count - 1].files += 1
        found[found.count - 1].count += rows.count
      } else {
        found.append(rows)
      }
    }
    return found
  }

  func sentence(in input: String, _ time: JoinUnit.RowTime) -> String {
    let place = "\(input), partition \(partition): "
    let others = files == 1 ? "" : " and \(files - 1) more"
    let rows = Quantity.count(count, "row")
    let value = example.map { "for example \($0)" } ?? "NULL"
    let found =
      "\(place)\(rows) of \(file)\(others) \(reason.sentence(isOne: count == 1, zone: time.zone)): the column "
      + "\"\(time.column)\" is \(value)"
    if time.misplaced == .skip {
      return "\(found). \(count == 1 ? "It was" : "They were") left out."
    }
    return "\(found). \(reason.advice); the partition stays pending."
  }
}
