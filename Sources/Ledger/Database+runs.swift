import Foundation
import GRDB
import IncrementalJoin

extension Database {
  /// Marks the runs of a job that never ended, and closes their leases.
  ///
  /// - Returns: Whether there was one.
  @discardableResult
  func interruptRuns(job: String, at now: Date) throws -> Bool {
    try run(
      """
      UPDATE lease SET released_at = ?
      WHERE released_at IS NULL
      AND run IN (SELECT id FROM run WHERE job = ? AND state = 'running')
      """,
      [now.microseconds, job])
    try run("UPDATE run SET state = 'interrupted' WHERE job = ? AND state = 'running'", [job])
    return changesCount > 0
  }

  /// Records a run that begins, and the lease of its output.
  func insertRun(
    job: String, kind: RunKind, plan: String, listedAt: Date, startedAt: Date, holder: LockHolder
  ) throws -> RunID {
    try run(
      """
      INSERT INTO run (job, kind, plan, state, listed_at, started_at)
      VALUES (?, ?, ?, 'running', ?, ?)
      """,
      [job, kind.rawValue, plan, listedAt.microseconds, startedAt.microseconds])
    let run = lastInsertedRowID
    try self.run(
      """
      INSERT INTO lease (run, user, host, process, workspace, taken_at) VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        run, holder.user, holder.host, holder.process, holder.workspace,
        holder.since.microseconds,
      ])
    return run
  }

  /// Records how a run ended, and closes its lease.
  func finishRun(_ run: RunID, state: RunState, at now: Date, bytesRead: Int64, filesRead: Int)
    throws
  {
    try self.run(
      """
      UPDATE run SET state = ?, finished_at = ?, bytes_read = ?, files_read = ?
      WHERE id = ? AND state = 'running'
      """,
      [state.rawValue, now.microseconds, bytesRead, filesRead, run])
    guard changesCount == 1 else { throw LedgerError.notRunning(run: run) }
    try self.run("UPDATE lease SET released_at = ? WHERE run = ?", [now.microseconds, run])
  }

  /// The job of a run that has not ended.
  func job(ofRunning run: RunID) throws -> String {
    let statement = try cachedStatement(
      sql: "SELECT job FROM run WHERE id = ? AND state = 'running'")
    guard let job = try String.fetchOne(statement, arguments: [run]) else {
      throw LedgerError.notRunning(run: run)
    }
    return job
  }

  /// The job of a run.
  func job(of run: RunID) throws -> String {
    let statement = try cachedStatement(sql: "SELECT job FROM run WHERE id = ?")
    guard let job = try String.fetchOne(statement, arguments: [run]) else {
      throw LedgerError.unknownRun(run: run)
    }
    return job
  }

  /// Runs, newest first; of all jobs when `job` is nil.
  func runs(job: String?, limit: Int) throws -> [RunRecord] {
    var records: [RunRecord] = []
    var arguments: StatementArguments = [max(0, limit)]
    if let job { arguments = [job, max(0, limit)] }
    try forEachRow(Self.runs(ofOneJob: job != nil), arguments) { row in
      let finishedAt: Int64? = row[7]
      records.append(
        RunRecord(
          id: row[0], job: row[1], kind: try row.name(2), plan: row[3], state: try row.name(4),
          listedAt: Date(microseconds: row[5]), startedAt: Date(microseconds: row[6]),
          finishedAt: finishedAt.map { Date(microseconds: $0) }, user: row[8],
          committed: row[9], failed: row[10], rows: row[11], bytesRead: row[12],
          filesRead: row[13]))
    }
    return records
  }

  static func runs(ofOneJob: Bool) -> String {
    """
    SELECT r.id, r.job, r.kind, r.plan, r.state, r.listed_at, r.started_at, r.finished_at, l.user,
      count(u.run) FILTER (WHERE u.state IN ('committed', 'removed')),
      count(u.run) FILTER (WHERE u.state = 'failed'),
      coalesce(sum(u.rows) FILTER (WHERE u.state = 'committed'), 0),
      r.bytes_read, r.files_read
    FROM (SELECT * FROM run \(ofOneJob ? "WHERE job = ?" : "") ORDER BY id DESC LIMIT ?) r
    JOIN lease l ON l.run = r.id
    LEFT JOIN work_unit u ON u.run = r.id
    GROUP BY r.id
    ORDER BY r.id DESC
    """
  }
}

extension Row {
  /// The case that a column names.
  func name<Name: RawRepresentable<String>>(_ index: Int) throws -> Name {
    let text: String = self[index]
    guard let name = Name(rawValue: text) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(Name.self) cannot be \(text)")
    }
    return name
  }
}
