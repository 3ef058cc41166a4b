import GRDB
import IncrementalJoin

extension Database {
  /// The newest position of every output partition of a job, by path.
  func positions(job: String) throws -> [String: Position] {
    try newest(Self.newestPositions, job: job).mapValues { entry in
      Position(run: entry.run, definition: entry.definition, inputs: entry.inputs)
    }
  }

  /// The newest lineage of every output partition of a job, by path.
  func lineages(job: String) throws -> [String: Lineage] {
    try newest(Self.newestLineages, job: job).mapValues { entry in
      Lineage(
        run: entry.run, definition: entry.definition, inputs: entry.inputs, rows: entry.rows,
        bytes: entry.bytes)
    }
  }

  static let newestPositions = newestEntries("position", columns: "0, 0")
  static let newestLineages = newestEntries("lineage", columns: "e.rows, e.bytes")

  /// One index seek a partition, however long its history is; the order comes from the unique index.
  private static func newestEntries(_ table: String, columns: String) -> String {
    """
    SELECT p.id, p.path, e.run, e.definition, \(columns), i.input, v.id, v.identity
    FROM output_partition p
    CROSS JOIN \(table) e ON e.id = (SELECT max(id) FROM \(table) WHERE partition = p.id)
    LEFT JOIN \(table)_input i ON i.\(table) = e.id
    LEFT JOIN version v ON v.number = i.version
    WHERE p.job = ?
    ORDER BY p.path
    """
  }

  private struct Entry {
    let partition: Int64
    let path: String
    let run: RunID
    let definition: String
    let rows: Int64
    let bytes: Int64
    var inputs: [String: VersionReference] = [:]
  }

  private func newest(_ sql: String, job: String) throws -> [String: Entry] {
    var entries: [Entry] = []
    try forEachRow(sql, [job]) { row in
      let partition: Int64 = row[0]
      if entries.last?.partition != partition {
        entries.append(
          Entry(
            partition: partition, path: row[1], run: row[2], definition: row[3], rows: row[4],
            bytes: row[5]))
      }
      if let input: String = row[6] {
        entries[entries.count - 1].inputs[input] = VersionReference(
          version: row[7], identity: row[8])
      }
    }
    return Dictionary(entries.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
  }
}
