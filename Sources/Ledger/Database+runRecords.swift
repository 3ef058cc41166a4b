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
      count(u.run) FILTER (WHERE u.state IN ('committed', 'removed', 'unchanged', 'moved')),
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
      let finishedAt: Int64? = row[10]
      records.append(
        RunRecord(
          id: row[0], job: row[1], kind: try row.name(2), mode: try row.name(3), plan: row[4],
          detail: row[5], note: row[6], state: try row.name(7),
          listedAt: Date(microseconds: row[8]), startedAt: Date(microseconds: row[9]),
          finishedAt: finishedAt.map { Date(microseconds: $0) }, user: row[11],
          committed: row[12], unchanged: row[13], failed: row[14], rows: row[15],
          bytesRead: row[16], filesRead: row[17],
          timings: RunTimings(
            plan: .microseconds(row[18] as Int64), stage: .microseconds(row[19] as Int64),
            publish: .microseconds(row[20] as Int64), commit: .microseconds(row[21] as Int64)),
          stagesOnly: row[22], takesBack: row[23]))
    }
    return records
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

  /// The case that a column names; nil for NULL.
  func optionalName<Name: RawRepresentable<String>>(_ index: Int) throws -> Name? {
    let text: String? = self[index]
    return text == nil ? nil : try name(index)
  }
}
