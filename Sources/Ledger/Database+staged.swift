import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// Keeps a staged work unit for a later publish, in place of an earlier one of the same run.
  func keepStaged(_ publish: PreparedPublish, job: String) throws {
    let partition = try numberOfPartition(publish.partition.path, job: job)
    try takeStaged(run: publish.run, partition: partition)
    try insertPublish(publish, partition: partition, state: "staged")
    let unit = WorkUnitRecord(
      partition: publish.partition, state: .staged, rows: 0, bytes: 0, reason: publish.reason,
      message: nil)
    guard try insertUnit(unit, run: publish.run, job: job) else {
      throw LedgerError.unitCommitted(run: publish.run, partition: publish.partition.path)
    }
  }

  /// Takes a work unit out of the staged ones, if it is among them: from here on it is under way, and has
  /// no record until it ends.
  func takeStaged(run: RunID, partition: Int64) throws {
    try self.run(
      "UPDATE publish SET state = 'taken' WHERE run = ? AND partition = ? AND state = 'staged'",
      [run, partition])
    try self.run(
      "DELETE FROM work_unit WHERE run = ? AND partition = ? AND state = 'staged'",
      [run, partition])
  }

  /// Forgets a staged work unit that the operator does not want.
  func discardStaged(_ path: ExactText, run: RunID, job: String, message: String) throws {
    let partition = try numberOfPartition(path, job: job)
    try self.run(
      "UPDATE publish SET state = 'discarded' WHERE run = ? AND partition = ? AND state = 'staged'",
      [run, partition])
    guard changesCount == 1 else {
      throw LedgerError.unitNotStaged(run: run, partition: path)
    }
    try self.run(
      "UPDATE work_unit SET state = 'cancelled', message = ? WHERE run = ? AND partition = ?",
      [message, run, partition])
  }
}
