public import Foundation
import GRDB
public import IncrementalJoin
public import PartitionPredicate

/// All of these throw `LedgerError`: the cases named here, and what SQLite may answer to any write.
extension Ledger: LedgerWriter {
  /// Records a run that begins, with the lease of its output.
  ///
  /// The caller holds the output's lock, so a run of the job that is still `running` has died; it is
  /// marked as interrupted.
  public func beginRun(_ start: RunStart, holder: LockHolder) throws -> RunID {
    try write(aloneFor: start.job) { database in
      let now = Date()
      try database.interruptRuns(job: start.job, at: now)
      return try database.insertRun(start, startedAt: now, holder: holder)
    }
  }

  /// Lets a run go on that has staged work units, with a lease of its own for the new holder.
  ///
  /// As in `beginRun`, runs of the job that are still `running` have died. `RunRecord.user` stays who
  /// began the run.
  ///
  /// - Throws: `.unknownRun`; `.notStaged` when the run has no staged work units.
  public func resumeRun(_ run: RunID, holder: LockHolder) throws {
    let job = try read { try $0.job(of: run) }
    try write(aloneFor: job) { database in
      try database.interruptRuns(job: job, at: Date())
      try database.resumeRun(run, holder: holder)
    }
  }

  /// Marks the runs of a job that never ended as interrupted, and closes their leases.
  ///
  /// - Returns: Whether there was one.
  public func interruptRuns(job: String) throws -> Bool {
    try write(aloneFor: job) { try $0.interruptRuns(job: job, at: Date()) }
  }

  /// Pins the columns of a table, and the types of pinned columns that had none yet.
  ///
  /// What is pinned already stays as it is, whatever else was seen.
  ///
  /// - Throws: `.columnClash` when the columns of a table that has none pinned have names that differ only
  ///   in case; then nothing is pinned.
  public func pin(columns: [SeenColumn], table: String, by origin: PinOrigin) throws {
    try write { try $0.pin(columns, table: table, by: origin) }
  }

  /// Gives a pinned column, by its name in any case, a wider type, which makes nothing pending.
  ///
  /// Whether the type is wider is the caller's to ask; the type before stays in the history.
  ///
  /// - Throws: `.notPinned` when the table, or that column of it, is not pinned.
  public func widen(column: String, to type: String, table: String, by origin: PinOrigin) throws {
    try write { try $0.widen(column, to: type, table: table, by: origin) }
  }

  /// Records that all of some tables were looked at.
  public func noteLook(tables: [String], at instant: Date) throws {
    try write { database in
      for table in tables { try database.noteLook(table: table, at: instant) }
    }
  }

  /// Records that versions have the content of versions that positions or lineages refer to.
  ///
  /// Versions that are unknown are left out.
  public func confirm(_ same: [VersionReference: PartitionVersion]) throws {
    try write { database in
      for (reference, version) in same { try database.insertSameContent(version, as: reference) }
    }
  }

  /// Records where a job publishes from now on, where that is another place than before.
  public func claim(_ place: OutputPlace, job: String, run: RunID?) throws {
    try write { try $0.insertPlace(place, job: job, run: run) }
  }

  /// Records what the inputs of a run's job are, where that differs from what was recorded last.
  ///
  /// - Throws: `.notRunning`.
  public func accept(_ sources: [String: SourceDescription], run: RunID) throws {
    try write { database in
      try database.insertSources(sources, run: run, job: try database.job(ofRunning: run))
    }
  }

  /// Moves positions without building, and records the work units as `.moved` with this reason.
  ///
  /// A unit that the same run has committed stays recorded as committed.
  ///
  /// - Throws: `.notRunning`; then no position moves.
  public func move(_ moves: [PositionMove], run: RunID, reason: String) throws {
    try write { database in
      let job = try database.job(ofRunning: run)
      for move in moves {
        try database.movePosition(move, run: run, job: job, reason: reason)
      }
    }
  }

  /// Records what lies in the output as published content of unknown origin, and the work units as `.adopted`.
  ///
  /// - Throws: `.notRunning`; `.unitCommitted` for a unit that a commit has recorded. Then nothing is adopted.
  public func adopt(_ contents: [AdoptedContent], definition: String, run: RunID) throws {
    try write { database in
      let job = try database.job(ofRunning: run)
      for adopted in contents {
        try database.adopt(adopted, definition: definition, run: run, job: job)
      }
    }
  }

  /// Keeps back what a run would remove, with the figures that say why, and records the work units as
  /// `.held`.
  ///
  /// - Throws: `.notRunning`; `.unitCommitted` for a unit that a commit has recorded.
  public func withhold(_ units: [WithheldUnit], run: RunID, count: RemovalCount) throws {
    try write { database in
      try database.withhold(
        units, run: run, job: try database.job(ofRunning: run), count: count)
    }
  }

  /// Lets go of removals that were kept back; a partition of which nothing was kept back stays as it is.
  ///
  /// - Throws: `.notRunning`.
  public func release(_ partitions: [Partition], run: RunID) throws {
    try write { database in
      let job = try database.job(ofRunning: run)
      for partition in partitions { try database.release(partition.path, run: run, job: job) }
    }
  }

  /// Records that somebody has seen the alarms of a job's runs.
  public func acknowledge(_ acknowledgement: AlarmAcknowledgement, job: String) throws {
    try write { try $0.insert(acknowledgement, job: job) }
  }

  /// Records what runs found of rows that meet none of their own partition.
  ///
  /// - Throws: `.unknownRun`.
  public func record(_ strays: [StrayMatches]) throws {
    try write { database in
      for stray in strays { try database.insert(stray, job: try database.job(of: stray.run)) }
    }
  }

  /// Keeps staged work units for a later publish, and records them as `.staged`.
  ///
  /// A unit that the run has kept before is replaced.
  ///
  /// - Throws: `.notRunning`; `.unitCommitted` for a unit that a commit has recorded.
  public func keep(_ staged: [PreparedPublish]) throws {
    try write { database in
      try database.forEachJob(of: staged) { try database.keepStaged($0, job: $1) }
    }
  }

  /// Forgets staged work units, and records them as `.cancelled` with this message.
  ///
  /// - Throws: `.unknownRun`; `.unitNotStaged` when the run has not staged one of them, or it was
  ///   published or discarded since. Then none is discarded.
  public func discard(_ partitions: [Partition], run: RunID, message: String) throws {
    try write { database in
      let job = try database.job(of: run)
      for partition in partitions {
        try database.discardStaged(partition.path, run: run, job: job, message: message)
      }
    }
  }

  /// The open journal entries as they were prepared, in the order of their partitions' paths.
  ///
  /// - Throws: `.corrupt` when the stored files of a version do not add up to its name.
  public func unfinishedPublishes(job: String, keys: [PartitionKey]?) throws -> [PreparedPublish] {
    try read { try $0.unfinishedPublishes(job: job, keys: keys, path: path) }
  }

  /// Opens journal entries, on disk before the first rename.
  ///
  /// A staged work unit of the same run and partition is no longer among the staged ones, whatever becomes
  /// of its publish.
  ///
  /// - Throws: `.notRunning` when the publish's run has ended, `.unfinished` when an earlier publish of the
  ///   partition is neither committed nor rolled back. Then none of the entries is written.
  public func prepare(_ publishes: [PreparedPublish]) throws {
    try write { database in
      try database.forEachJob(of: publishes) { try database.preparePublish($0, job: $1) }
    }
  }

  /// Moves lineage, and position where the entry says so, records the work units, matches and digests, and
  /// closes the journal entries, in one transaction.
  ///
  /// What counts is the journal entry of the publish's run and partition, as it was prepared.
  ///
  /// - Throws: `.notPrepared` when there is no such entry, or it was committed or rolled back. Then
  ///   none of the publishes is committed.
  public func commit(_ publishes: [PreparedPublish]) throws {
    try write { database in
      for publish in publishes {
        try database.commitPublish(run: publish.run, partition: publish.partition.path)
      }
    }
  }

  /// Closes journal entries of publishes that were not carried out; nothing else changes.
  ///
  /// - Throws: `.notPrepared`, as `commit` does.
  public func rollBack(_ publishes: [PreparedPublish]) throws {
    try write { database in
      for publish in publishes {
        try database.rollBackPublish(run: publish.run, partition: publish.partition.path)
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

  /// Appends to a run's log; also after the run has ended.
  ///
  /// - Throws: `.unknownRun`.
  public func log(_ lines: [LogLine], run: RunID) throws {
    try write { database in
      _ = try database.job(of: run)
      try database.insertLog(lines, run: run)
    }
  }

  /// Records how a run ended, and closes its lease.
  ///
  /// What a resumed run read and the time that it took come on top of what it had recorded before.
  ///
  /// - Throws: `.notRunning` when the run has ended already.
  public func finishRun(_ run: RunID, _ end: RunEnd) throws {
    try write { try $0.finishRun(run, end, at: Date()) }
    checkpoint()
    journal?.tidy()
  }
}

extension Database {
  /// The publishes with the job of their run, which has not ended.
  fileprivate func forEachJob(
    of publishes: [PreparedPublish], _ body: (PreparedPublish, String) throws -> Void
  ) throws {
    var jobs: [RunID: String] = [:]
    for publish in publishes {
      let job = try jobs[publish.run] ?? job(ofRunning: publish.run)
      jobs[publish.run] = job
      try body(publish, job)
    }
  }
}
