import GRDB
import IncrementalJoin

extension Database {
  /// The output partitions of a job with an open journal entry, in the order of their paths.
  func unfinishedPartitions(job: String) throws -> [String] {
    let statement = try cachedStatement(
      sql: """
        SELECT p.path FROM publish j JOIN output_partition p ON p.id = j.partition
        WHERE j.state = 'prepared' AND p.job = ?
        ORDER BY p.path
        """)
    return try String.fetchAll(statement, arguments: [job])
  }

  /// Opens a journal entry, and stores its partition and versions unless they are known.
  func insertPublish(_ publish: PreparedPublish, job: String) throws {
    let partition = try numberOfPartition(publish.partition, job: job)
    let unfinished = try number(
      "SELECT run FROM publish WHERE partition = ? AND state = 'prepared'", [partition])
    if let unfinished {
      throw LedgerError.unfinished(run: unfinished, partition: publish.partition)
    }
    let columns = ActionColumns(publish.action)
    try run(
      """
      INSERT INTO publish (run, partition, state, action, staged_device, staged_inode,
        published_device, published_inode, definition, rows, bytes, reason)
      VALUES (?, ?, 'prepared', ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        publish.run, partition, columns.name, columns.staged?.deviceBits,
        columns.staged?.inodeBits, columns.published?.deviceBits, columns.published?.inodeBits,
        publish.definition, publish.rows, publish.bytes, publish.reason,
      ])
    let entry = lastInsertedRowID
    for (input, version) in publish.inputs {
      try run(
        "INSERT INTO publish_input (publish, input, version) VALUES (?, ?, ?)",
        [entry, input, try numberOfVersion(version)])
    }
  }

  /// Moves lineage and position to what the open journal entry says, records the work unit, and closes the entry.
  func commitPublish(run: RunID, partition: String) throws {
    let entry = try openEntry(run: run, partition: partition)
    try self.run(
      """
      INSERT INTO lineage (run, partition, definition, rows, bytes)
      SELECT run, partition, definition, rows, bytes FROM publish WHERE id = ?
      """,
      [entry])
    try self.run(
      """
      INSERT INTO lineage_input (lineage, input, version)
      SELECT ?, input, version FROM publish_input WHERE publish = ?
      """,
      [lastInsertedRowID, entry])
    try self.run(
      """
      INSERT INTO position (run, partition, definition)
      SELECT run, partition, definition FROM publish WHERE id = ?
      """,
      [entry])
    try self.run(
      """
      INSERT INTO position_input (position, input, version)
      SELECT ?, input, version FROM publish_input WHERE publish = ?
      """,
      [lastInsertedRowID, entry])
    try self.run(
      """
      INSERT INTO work_unit (run, partition, state, rows, bytes, reason)
      SELECT run, partition, iif(rows = 0, 'removed', 'committed'), rows, bytes, reason
      FROM publish WHERE id = ?
      ON CONFLICT (run, partition) DO UPDATE SET state = excluded.state, rows = excluded.rows,
        bytes = excluded.bytes, reason = excluded.reason, message = NULL
      """,
      [entry])
    try self.run("UPDATE publish SET state = 'committed' WHERE id = ?", [entry])
  }

  /// Closes the open journal entry of a publish that was not carried out.
  func rollBackPublish(run: RunID, partition: String) throws {
    let entry = try openEntry(run: run, partition: partition)
    try self.run("UPDATE publish SET state = 'rolled_back' WHERE id = ?", [entry])
  }

  private func openEntry(run: RunID, partition: String) throws -> Int64 {
    let entry = try number(
      """
      SELECT j.id FROM run r
      CROSS JOIN output_partition p ON p.job = r.job AND p.path = ?
      CROSS JOIN publish j ON j.partition = p.id AND j.state = 'prepared' AND j.run = r.id
      WHERE r.id = ?
      """,
      [partition, run])
    guard let entry else { throw LedgerError.notPrepared(run: run, partition: partition) }
    return entry
  }
}
