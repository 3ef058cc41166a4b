import Foundation
import GRDB
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

struct JournalTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  /// One publish of every kind that there is.
  private func everyKind(run: RunID) -> [PreparedPublish] {
    [
      publish("day=1", run: run), publish("day=2", run: run, content: 2),
      publish("day=3", run: run, rows: 0),
      PreparedPublish(
        run: run, partition: "day=4", action: nil, state: .removed, definition: "d", inputs: [:],
        position: PositionMove(partition: "day=4", definition: "e", inputs: [:]), content: nil,
        rows: 0, bytes: 0, reason: ""),
      unchanged("day=5", run: run),
      publish("day=6", run: run, isPaused: true),
      publish(
        "day=7", run: run, matches: [sampleMatch, sampleMatch], rowDigests: ["weather": "digest"]),
      PreparedPublish(
        run: run, partition: "day=8", action: .publish(staged: someToken, replaced: someToken),
        state: .committed, definition: "d", inputs: inputs("day=8"),
        position: move(
          "day=8", content: 2,
          undone: UndoneBuild(run: run, inputs: inputs("day=8", content: 3))),
        content: version("joined", "day=8"), rows: 3, bytes: 4, reason: "undone", readingRules: 1,
        types: .duckdb),
      publish("day=9", run: run, types: .spark),
    ]
  }

  @Test("a prepared publish is found whole after a crash, and moves nothing before its commit")
  func crash() throws {
    let run = try ledger.begin()
    try ledger.prepare(everyKind(run: run))

    // The bytes that a killed process leaves: nothing was closed, the WAL is not checkpointed.
    let crashed = folder.path + "/crashed"
    try FileManager.default.copyItem(atPath: folder.path + "/.dovetail", toPath: crashed)
    try? FileManager.default.removeItem(atPath: crashed + "/ledger.sqlite-shm")

    let next = try Ledger(path: crashed + "/ledger.sqlite")
    let found = try next.unfinishedPublishes(job: "joined")
    #expect(found == everyKind(run: run))
    #expect(try next.unfinishedPublishes(job: "other").isEmpty)
    #expect(try next.positions(job: "joined").isEmpty)
    #expect(try next.lineages(job: "joined").isEmpty)
    #expect(try next.workUnits(run: run).isEmpty)

    _ = try next.begin()
    try next.commit(found)
    #expect(
      try next.positions(job: "joined")
        == Dictionary(
          uniqueKeysWithValues: found.compactMap { publish in
            publish.committedPosition.map { (publish.partition, $0) }
          }))
    #expect(
      try next.lineages(job: "joined")
        == Dictionary(uniqueKeysWithValues: found.map { ($0.partition, $0.lineage) }))
    #expect(try next.workUnits(run: run).map(\.state) == found.map(\.state))
    #expect(try next.matches(job: "joined", run: nil).count == 2)
    #expect(try next.rowDigests(of: Array(found[6].references.values)).count == 1)
    #expect(try next.unfinishedPublishes(job: "joined").isEmpty)
  }

  @Test("a ledger that was dropped without a commit is reopened with its unfinished publishes")
  func dropped() throws {
    let path = folder.path + "/dropped.sqlite"
    do {
      let first = try Ledger(path: path)
      try first.prepare(everyKind(run: try first.begin()))
    }
    #expect(try Ledger(path: path).unfinishedPublishes(job: "joined") == everyKind(run: 1))
    #expect(
      try ReadOnlyLedger(path: path).unfinishedPartitions(job: "joined")
        == (1...9).map { "day=\($0)" })
  }

  @Test("commit moves position and lineage to the newest version and keeps the older ones")
  func history() throws {
    try ledger.build(["day=1", "day=2"])
    let second = try ledger.build(["day=1"], content: 2)
    let third = try ledger.build(["day=1"], content: 3, rows: 0)
    let newest = publish("day=1", run: third, content: 3, rows: 0)
    #expect(try ledger.positions(job: "joined")["day=1"] == newest.committedPosition)
    #expect(try ledger.lineages(job: "joined")["day=1"] == newest.lineage)
    #expect(try ledger.positions(job: "joined")["day=2"]?.run == 1)
    #expect(try ledger.positions(job: "other").isEmpty)
    let older = publish("day=1", run: second, content: 2)
    let files = try ledger.files(of: Array(older.references.values))
    for version in older.inputs.values {
      #expect(files[VersionReference(version)] == version.files)
    }
    let database = try DatabaseQueue(path: folder.ledger)
    #expect(try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM position") } == 4)
  }

  @Test("jobs with partitions of the same path do not meet")
  func jobs() throws {
    try ledger.build(["day=1"], job: "a", content: 1)
    let other = try ledger.build(["day=1"], job: "b", content: 2)
    #expect(
      try ledger.positions(job: "a")["day=1"]?.inputs == publish("day=1", run: 1).references)
    #expect(try ledger.positions(job: "b")["day=1"]?.run == other)
  }

  @Test("a version that is known is not stored again")
  func knownVersions() throws {
    try ledger.build(["day=1"], job: "a")
    try ledger.build(["day=1"], job: "b")
    let database = try DatabaseQueue(path: folder.ledger)
    let counts = try database.read { database in
      try ["version", "version_file"].map {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)")
      }
    }
    #expect(counts == [3, 5])
  }

  @Test("a rolled back publish changes nothing and lets the partition be prepared again")
  func rollBack() throws {
    try ledger.build(["day=1"])
    let before = try ledger.positions(job: "joined")
    let run = try ledger.begin()
    let failed = publish("day=1", run: run, content: 2)
    try ledger.prepare([failed])
    try ledger.rollBack([failed])
    #expect(try ledger.positions(job: "joined") == before)
    #expect(try ledger.unfinishedPublishes(job: "joined").isEmpty)
    #expect(try ledger.workUnits(run: run).isEmpty)
    try ledger.prepare([failed])
    try ledger.commit([failed])
    #expect(try ledger.positions(job: "joined")["day=1"] == failed.committedPosition)
  }

  @Test("only an open entry can be committed or rolled back, and then a whole batch fails")
  func notPrepared() throws {
    let run = try ledger.begin()
    let open = publish("day=1", run: run)
    let committed = publish("day=2", run: run)
    let rolledBack = publish("day=3", run: run)
    let unknown = publish("day=4", run: run)
    let otherRun = publish("day=1", run: run.next)
    try ledger.prepare([open, committed, rolledBack])
    try ledger.commit([committed])
    try ledger.rollBack([rolledBack])
    for closed in [committed, rolledBack, unknown, otherRun] {
      let error = LedgerError.notPrepared(run: closed.run, partition: closed.partition.path)
      #expect(throws: error) { try ledger.commit([open, closed]) }
      #expect(throws: error) { try ledger.rollBack([open, closed]) }
      #expect(try ledger.unfinishedPartitions(job: "joined") == ["day=1"])
      #expect(try ledger.positions(job: "joined").keys.sorted() == ["day=2"])
    }
  }

  @Test("a partition has one open entry, and then a whole batch is refused")
  func unfinished() throws {
    let dead = try ledger.begin()
    try ledger.prepare([publish("day=2", run: dead)])
    let run = try ledger.begin()
    #expect(throws: LedgerError.unfinished(run: dead, partition: "day=2")) {
      try ledger.prepare([publish("day=1", run: run), publish("day=2", run: run)])
    }
    #expect(try ledger.unfinishedPartitions(job: "joined") == ["day=2"])
  }

  @Test("files are found for more versions than one query takes; unknown ones are left out")
  func manyVersions() throws {
    let partitions = (0..<700).map { Partition("day=\($0)") }
    try ledger.build(partitions)
    let known = partitions.flatMap { publish($0, run: 1).inputs.values }
    let unknown = VersionReference(version("flights", "day=0", content: 9))
    let mixed = VersionReference(version: unknown.version, identity: known[0].identity)
    let files = try ledger.files(of: [unknown, mixed] + known.map { VersionReference($0) })
    #expect(files.count == 1400)
    #expect(known.allSatisfy { files[VersionReference($0)] == $0.files })
    #expect(try ledger.files(of: []).isEmpty)
  }

  @Test("unfinished publishes of a version whose files are gone are damage, not guesses")
  func incompleteVersion() throws {
    try ledger.prepare([publish("day=1", run: try ledger.begin())])
    let database = try DatabaseQueue(path: folder.ledger)
    try database.write {
      try $0.execute(
        sql: """
          DROP TRIGGER version_file_kept;
          DELETE FROM version_file WHERE path = 'day=1/flights-1.parquet';
          """)
    }
    let version = version("flights", "day=1").id
    #expect(
      throws: LedgerError.corrupt(
        path: folder.ledger, detail: "the files of version \(version) are not complete")
    ) {
      try ledger.unfinishedPublishes(job: "joined")
    }
  }

  @Test("unfinished publishes of a version whose members are gone are damage too")
  func incompleteMembers() throws {
    let together = PartitionVersion(
      members: (1...3).map {
        PartitionVersion.Member(path: "day=\($0)", version: version("flights", "day=\($0)"))
      })
    let run = try ledger.begin()
    try ledger.prepare([
      PreparedPublish(
        run: run, partition: "day=1", action: nil, state: .unchanged, definition: "d",
        inputs: ["flights": together], position: nil, content: nil, rows: 1, bytes: 1, reason: "")
    ])
    let database = try DatabaseQueue(path: folder.ledger)
    try database.write {
      try $0.execute(
        sql: """
          DROP TRIGGER version_member_kept;
          DELETE FROM version_member WHERE path = 'day=2';
          """)
    }
    #expect(
      throws: LedgerError.corrupt(
        path: folder.ledger, detail: "the files of version \(together.id) are not complete")
    ) {
      try ledger.unfinishedPublishes(job: "joined")
    }
  }
}
