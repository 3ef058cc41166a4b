import Foundation
import GRDB
import IncrementalJoin

extension Database {
  /// Which alarms of a job somebody has seen, oldest first.
  func acknowledgements(job: String) throws -> [AlarmAcknowledgement] {
    var seen: [AlarmAcknowledgement] = []
    try forEachRow(Self.acknowledgements, [job]) { row in
      let first: RunID = row[0]
      let last: RunID = row[1]
      seen.append(
        AlarmAcknowledgement(
          runs: first...last, user: row[2], at: Date(microseconds: row[3]), note: row[4]))
    }
    return seen
  }

  static let acknowledgements = """
    SELECT first_run, last_run, user, acknowledged_at, note FROM alarm_acknowledgement
    WHERE job = ? ORDER BY id
    """

  /// Records that somebody has seen the alarms of a job's runs.
  func insert(_ seen: AlarmAcknowledgement, job: String) throws {
    try run(
      """
      INSERT INTO alarm_acknowledgement (job, first_run, last_run, user, acknowledged_at, note)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        job, seen.runs.lowerBound, seen.runs.upperBound, seen.user, seen.instant.microseconds,
        seen.note,
      ])
  }

  /// What runs of a job found of rows that meet none of their own partition, newest run first.
  func strays(job: String) throws -> [StrayMatches] {
    var strays: [StrayMatches] = []
    try forEachRow(Self.strays, [job]) { row in
      strays.append(
        StrayMatches(
          run: row[0], left: row[1], right: row[2], partition: row[3], lookedAt: row[4],
          sampled: row[5], found: row[6]))
    }
    return strays
  }

  static let strays = """
    SELECT s.run, s.left_input, s.right_input, p.path, s.looked_at, s.sampled, s.found
    FROM run r
    CROSS JOIN stray_match s ON s.run = r.id
    CROSS JOIN output_partition p ON p.id = s.partition
    WHERE r.job = ?
    ORDER BY r.id DESC, s.left_input, s.right_input
    """

  /// Records what a run found.
  func insert(_ stray: StrayMatches, job: String) throws {
    try run(
      """
      INSERT INTO stray_match (run, left_input, right_input, partition, looked_at, sampled, found)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        stray.run, stray.left, stray.right, try numberOfPartition(stray.partition, job: job),
        stray.lookedAt, stray.sampled, stray.found,
      ])
  }
}
