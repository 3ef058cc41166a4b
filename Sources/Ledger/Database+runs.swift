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
  func insertRun(_ start: RunStart, startedAt: Date, holder: LockHolder) throws -> RunID {
    try run(
      """
      INSERT INTO run (job, kind, mode, plan, detail, note, state, listed_at, started_at, stages_only,
        takes_back)
      VALUES (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?)
      """,
      [
        start.job, start.kind.rawValue, start.mode.rawValue, start.plan, start.detail, start.note,
        start.listedAt.microseconds, startedAt.microseconds, start.stagesOnly, start.undoes,
      ])
    let run = RunID(lastInsertedRowID)
    try insertLease(of: run, holder: holder)
    return run
  }

  /// Lets a run go on that has staged work units, with a lease of its own for the new holder.
  ///
  /// A run that was interrupted while it published what it had staged can go on, too.
  func resumeRun(_ run: RunID, holder: LockHolder) throws {
    try self.run(
      """
      UPDATE run SET state = 'running', finished_at = NULL
      WHERE id = ? AND state <> 'running' AND (state = 'staged'
        OR EXISTS (SELECT 1 FROM publish j
          WHERE j.run = run.id AND j.state IN ('staged', 'prepared')))
      """,
      [run])
    guard changesCount == 1 else { throw LedgerError.notStaged(run: run) }
    try insertLease(of: run, holder: holder)
  }

  private func insertLease(of run: RunID, holder: LockHolder) throws {
    try self.run(
      """
      INSERT INTO lease (run, user, host, process, workspace, taken_at) VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        run, holder.user, holder.host, holder.process, holder.workspace,
        holder.since.microseconds,
      ])
  }

  /// Records how a run ended, and closes its lease; what a resumed run read and the time that it took come
  /// on top of what it had before.
  func finishRun(_ run: RunID, _ end: RunEnd, at now: Date) throws {
    try self.run(
      """
      UPDATE run SET state = ?, finished_at = ?, bytes_read = bytes_read + ?,
        files_read = files_read + ?, plan_time = plan_time + ?, stage_time = stage_time + ?,
        publish_time = publish_time + ?, commit_time = commit_time + ?
      WHERE id = ? AND state = 'running'
      """,
      [
        end.state.rawValue, now.microseconds, end.bytesRead, end.filesRead,
        end.timings.plan.microseconds, end.timings.stage.microseconds,
        end.timings.publish.microseconds, end.timings.commit.microseconds, run,
      ])
    guard changesCount == 1 else { throw LedgerError.notRunning(run: run) }
    try insertBatches(end.batches, run: run)
    try self.run(
      "UPDATE lease SET released_at = ? WHERE run = ? AND released_at IS NULL",
      [now.microseconds, run])
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
}
