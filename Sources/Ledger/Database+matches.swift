import GRDB
import IncrementalJoin

extension Database {
  static let matchColumns = """
    m.left_input, m.right_input, m.left_rows, m.right_rows, m.left_matched, m.right_matched,
      m.pairs, m.fan_out
    """

  /// How well inputs matched in what a job committed, newest run first, then by partition.
  func matches(job: String, run: RunID?) throws -> [MatchRecord] {
    var records: [MatchRecord] = []
    try forEachRow(Self.matches, [job, run ?? 0, run ?? .max]) { row in
      records.append(
        MatchRecord(
          run: row[8], partition: row[9], match: InputMatch(row), isTakenBack: row[10]))
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
  init(_ row: Row) {
    self.init(
      left: row[0], right: row[1], leftRows: row[2], rightRows: row[3], leftMatched: row[4],
      rightMatched: row[5], pairs: row[6], fanOut: row[7])
  }
}
