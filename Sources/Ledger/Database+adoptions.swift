import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// Records content of unknown origin as the lineage of its partition, and the work unit.
  func adopt(_ adopted: AdoptedContent, definition: String, run: RunID, job: String) throws {
    try self.run(
      """
      INSERT INTO lineage (run, partition, definition, rows, bytes, content, reading_rules, adopted_by)
      VALUES (?, ?, ?, 0, ?, ?, ?, ?)
      """,
      [
        run, try numberOfPartition(adopted.partition.path, job: job), definition,
        adopted.content.bytes, try numberOfVersion(adopted.content), ReadingRules.current, run,
      ])
    let unit = WorkUnitRecord(
      partition: adopted.partition, state: .adopted, rows: 0, bytes: adopted.content.bytes,
      reason: adopted.reason, message: nil)
    guard try insertUnit(unit, run: run, job: job) else {
      throw LedgerError.unitCommitted(run: run, partition: adopted.partition.path)
    }
  }
}
