import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// The newest entry about a removal that was kept back, of each partition.
  func withheld(job: String, keys: [PartitionKey]?) throws
    -> PartitionRecords<WithheldRemoval>
  {
    var entries: [ExactText: WithheldRemoval] = [:]
    var inputs: [ExactText: [String: VersionReference]] = [:]
    try forEachRow(Self.newestWithheld, [job]) { row in
      let path: ExactText = try row.value(0, "output_partition.path")
      let input: String? = try row.value(8, "withheld_input.input")
      if let input {
        inputs[path, default: [:]][input] = VersionReference(
          version: try row.value(9, "version.id"), identity: try row.value(10, "version.identity"))
      }
      entries[path] = WithheldRemoval(
        run: try row.value(1, "withholding.run"),
        count: RemovalCount(
          earlier: try row.value(4, "withholding.earlier"),
          new: try row.value(5, "withholding.new"),
          published: try row.value(6, "withholding.published"),
          limit: try row.value(7, "withholding.share")),
        definition: try row.value(3, "withheld.definition"), inputs: inputs[path] ?? [:],
        releasedBy: try row.value(2, "withheld.released_by"))
    }
    return try PartitionRecords(entries.lazy.map { ($0.key, $0.value) }, keys: keys)
  }

  /// One index seek a partition, as for positions.
  static let newestWithheld = """
    SELECT p.path, h.run, e.released_by, e.definition, h.earlier, h.new, h.published, h.share,
      i.input, v.id, v.identity
    FROM output_partition p
    CROSS JOIN withheld e ON e.id = (SELECT max(id) FROM withheld WHERE partition = p.id)
    CROSS JOIN withholding h ON h.run = e.withholding
    LEFT JOIN withheld_input i ON i.withheld = e.id
    LEFT JOIN version v ON v.number = i.version
    WHERE p.job = ?
    ORDER BY p.path
    """

  /// Records what a run keeps back, with the figures that say why.
  func withhold(_ units: [WithheldUnit], run: RunID, job: String, count: RemovalCount) throws {
    try self.run(
      "INSERT INTO withholding (run, earlier, new, published, share) VALUES (?, ?, ?, ?, ?)",
      [run, count.earlier, count.new, count.published, count.limit])
    for unit in units {
      try self.run(
        "INSERT INTO withheld (partition, withholding, definition) VALUES (?, ?, ?)",
        [try numberOfPartition(unit.partition.path, job: job), run, unit.definition])
      let entry = lastInsertedRowID
      for (input, version) in unit.inputs {
        try self.run(
          "INSERT INTO withheld_input (withheld, input, version) VALUES (?, ?, ?)",
          [entry, input, try numberOfVersion(version)])
      }
      let record = WorkUnitRecord(
        partition: unit.partition, state: .held, rows: 0, bytes: 0, reason: unit.reason,
        message: nil)
      guard try insertUnit(record, run: run, job: job) else {
        throw LedgerError.unitCommitted(run: run, partition: unit.partition.path)
      }
    }
  }

  /// Lets go of what was kept back of a partition; nothing when nothing was.
  func release(_ path: ExactText, run: RunID, job: String) throws {
    let partition = try numberOfPartition(path, job: job)
    guard let held = try number("SELECT max(id) FROM withheld WHERE partition = ?", [partition])
    else { return }
    try self.run(
      """
      INSERT INTO withheld (partition, withholding, released_by, definition)
      SELECT partition, withholding, ?, definition FROM withheld WHERE id = ?
      """,
      [run, held])
    try self.run(
      """
      INSERT INTO withheld_input (withheld, input, version)
      SELECT ?, input, version FROM withheld_input WHERE withheld = ?
      """,
      [lastInsertedRowID, held])
  }
}
