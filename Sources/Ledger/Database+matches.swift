import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  static let matchColumns = """
    m.left_input, m.right_input, m.left_rows, m.right_rows, m.left_matched, m.right_matched,
      m.pairs, m.fan_out
    """

  /// How well inputs matched in what a job committed, newest run first, then by partition.
  func matches(job: String, keys: [PartitionKey]?, run: RunID?) throws -> [MatchRecord] {
    var records: [MatchRecord] = []
    try forEachRow(Self.matches, [job, run ?? 0, run ?? .max]) { row in
      records.append(
        MatchRecord(
          run: try row.value(8, "run.id"), partition: try row.partition(9, keys),
          match: try InputMatch(row), isUndone: try row.value(10, "position.undone")))
    }
    return records
  }

  static let matches = """
    SELECT \(matchColumns), r.id, p.path,
      EXISTS (SELECT 1 FROM position e WHERE e.partition = j.partition AND e.undone = r.id)
    FROM run r
    CROSS JOIN publish j ON j.run = r.id AND j.state = 'committed'
    CROSS JOIN output_partition p ON p.id = j.partition
    CROSS JOIN publish_match m ON m.publish = j.id
    WHERE r.job = ? AND r.id BETWEEN ? AND ?
    ORDER BY r.id DESC, p.path COLLATE partition_path, j.id, m.ordinal
    """
}

extension InputMatch {
  /// Reads the columns of `Database.matchColumns`.
  init(_ row: Row) throws {
    self.init(
      left: try row.value(0, "publish_match.left_input"),
      right: try row.value(1, "publish_match.right_input"),
      leftRows: try row.value(2, "publish_match.left_rows"),
      rightRows: try row.value(3, "publish_match.right_rows"),
      leftMatched: try row.value(4, "publish_match.left_matched"),
      rightMatched: try row.value(5, "publish_match.right_matched"),
      pairs: try row.value(6, "publish_match.pairs"),
      fanOut: try row.value(7, "publish_match.fan_out"))
  }
}
