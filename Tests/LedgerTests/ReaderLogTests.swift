import Foundation
import GRDB
import IncrementalJoin
import TestSupport
import Testing

@testable import Ledger

/// SQLite makes a log beside a database for whoever opens it, and a reader may not remove it.
@Suite("The log that reading leaves beside a ledger")
struct ReaderLogTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// The files beside the ledger, itself included.
  private func files(of path: String? = nil) throws -> [String] {
    let place = ((path ?? folder.ledger) as NSString).deletingLastPathComponent
    return try FileManager.default.contentsOfDirectory(atPath: place).sorted()
  }

  private func reader() throws -> DatabaseQueue {
    var configuration = Configuration.ledger
    configuration.readonly = true
    let reader = try DatabaseQueue(path: folder.ledger, configuration: configuration)
    #expect(try reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") } == 1)
    return reader
  }

  @Test("is removed when nobody uses it any more, and the ledger stays as it is")
  func removed() throws {
    do {
      let writer = try Ledger(path: folder.ledger)
      try writer.build(["day=1"])
    }
    try #require(try files() == ["ledger.sqlite"])
    let before = try Data(contentsOf: URL(filePath: folder.ledger))
    let (first, second) = (try reader(), try reader())
    let all = ["ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal"]
    #expect(try files() == all)
    try first.close()
    ReadOnlyLedger.removeEmptyLog(beside: folder.ledger)
    #expect(try files() == all)
    try second.close()
    ReadOnlyLedger.removeEmptyLog(beside: folder.ledger)
    #expect(try files() == ["ledger.sqlite"])
    #expect(try Data(contentsOf: URL(filePath: folder.ledger)) == before)
    // There is nothing to remove, and nothing is made.
    ReadOnlyLedger.removeEmptyLog(beside: folder.ledger)
    #expect(try files() == ["ledger.sqlite"])
  }

  @Test("stays when it has what a process that was killed had committed")
  func kept() throws {
    let writer = try Ledger(path: folder.ledger)
    try writer.build(["day=1"])
    _ = try writer.begin()
    let copy = folder.path + "/copy/ledger.sqlite"
    try folder.makeFolder("copy")
    for end in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: folder.ledger + end, toPath: copy + end)
    }
    let log = try Data(contentsOf: URL(filePath: copy + "-wal"))
    try #require(!log.isEmpty)
    ReadOnlyLedger.removeEmptyLog(beside: copy)
    #expect(try files(of: copy) == ["ledger.sqlite", "ledger.sqlite-wal"])
    #expect(try Data(contentsOf: URL(filePath: copy + "-wal")) == log)
    #expect(try ReadOnlyLedger(path: copy).runs(job: nil, limit: 9).count == 2)
  }
}
