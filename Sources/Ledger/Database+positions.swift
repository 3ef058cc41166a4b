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
    SELECT p.path, e.run, e.definition, \(columns), i.input, v.id, v.identity
    FROM output_partition p
    CROSS JOIN \(table) e ON e.id = (SELECT max(id) FROM \(table) WHERE partition = p.id)
    LEFT JOIN \(table)_input i ON i.\(table) = e.id
    LEFT JOIN version v ON v.number = i.version
    WHERE p.job = ?
    ORDER BY p.path
    """
  }

  private struct Entry {
    let run: RunID
    let definition: String
    let rows: Int64
    let bytes: Int64
    var inputs: [String: VersionReference] = [:]
  }

  private func newest(_ sql: String, job: String) throws -> [String: Entry] {
    var entries: [String: Entry] = [:]
    try forEachRow(sql, [job]) { row in
      let path: String = row[0]
      var entry =
        entries.removeValue(forKey: path)
        ?? Entry(run: row[1], definition: row[2], rows: row[3], bytes: row[4])
      if let input: String = row[5] {
        entry.inputs[input] = VersionReference(version: row[6], identity: row[7])
      }
      entries[path] = entry
    }
    return entries
  }
}
