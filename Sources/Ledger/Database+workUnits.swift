import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// The work units of a run, in the order of their partitions.
  func workUnits(run: RunID, keys: [PartitionKey]?) throws -> [WorkUnitRecord] {
    var units: [WorkUnitRecord] = []
    try forEachRow(
      """
      SELECT p.path, u.state, u.rows, u.bytes, u.reason, u.message
      FROM work_unit u JOIN output_partition p ON p.id = u.partition
      WHERE u.run = ?
      ORDER BY p.path COLLATE partition_path
      """,
      [run]
    ) { units.append(try $0.workUnit(keys)) }
    return units
  }

  static let unitOfRun = """
    SELECT p.path, u.state, u.rows, u.bytes, u.reason, u.message
    FROM output_partition p JOIN work_unit u ON u.run = ? AND u.partition = p.id
    WHERE p.job = ? AND p.path = ?
    """

  /// What a run did with an output partition; nil for nothing.
  func workUnit(of partition: Partition, job: String, run: RunID) throws -> WorkUnitRecord? {
    var unit: WorkUnitRecord?
    try forEachRow(Self.unitOfRun, [run, job, partition.path]) {
      unit = try $0.workUnit(partition.keys)
    }
    return unit
  }

  static let failedUnitsOfRun = """
    SELECT p.path, u.state, u.rows, u.bytes, u.reason, u.message
    FROM work_unit u JOIN output_partition p ON p.id = u.partition
    WHERE u.run = ? AND u.state = 'failed'
    ORDER BY u.partition LIMIT ?
    """

  /// The failed work units of a run, in the order of the numbers of their partitions.
  func failedUnits(run: RunID, keys: [PartitionKey]?, limit: Int) throws -> [WorkUnitRecord] {
    var units: [WorkUnitRecord] = []
    try forEachRow(Self.failedUnitsOfRun, [run, max(0, limit)]) {
      units.append(try $0.workUnit(keys))
    }
    return units
  }

  /// Records a work unit that ended without a commit.
  func record(_ unit: WorkUnitRecord, run: RunID, job: String) throws {
    guard unit.state == .failed || unit.state == .cancelled else {
      throw LedgerError.notPrepared(run: run, partition: unit.partition.path)
    }
    guard try insertUnit(unit, run: run, job: job) else {
      throw LedgerError.unitCommitted(run: run, partition: unit.partition.path)
    }
  }

  /// Records a work unit, unless it is recorded as one that ended well.
  ///
  /// - Returns: Whether it was recorded.
  func insertUnit(_ unit: WorkUnitRecord, run: RunID, job: String) throws -> Bool {
    try self.run(
      """
      INSERT INTO work_unit (run, partition, state, rows, bytes, reason, message)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (run, partition) DO UPDATE SET state = excluded.state, rows = excluded.rows,
        bytes = excluded.bytes, reason = excluded.reason, message = excluded.message
      WHERE state IN ('staged', 'held', 'failed', 'cancelled')
      """,
      [
        run, try numberOfPartition(unit.partition.path, job: job), unit.state.rawValue, unit.rows,
        unit.bytes, unit.reason, unit.message,
      ])
    return changesCount == 1
  }

  /// The number of an output partition, which is stored unless it is known.
  func numberOfPartition(_ path: ExactText, job: String) throws -> Int64 {
    let known = try number(
      "SELECT id FROM output_partition WHERE job = ? AND path = ?", [job, path])
    if let known { return known }
    try run("INSERT INTO output_partition (job, path) VALUES (?, ?)", [job, path])
    return lastInsertedRowID
  }
}

extension Row {
  /// A row of a query for work units.
  fileprivate func workUnit(_ keys: [PartitionKey]?) throws -> WorkUnitRecord {
    WorkUnitRecord(
      partition: try partition(0, keys), state: try name(1, "work_unit.state"),
      rows: try value(2, "work_unit.rows"), bytes: try value(3, "work_unit.bytes"),
      reason: try value(4, "work_unit.reason"), message: try value(5, "work_unit.message"))
  }
}
