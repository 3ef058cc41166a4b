public import Foundation
import GRDB
public import IncrementalJoin

/// All of these throw `LedgerError`: the cases named here, and what SQLite may answer to any write.
extension Ledger: LedgerWriter {
  /// Records a run that begins, with the lease of its output.
  ///
  /// The caller holds the output's lock, so a run of the job that is still `running` has died; it is
  /// marked as interrupted.
  public func beginRun(
    job: String, kind: RunKind, plan: String, listedAt: Date, holder: LockHolder
  ) throws -> RunID {
    try write { database in
      try database.interruptRuns(job: job, at: Date())
      return try database.insertRun(
        job: job, kind: kind, plan: plan, listedAt: listedAt, startedAt: Date(), holder: holder)
    }
  }

  /// Marks the runs of a job that never ended as interrupted, and closes their leases.
  ///
  /// - Returns: Whether there was one.
  public func interruptRuns(job: String) throws -> Bool {
    try write { try $0.interruptRuns(job: job, at: Date()) }
  }

  /// Pins the columns of a table that has none pinned yet.
  ///
  /// Pinning the same columns again does nothing.
  ///
  /// - Throws: `.alreadyPinned` when other columns are pinned.
  public func pin(columns: [IncrementalJoin.Column], table: String) throws {
    try write { database in
      if let pinned = try database.pinnedColumns(table: table) {
        guard pinned == columns else { throw LedgerError.alreadyPinned(table: table) }
        return
      }
      try database.insertColumns(columns, table: table)
    }
  }

  /// The open journal entries as they were prepared, in the order of their partitions' paths.
  ///
  /// - Throws: `.corrupt` when the stored files of a version do not add up to its name.
  public func unfinishedPublishes(job: String) throws -> [PreparedPublish] {
    do {
      return try pool.read { try $0.unfinishedPublishes(job: job, path: path) }
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// Opens journal entries, on disk before the first rename.
  ///
  /// - Throws: `.notRunning` when the publish's run has ended, `.unfinished` when an earlier publish of the
  ///   partition is neither committed nor rolled back. Then none of the entries is written.
  public func prepare(_ publishes: [PreparedPublish]) throws {
    try write { database in
      var jobs: [RunID: String] = [:]
      for publish in publishes {
        let job = try jobs[publish.run] ?? database.job(ofRunning: publish.run)
        jobs[publish.run] = job
        try database.insertPublish(publish, job: job)
      }
    }
  }

  /// Moves lineage and position, records the work units and closes the journal entries, in one transaction.
  ///
  /// What counts is the journal entry of the publish's run and partition, as it was prepared.
  ///
  /// - Throws: `.notPrepared` when there is no such entry, or it was committed or rolled back. Then
  ///   none of the publishes is committed.
  public func commit(_ publishes: [PreparedPublish]) throws {
    try write { database in
      for publish in publishes {
        try database.commitPublish(run: publish.run, partition: publish.partition)
      }
    }
  }

  /// Closes journal entries of publishes that were not carried out; nothing else changes.
  ///
  /// - Throws: `.notPrepared`, as `commit` does.
  public func rollBack(_ publishes: [PreparedPublish]) throws {
    try write { database in
      for publish in publishes {
        try database.rollBackPublish(run: publish.run, partition: publish.partition)
      }
    }
  }

  /// Records work units that ended without a commit.
  ///
  /// A unit that is recorded again, as after a retry, keeps its newest record.
  ///
  /// - Throws: `.unknownRun`; `.unitCommitted` for a unit that a commit has recorded, and `.notPrepared`
  ///   for one that claims to be committed, which only `commit` records.
  public func record(_ units: [WorkUnitRecord], run: RunID) throws {
    try write { database in
      let job = try database.job(of: run)
      for unit in units { try database.record(unit, run: run, job: job) }
    }
  }

  /// Records how a run ended, and closes its lease.
  ///
  /// - Throws: `.notRunning` when the run has ended already.
  public func finishRun(_ run: RunID, state: RunState, bytesRead: Int64, filesRead: Int) throws {
    try write { database in
      try database.finishRun(
        run, state: state, at: Date(), bytesRead: bytesRead, filesRead: filesRead)
    }
  }
}
