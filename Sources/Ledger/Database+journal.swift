import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// The output partitions of a job with an open journal entry, in the order of their paths.
  func unfinishedPartitions(job: String, keys: [PartitionKey]?) throws -> [Partition] {
    var partitions: [Partition] = []
    try forEachRow(
      """
      SELECT p.path FROM publish j JOIN output_partition p ON p.id = j.partition
      WHERE j.state = 'prepared' AND p.job = ?
      ORDER BY p.path
      """,
      [job]
    ) { partitions.append(try $0.partition(0, keys)) }
    return partitions
  }

  /// Opens a journal entry; the unit is no longer among the staged ones.
  func preparePublish(_ publish: PreparedPublish, job: String) throws {
    let partition = try numberOfPartition(publish.partition.path, job: job)
    let unfinished = try number(
      "SELECT run FROM publish WHERE partition = ? AND state = 'prepared'", [partition])
    if let unfinished {
      throw LedgerError.unfinished(run: RunID(unfinished), partition: publish.partition.path)
    }
    try takeStaged(run: publish.run, partition: partition)
    try insertPublish(publish, partition: partition, state: "prepared")
  }

  /// Moves lineage, and position where the open journal entry says so, records the work unit and the
  /// digests, and closes the entry.
  func commitPublish(run: RunID, partition: ExactText) throws {
    let entry = try openEntry(run: run, partition: partition)
    try self.run(
      """
      INSERT INTO lineage (run, partition, definition, rows, bytes, content, reading_rules, types,
        removal_allowed, adopted_by)
      SELECT run, partition, definition, rows, bytes, content, reading_rules, types, removal_allowed,
        adopted_by
      FROM publish WHERE id = ?
      """,
      [entry])
    try self.run(
      """
      INSERT INTO lineage_input (lineage, input, version)
      SELECT ?, input, version FROM publish_input WHERE publish = ? AND role = 'read'
      """,
      [lastInsertedRowID, entry])
    try self.run(
      """
      INSERT INTO position (run, partition, definition, undone)
      SELECT run, partition, position_definition, undone FROM publish
      WHERE id = ? AND position_definition IS NOT NULL
      """,
      [entry])
    if changesCount == 1 {
      try self.run(
        """
        INSERT INTO position_input (position, role, input, version)
        SELECT ?, role, input, version FROM publish_input WHERE publish = ? AND role <> 'read'
        """,
        [lastInsertedRowID, entry])
    }
    try self.run(
      """
      INSERT INTO row_digest (version, digest)
      SELECT version, row_digest FROM publish_input
      WHERE publish = ? AND role = 'read' AND row_digest IS NOT NULL
      ON CONFLICT (version) DO NOTHING
      """,
      [entry])
    try self.run(
      """
      INSERT INTO work_unit (run, partition, state, rows, bytes, reason)
      SELECT run, partition, unit_state, iif(unit_state = 'unchanged', 0, rows),
        iif(unit_state = 'unchanged', 0, bytes), reason
      FROM publish WHERE id = ?
      ON CONFLICT (run, partition) DO UPDATE SET state = excluded.state, rows = excluded.rows,
        bytes = excluded.bytes, reason = excluded.reason, message = NULL
      """,
      [entry])
    try self.run("UPDATE publish SET state = 'committed' WHERE id = ?", [entry])
  }

  /// Closes the open journal entry of a publish that was not carried out.
  func rollBackPublish(run: RunID, partition: ExactText) throws {
    let entry = try openEntry(run: run, partition: partition)
    try self.run("UPDATE publish SET state = 'rolled_back' WHERE id = ?", [entry])
  }

  private func openEntry(run: RunID, partition: ExactText) throws -> Int64 {
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
