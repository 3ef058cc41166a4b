import Foundation
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

@Suite("The ledger is one file to copy")
struct BackupTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func log() throws -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder.ledger + "-wal")
    return attributes?[.size] as? Int ?? 0
  }

  @Test("when a run has ended, nothing is left in the log, also while others look on")
  func checkpoint() throws {
    let ledger = try Ledger(path: folder.ledger)
    let reader = ReadOnlyLedger(path: folder.ledger)
    #expect(try reader.runs(job: nil, limit: 1).isEmpty)
    try ledger.build(["day=1"])
    #expect(try reader.runs(job: nil, limit: 1).count == 1)
    #expect(try log() == 0)
    let copy = folder.path + "/copy.sqlite"
    try FileManager.default.copyItem(atPath: folder.ledger, toPath: copy)
    #expect(
      try ReadOnlyLedger(path: copy).positions(job: "joined")
        == ledger.positions(job: "joined"))
  }

  @Test("what no run wrote is in the file when the ledger is closed")
  func closed() throws {
    do {
      try Ledger(path: folder.ledger).pin(
        columns: [SeenColumn(name: "x", type: "BIGINT")], table: "t", by: samplePin)
    }
    #expect(try log() == 0)
  }

  @Test("a backup is whole while a run goes on, and a file that is there is left as it is")
  func backup() throws {
    let ledger = try Ledger(path: folder.ledger)
    try ledger.build(["day=1"])
    let run = try ledger.begin()
    try ledger.prepare([publish("day=2", run: run)])
    let path = folder.path + "/backup.sqlite"
    try ReadOnlyLedger(path: folder.ledger).backUp(to: path)
    try ledger.commit([publish("day=2", run: run)])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == [".dovetail", "backup.sqlite"])

    let backup = try Ledger(path: path)
    #expect(try backup.positions(job: "joined").keys.sorted() == ["day=1"])
    #expect(try backup.unfinishedPartitions(job: "joined") == ["day=2"])
    try backup.rollBack(try backup.unfinishedPublishes(job: "joined"))
    #expect(throws: LedgerError.backupExists(path: path)) {
      try ReadOnlyLedger(path: folder.ledger).backUp(to: path)
    }
    #expect(try backup.unfinishedPartitions(job: "joined").isEmpty)
  }

  @Test("without a ledger, or a place to put it, there is no backup")
  func impossible() throws {
    let reader = ReadOnlyLedger(path: folder.ledger)
    #expect(throws: LedgerError.absent(path: folder.ledger)) {
      try reader.backUp(to: folder.path + "/backup.sqlite")
    }
    try Ledger(path: folder.ledger).build(["day=1"])
    let nowhere = folder.path + "/none/backup.sqlite"
    let error = #expect(throws: LedgerError.self) { try reader.backUp(to: nowhere) }
    #expect(error?.description.contains("Cannot open the ledger \(nowhere): ") == true)
  }
}
