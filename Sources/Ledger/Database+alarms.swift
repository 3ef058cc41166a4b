import Foundation
import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// Which alarms of a job somebody has seen, oldest first.
  func acknowledgements(job: String) throws -> [AlarmAcknowledgement] {
    var seen: [AlarmAcknowledgement] = []
    try forEachRow(Self.acknowledgements, [job]) { row in
      let first: RunID = try row.value(0, "alarm_acknowledgement.first_run")
      let last: RunID = try row.value(1, "alarm_acknowledgement.last_run")
      guard first <= last else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT,
          message: "alarm_acknowledgement.last_run cannot be \(last) where first_run is \(first)")
      }
      seen.append(
        AlarmAcknowledgement(
          runs: first...last, user: try row.value(2, "alarm_acknowledgement.user"),
          at: Date(microseconds: try row.value(3, "alarm_acknowledgement.acknowledged_at")),
          note: try row.value(4, "alarm_acknowledgement.note")))
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
  func strays(job: String, keys: [PartitionKey]?) throws -> [StrayMatches] {
    var strays: [StrayMatches] = []
    try forEachRow(Self.strays, [job]) { row in
      strays.append(
        StrayMatches(
          run: try row.value(0, "stray_match.run"),
          left: try row.value(1, "stray_match.left_input"),
          right: try row.value(2, "stray_match.right_input"),
          partition: try row.partition(3, keys),
          lookedAt: try row.value(4, "stray_match.looked_at"),
          sampled: try row.value(5, "stray_match.sampled"),
          found: try row.value(6, "stray_match.found")))
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
        stray.run, stray.left, stray.right, try numberOfPartition(stray.partition.path, job: job),
        stray.lookedAt, stray.sampled, stray.found,
      ])
  }
}
