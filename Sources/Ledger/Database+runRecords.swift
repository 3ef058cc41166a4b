import Foundation
import GRDB
import IncrementalJoin

extension Database {
  /// Runs, newest first; of all jobs when `job` is nil.
  func runs(job: String?, limit: Int) throws -> [RunRecord] {
    let limit = max(0, limit)
    guard let job else { return try runRecords(Self.newestRuns, [limit]) }
    return try runRecords(Self.newestRunsOfJob, [job, limit])
  }

  /// One run of any job; nil when there is none of this number.
  func runRecord(_ id: RunID) throws -> RunRecord? {
    try runRecords(Self.oneRun, [id]).first
  }

  static let newestRuns = runs("ORDER BY id DESC LIMIT ?")
  static let newestRunsOfJob = runs("WHERE job = ? ORDER BY id DESC LIMIT ?")
  static let oneRun = runs("WHERE id = ?")

  /// The user is the one that began the run, whoever resumed it; every unit that ended well counts as
  /// committed, also one whose position only moved.
  private static func runs(_ selection: String) -> String {
    """
    SELECT r.id, r.job, r.kind, r.mode, r.plan, r.detail, r.note, r.state, r.listed_at,
      r.started_at, r.finished_at,
      (SELECT user FROM lease WHERE run = r.id ORDER BY id LIMIT 1),
      count(u.run) FILTER (WHERE u.state IN ('committed', 'removed', 'unchanged', 'moved', 'adopted')),
      count(u.run) FILTER (WHERE u.state = 'unchanged'),
      count(u.run) FILTER (WHERE u.state = 'failed'),
      coalesce(sum(u.rows) FILTER (WHERE u.state = 'committed'), 0),
      r.bytes_read, r.files_read, r.plan_time, r.stage_time, r.publish_time, r.commit_time,
      r.stages_only, r.takes_back
    FROM (SELECT * FROM run \(selection)) r
    LEFT JOIN work_unit u ON u.run = r.id
    GROUP BY r.id
    ORDER BY r.id DESC
    """
  }

  private func runRecords(_ sql: String, _ arguments: StatementArguments) throws -> [RunRecord] {
    var records: [RunRecord] = []
    try forEachRow(sql, arguments) { row in
      let finishedAt: Int64? = try row.value(10, "run.finished_at")
      records.append(
        RunRecord(
          id: try row.value(0, "run.id"), job: try row.value(1, "run.job"),
          kind: try row.name(2, "run.kind"), mode: try row.name(3, "run.mode"),
          plan: try row.value(4, "run.plan"),
          detail: try row.value(5, "run.detail"), note: try row.value(6, "run.note"),
          state: try row.name(7, "run.state"),
          listedAt: Date(microseconds: try row.value(8, "run.listed_at")),
          startedAt: Date(microseconds: try row.value(9, "run.started_at")),
          finishedAt: finishedAt.map { Date(microseconds: $0) },
          user: try row.value(11, "lease.user"),
          committed: try row.value(12, "work_unit.state"),
          unchanged: try row.value(13, "work_unit.state"),
          failed: try row.value(14, "work_unit.state"), rows: try row.value(15, "work_unit.rows"),
          bytesRead: try row.value(16, "run.bytes_read"),
          filesRead: try row.value(17, "run.files_read"),
          timings: RunTimings(
            plan: .microseconds(try row.value(18, "run.plan_time")),
            stage: .microseconds(try row.value(19, "run.stage_time")),
            publish: .microseconds(try row.value(20, "run.publish_time")),
            commit: .microseconds(try row.value(21, "run.commit_time"))),
          stagesOnly: try row.value(22, "run.stages_only"),
          undoes: try row.value(23, "run.takes_back")))
    }
    return records
  }
}
