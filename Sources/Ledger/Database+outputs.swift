import Foundation
import GRDB
import IncrementalJoin

extension Database {
  /// What names the ledger, also in a copy of it.
  func ledgerID() throws -> String? {
    try String.fetchOne(cachedStatement(sql: "SELECT id FROM ledger"))
  }

  /// Where a job published last; nil when it never did.
  func outputPlace(job: String) throws -> OutputPlace? {
    let row = try Row.fetchOne(cachedStatement(sql: Self.placeOfOutput), arguments: [job])
    return row.map { OutputPlace(declared: $0[0], resolved: $0[1]) }
  }

  static let placeOfOutput = """
    SELECT declared, resolved FROM output_place WHERE job = ? ORDER BY id DESC LIMIT 1
    """

  /// Records where a job publishes from now on, where that is another place than before.
  func insertPlace(_ place: OutputPlace, job: String, run: RunID?) throws {
    guard try outputPlace(job: job) != place else { return }
    try self.run(
      "INSERT INTO output_place (job, declared, resolved, run) VALUES (?, ?, ?, ?)",
      [job, place.declared, place.resolved, run])
  }

  /// Whether somebody held an output for a run since this instant.
  func hasLease(of run: RunID, since: Date) throws -> Bool {
    try number(Self.leaseOfRun, [run, since.microseconds]) != nil
  }

  static let leaseOfRun = "SELECT 1 FROM lease WHERE run = ? AND taken_at = ?"
}
