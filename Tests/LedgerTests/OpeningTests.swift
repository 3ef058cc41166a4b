import Foundation
import GRDB
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Ledger

struct OpeningTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("opening for writing creates folder and database, durable on every commit")
  func creation() throws {
    let ledger = try Ledger(path: folder.ledger)
    #expect(FileManager.default.fileExists(atPath: folder.ledger))
    try ledger.pool.writeWithoutTransaction { (database) throws in
      #expect(try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal")
      #expect(try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2)
      #expect(try Int.fetchOne(database, sql: "PRAGMA foreign_keys") == 1)
    }
  }

  @Test("an absent ledger reads as an empty one, is not created, and is seen once a run creates it")
  func absent() throws {
    let reader = ReadOnlyLedger(path: folder.ledger)
    #expect(try reader.positions(job: "joined").isEmpty)
    #expect(try reader.lineages(job: "joined").isEmpty)
    #expect(try reader.files(of: [VersionReference(version: "a", identity: "b")]).isEmpty)
    #expect(try reader.pinnedColumns(table: "flights") == nil)
    #expect(try reader.runs(job: nil, limit: 10).isEmpty)
    #expect(try reader.workUnits(run: 1).isEmpty)
    #expect(try reader.moved(job: "joined", in: RunWindow(after: 0, through: 9)).isEmpty)
    #expect(try reader.lineages(builtBy: 1).isEmpty)
    #expect(try reader.uses(ofFile: "a", job: "joined").isEmpty)
    #expect(try reader.rowDigests(of: [VersionReference(version: "a", identity: "b")]).isEmpty)
    #expect(try reader.sources(job: "joined").isEmpty)
    #expect(try reader.counters(job: "joined") == BookmarkCounters())
    #expect(try reader.run(1) == nil)
    #expect(try reader.log(run: 1).isEmpty)
    #expect(try reader.matches(job: "joined", run: nil).isEmpty)
    #expect(try reader.staged(run: 1).isEmpty)
    #expect(try reader.unfinishedPartitions(job: "joined").isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/.dovetail"))

    try Ledger(path: folder.ledger).build(["day=1"])
    #expect(try reader.positions(job: "joined").keys.sorted() == ["day=1"])
  }

  @Test("an empty file reads as an empty ledger and is left empty")
  func emptyFile() throws {
    let path = folder.path + "/ledger.sqlite"
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(try ReadOnlyLedger(path: path).runs(job: nil, limit: 1).isEmpty)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).isEmpty)
  }

  @Test("a closed and reopened ledger has everything")
  func reopening() throws {
    try Ledger(path: folder.ledger).build(["day=1", "day=2"])
    let again = try Ledger(path: folder.ledger)
    #expect(try again.positions(job: "joined").count == 2)
    let expected = publish("day=2", run: 1)
    #expect(try again.positions(job: "joined")["day=2"] == expected.committedPosition)
    #expect(try again.lineages(job: "joined")["day=2"] == expected.lineage)
    #expect(try ReadOnlyLedger(path: folder.ledger).positions(job: "joined").count == 2)
  }

  @Test("a reader sees each commit of a writer beside it, and never half of one")
  func readerBesideWriter() throws {
    let writer = try Ledger(path: folder.ledger)
    let reader = ReadOnlyLedger(path: folder.ledger)
    let run = try writer.begin()
    let publishes = (1...3).map { publish("day=\($0)", run: run) }
    try writer.prepare(publishes)
    #expect(try reader.positions(job: "joined").isEmpty)
    #expect(try reader.unfinishedPartitions(job: "joined") == ["day=1", "day=2", "day=3"])
    try writer.pool.write { database in
      try database.commitPublish(run: run, partition: "day=1")
      #expect(try reader.positions(job: "joined").isEmpty)
    }
    #expect(try reader.positions(job: "joined").count == 1)
    try writer.commit(Array(publishes.dropFirst()))
    #expect(try reader.positions(job: "joined").count == 3)
    #expect(try reader.unfinishedPartitions(job: "joined").isEmpty)
  }

  @Test("many connections that create and write one ledger at once all succeed")
  func concurrentCreation() async throws {
    let path = folder.ledger
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<8 {
        group.addTask { try Ledger(path: path).build(["day=1"], job: "job\(index)") }
      }
      try await group.waitForAll()
    }
    #expect(try ReadOnlyLedger(path: path).runs(job: nil, limit: .max).count == 8)
  }
}
