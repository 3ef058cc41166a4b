import Foundation
import GRDB
import IncrementalJoin

extension Database {
  static let batchesOfRun = """
    SELECT batches, partitions, failed, rows, begun_at, stage_time, publish_time, commit_time,
      matched, matchable
    FROM run_batch WHERE run = ? ORDER BY ordinal
    """

  /// How the batches of a run went, in order.
  func batches(run: RunID) throws -> [BatchRecord] {
    var batches: [BatchRecord] = []
    try forEachRow(Self.batchesOfRun, [run]) { row in
      batches.append(
        BatchRecord(
          batches: try row.value(0, "run_batch.batches"),
          partitions: try row.value(1, "run_batch.partitions"),
          failed: try row.value(2, "run_batch.failed"), rows: try row.value(3, "run_batch.rows"),
          begunAt: Date(microseconds: try row.value(4, "run_batch.begun_at")),
          stage: .microseconds(try row.value(5, "run_batch.stage_time")),
          publish: .microseconds(try row.value(6, "run_batch.publish_time")),
          commit: .microseconds(try row.value(7, "run_batch.commit_time")),
          matched: try row.value(8, "run_batch.matched"),
          of: try row.value(9, "run_batch.matchable")))
    }
    return batches
  }

  /// Records how the batches of a run went, after those that are recorded already.
  func insertBatches(_ batches: [BatchRecord], run: RunID) throws {
    guard !batches.isEmpty else { return }
    let last = try number("SELECT max(ordinal) FROM run_batch WHERE run = ?", [run]) ?? 0
    for (index, batch) in batches.enumerated() {
      try self.run(
        "INSERT INTO run_batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
          run, last + 1 + Int64(index), batch.batches, batch.partitions, batch.failed, batch.rows,
          batch.matched, batch.matchable, batch.begunAt.microseconds, batch.stage.microseconds,
          batch.publish.microseconds,
          batch.commit.microseconds,
        ])
    }
  }
}
