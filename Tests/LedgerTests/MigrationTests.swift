import Foundation
import GRDB
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Ledger

/// A ledger that an earlier Dovetail wrote, with all that it could hold.
struct MigrationTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/ledger.sqlite"
    // In WAL mode and not checkpointed, as that Dovetail leaves it.
    let pool = try DatabasePool(path: path)
    try DatabaseMigrator.ledger.migrate(pool, upTo: "v1")
    try pool.write { try $0.fillV1() }
  }

  private func expect(_ ledger: any LedgerReader) throws {
    let old = publish("day=1", run: 1)
    let new = publish("day=1", run: 2, content: 2)
    let gone = publish("day=2", run: 2, rows: 0)
    #expect(
      try ledger.positions(job: "joined")
        == ["day=1": new.committedPosition, "day=2": gone.committedPosition])
    #expect(
      try ledger.positions(job: "joined", asOf: 1) == ["day=1": move("day=1").position(movedBy: 1)])
    #expect(
      try ledger.lineages(job: "joined")
        == ["day=1": new.lineageOfV1, "day=2": gone.lineageOfV1])
    #expect(try ledger.lineages(builtBy: 1) == ["day=1": old.lineageOfV1])
    #expect(try ledger.moved(job: "joined", in: RunWindow(after: 1, through: 2)).count == 2)
    let versions = old.inputs.values
    let files = try ledger.files(of: versions.map { VersionReference($0) })
    #expect(versions.allSatisfy { files[VersionReference($0)] == $0.files })
    #expect(try ledger.uses(ofFile: "day=1/weather-0.parquet", job: "joined").count == 2)

    let runs = try ledger.runs(job: "joined", limit: .max)
    #expect(runs.map(\.id) == [3, 2, 1])
    #expect(runs.map(\.state) == [.running, .succeeded, .succeeded])
    #expect(runs.map(\.kind) == [.run, .rerun, .run])
    #expect(Set(runs.map(\.mode)) == [.enable])
    #expect(
      runs[1]
        == RunRecord(
          id: 2, job: "joined", kind: .rerun, plan: "plan-2", state: .succeeded,
          listedAt: Date(microseconds: 2000), startedAt: Date(microseconds: 2001),
          finishedAt: Date(microseconds: 2002), user: "user 2", committed: 2, failed: 1, rows: 10,
          bytesRead: 20, filesRead: 2))
    #expect(
      try ledger.workUnits(run: 2).map(\.state) == [.committed, .removed, .failed])
    #expect(try ledger.workUnits(run: 2).last?.message == "no luck")
    #expect(try ledger.counters(job: "joined") == BookmarkCounters(run: 2, version: 2))
    #expect(
      try ledger.pinnedColumns(table: "flights")
        == [PinnedColumn(SeenColumn(name: "origin", type: "VARCHAR"))])
    #expect(try ledger.unfinishedPartitions(job: "joined") == ["day=1", "day=3"])
    #expect(try ledger.log(run: 1).isEmpty)
  }

  @Test("what was written before reads as before, and open journal entries are committed")
  func migration() throws {
    let ledger = try Ledger(path: path)
    try expect(ledger)
    let open = try ledger.unfinishedPublishes(job: "joined")
    #expect(
      open == [
        publish("day=1", run: 3, content: 3).ofV1, publish("day=3", run: 3, rows: 0).ofV1,
      ])
    let next = try ledger.begin()
    #expect(next == 4)
    try ledger.commit(open)
    #expect(
      try ledger.positions(job: "joined")["day=1"]
        == publish("day=1", run: 3, content: 3).committedPosition)
    #expect(try ledger.lineages(job: "joined")["day=3"] == open[1].lineage)
    #expect(try ledger.workUnits(run: 3).map(\.state) == [.committed, .removed])
    #expect(try ledger.run(3)?.state == .interrupted)
    let leases = try ledger.pool.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM lease WHERE released_at IS NULL")
    }
    #expect(leases == 1)
  }

  @Test("a reader answers from a copy, writes nothing, and sees the migrated ledger later")
  func reading() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let reader = ReadOnlyLedger(path: path)
    try expect(reader)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { !names.contains($0) && !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") } == [])

    // The earlier Dovetail may still write.
    for state in ["interrupted", "running"] {
      try DatabaseQueue(path: path).write {
        try $0.execute(sql: "UPDATE run SET state = ? WHERE id = 3", arguments: [state])
      }
      #expect(try reader.run(3)?.state.rawValue == state)
    }
    try Ledger(path: path).build(["day=9"])
    #expect(try reader.positions(job: "joined")["day=9"]?.run == 4)
  }

  @Test("what the second schema held was read by the first rules, and all else stays as it was")
  func secondSchema() throws {
    let pool = try DatabasePool(path: path)
    try DatabaseMigrator.ledger.migrate(pool, upTo: "v2")
    let staged = publish("day=4", run: 3, matches: [sampleMatch], readingRules: 1)
    try pool.write { database in
      try database.execute(
        sql: """
          INSERT INTO output_partition VALUES (4, 'joined', 'day=4');
          INSERT INTO table_column VALUES ('flights', 1, 'Delay', 'DOUBLE');
          """)
      try database.insertV2(staged, partition: 4, state: "staged")
    }
    let before = try pool.read(Self.positions)
    for ledger in [ReadOnlyLedger(path: path), try Ledger(path: path)] as [any LedgerReader] {
      #expect(Set(try ledger.lineages(job: "joined").values.map(\.readingRules)) == [1])
      #expect(try ledger.lineages(job: "joined").values.allSatisfy { $0.types == nil })
      #expect(try ledger.staged(run: 3) == [staged])
      #expect(
        try ledger.pinnedColumns(table: "flights") == [
          PinnedColumn(SeenColumn(name: "origin", type: "VARCHAR")),
          PinnedColumn(SeenColumn(name: "Delay", type: "DOUBLE")),
        ])
      #expect(
        try ledger.positions(job: "joined").mapValues(\.definition)
          == ["day=1": "definition-1", "day=2": "definition-1"])
    }
    // Whatever is pending is told from these, so that nothing becomes pending by the upgrade.
    #expect(try pool.read(Self.positions) == before)
    let ledger = try Ledger(path: path)
    try ledger.prepare([staged])
    try ledger.commit([staged])
    #expect(try ledger.lineages(job: "joined")["day=4"]?.readingRules == 1)
  }

  @Test("what was asked of a run is told from its words once, and then from columns")
  func fifthSchema() throws {
    let pool = try DatabasePool(path: path)
    try DatabaseMigrator.ledger.migrate(pool, upTo: "v3")
    let details = [
      (4, "run", "stage only"), (5, "rerun", "bookmark pause, stage only, at most 2 partitions"),
      (6, "run", "at most 5 partitions"), (7, "undo", "run 4"), (8, "undo", "run 99"),
      (9, "undo", "partition day=1"), (10, "skip", "run 4, stage only"), (11, "run", ""),
    ]
    try pool.write { database in
      for (run, kind, detail) in details {
        try database.execute(
          sql: """
            INSERT INTO run (id, job, kind, mode, plan, detail, state, listed_at, started_at, finished_at)
            VALUES (?, 'joined', ?, 'enable', '', ?, 'succeeded', 1, 2, 3)
            """, arguments: [run, kind, detail])
      }
      try database.execute(
        sql: """
          INSERT INTO lease (run, user, host, process, workspace, taken_at)
          SELECT id, 'ada', 'h', 1, '/w', 1 FROM run WHERE id > 3
          """)
    }
    let before = try pool.read(Self.positions)
    for ledger in [ReadOnlyLedger(path: path), try Ledger(path: path)] as [any LedgerReader] {
      let runs = try ledger.runs(job: "joined", limit: .max)
      #expect(runs.filter(\.stagesOnly).map(\.id) == [5, 4])
      #expect(runs.filter { $0.undoes != nil }.map(\.id) == [7])
      #expect(runs.first { $0.id == 7 }?.undoes == 4)
      #expect(runs.first { $0.id == 8 }?.detail == "run 99")
      #expect(try ledger.ledgerID()?.count == 32)
      #expect(try ledger.outputPlace(job: "joined") == nil)
      let versions = publish("day=1", run: 1).inputs.values
      let files = try ledger.files(of: versions.map { VersionReference($0) })
      #expect(files.values.joined().allSatisfy { $0.isFinal })
    }
    // Whatever is pending is told from these, so that nothing becomes pending by the upgrade.
    #expect(try pool.read(Self.positions) == before)
  }

  /// All that says what is consumed, as it is stored.
  private static func positions(_ database: Database) throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT p.*, i.*, v.* FROM position p
        JOIN position_input i ON i.position = p.id JOIN version v ON v.number = i.version
        ORDER BY p.id, i.role, i.input
        """)
  }

  @Test("many processes that bring one ledger up to date at once all succeed")
  func concurrentMigration() async throws {
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<6 {
        group.addTask { try Ledger(path: path).build(["day=1"], job: "job\(index)") }
      }
      try await group.waitForAll()
    }
    #expect(try ReadOnlyLedger(path: path).runs(job: nil, limit: .max).count == 9)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(
      names.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") }
        == ["ledger.sqlite", "ledger.sqlite.v1"])
  }

  @Test("before its tables change, a ledger is copied beside itself, once")
  func backup() throws {
    let copy = "\(path).v1"
    _ = ReadOnlyLedger(path: path)
    #expect(!FileManager.default.fileExists(atPath: copy))
    try Ledger(path: path).build(["day=9"])
    try expect(ReadOnlyLedger(path: copy))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
    try Ledger(path: path).build(["day=9"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == bytes)
    try Ledger(path: folder.ledger).build(["day=1"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/.dovetail")
        == ["ledger.sqlite"])
  }
}
