import Foundation
import GRDB
import IncrementalJoin
import Ledger
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// The snapshots from which a machine without a copy begins.
struct SnapshotTests {
  let store = MemoryObjects()
  let mill: Machine

  init() throws { mill = try Machine(store) }

  private func numbers(_ kind: String) -> [Int] {
    store.keys(in: "lake").compactMap { key in
      let parts = key.text.split { $0 == "-" || $0 == "/" }
      return parts[2] == kind ? Int(parts[3]) : nil
    }
  }

  /// Opens a ledger that is too large for a snapshot with every run.
  private func openLarge(megabytes: Int = 2) throws -> Ledger {
    let local = "\(mill.folder.path)/ledger.sqlite"
    _ = try Ledger(path: local)
    try DatabaseQueue(path: local).write {
      try $0.execute(
        sql: "CREATE TABLE much (x); INSERT INTO much VALUES (zeroblob(\(megabytes) << 20))")
    }
    try mill.remote.adopt(local)
    return try mill.remote.open()
  }

  @Test("a run ends with a snapshot, from which a machine without a copy begins by one request")
  func everyRun() throws {
    let ledger = try mill.remote.open()
    try ledger.build(["day=1"])
    #expect(numbers("snapshot") == [0, 4])
    store.resetCounts()
    try expectSameElsewhere(mill, store)
    #expect(store.counts == [.list: 1, .download: 1])
    try ledger.build(["day=2"])
    #expect(numbers("snapshot") == [4, 8])
    #expect(numbers("change") == Array(4...8))
    try expectSameElsewhere(mill, store)
  }

  @Test(
    "a large ledger's is stored when changes exceed a tenth, and what is older than two is removed")
  func due() throws {
    let ledger = try openLarge()
    let much: [Partition] = (1...300).map { "day=\($0)" }
    try ledger.build(["day=1"])
    #expect(numbers("snapshot") == [0])
    try ledger.build(much)
    #expect(numbers("snapshot") == [0, 8])
    #expect(numbers("change") == Array(0...8))
    try expectSameElsewhere(mill, store)
    try ledger.build(much, content: 2)
    #expect(numbers("snapshot") == [8, 12])
    #expect(numbers("change") == Array(8...12))
    try ledger.build(["day=2"])
    #expect(numbers("snapshot") == [8, 12])
    try expectSameElsewhere(mill, store)
  }

  @Test("many small changes are a snapshot before they are too many to be read")
  func small() throws {
    let ledger = try openLarge()
    let run = try ledger.begin()
    for number in 1...256 {
      try ledger.log([LogLine(instant: Date(), level: .info, text: "\(number)")], run: run)
    }
    #expect(numbers("snapshot") == [0])
    try ledger.finishRun(run, RunEnd(state: .failed))
    #expect(numbers("snapshot") == [0, 258])
    try expectSameElsewhere(mill, store)
  }

  @Test(
    "a run ends well though its snapshot fails, and the next one makes up for it",
    arguments: ["list", "uploads", "write", "remove"])
  func failing(_ request: String) throws {
    let ledger = try mill.remote.open()
    try ledger.build(many)
    let run = try ledger.begin()
    let publishes = many.map { publish($0, run: run, content: 2) }
    try ledger.prepare(publishes)
    try ledger.commit(publishes)
    // The write and the look of the last commit come first.
    let index = ["list", "write"].contains(request) ? 1 : 0
    store.faults.fail(at: index, of: request)
    try ledger.finishRun(run, RunEnd(state: .succeeded))
    #expect(store.faults.calls.count { $0 == request } > index)
    store.faults.stop()
    try expectSameElsewhere(mill, store)
    try ledger.build(many, content: 3)
    #expect(numbers("snapshot").count == 2)
    #expect(numbers("change").first == numbers("snapshot").first)
    try expectSameElsewhere(mill, store)
  }

  @Test("a snapshot that no commit leads to is passed over")
  func orphan() throws {
    try mill.remote.open().build(["day=1"])
    let state = try #require(try LedgerCopy(path: mill.remote.path).state())
    let stray = try Machine(MemoryObjects())
    try stray.remote.open().build(["day=2"])
    // One beyond the newest commit, and one of its number that is of another history.
    for number in [state.number, state.number + 1] {
      let copy = "\(mill.folder.path)/\(number).sqlite"
      try ReadOnlyLedger(path: stray.remote.path).backUp(to: copy)
      try LedgerCopy(path: copy).stamp(LedgerState(number: number, id: "x", tag: nil))
      let content = try Data(contentsOf: URL(filePath: copy))
      let digest = content.digest
      store.put(
        content,
        at: ObjectPlace(bucket: "lake", key: "team/ledger/snapshot-00000000000\(number)-\(digest)"))
    }
    try expectSameElsewhere(mill, store)
  }

  @Test("an upload that was never ended is given up by the next snapshot")
  func uploads() async throws {
    let place = ObjectPlace(bucket: "lake", key: "team/ledger/snapshot-000000000001-x")
    _ = try await store.beginUpload(to: place, metadata: [:])
    let other = ObjectPlace(bucket: "lake", key: "team/ledgers/snapshot-000000000001-x")
    let kept = try await store.beginUpload(to: other, metadata: [:])
    let ledger = try mill.remote.open()
    try ledger.build(many)
    #expect(store.openUploads == [kept])
  }

  @Test("a large ledger is uploaded in parts")
  func large() throws {
    let ledger = try openLarge(megabytes: 9)
    #expect(store.counts[.upload] == 2)
    try ledger.build(["day=2"])
    try expectSameElsewhere(mill, store)
    #expect(store.openUploads.isEmpty)
  }

  @Test("damaged objects are named, and are no ledger")
  func damaged() throws {
    // A run that has not ended leaves a snapshot and three changes.
    let ledger = try mill.remote.open()
    try ledger.prepare([publish("day=1", run: try ledger.begin())])
    let keys = store.keys(in: "lake")
    let contents = keys.map { store.content(of: ObjectPlace(bucket: "lake", key: $0)) ?? Data() }
    func expectDamage(_ damage: [Data?], _ name: String) throws {
      for (key, content) in zip(keys, damage) {
        store.put(content, at: ObjectPlace(bucket: "lake", key: key))
      }
      let error = #expect(throws: LedgerError.self, "\(name)") {
        try Machine(store).remote.refresh()
      }
      guard case .broken("s3://lake/team/ledger", _) = error else {
        Issue.record("\(name): \(String(describing: error))")
        return
      }
    }
    for index in [0, 1, keys.count - 1] {
      var damage: [Data?] = contents
      damage[index]?[contents[index].count - 1] ^= 1
      try expectDamage(damage, "a bit of \(keys[index])")
      damage[index] = contents[index].dropLast()
      try expectDamage(damage, "the end of \(keys[index])")
      damage[index] = nil
      try expectDamage(damage, "\(keys[index])")
    }
    var damage: [Data?] = contents
    damage.swapAt(1, 2)
    try expectDamage(damage, "two changes")
  }
}

extension Data {
  fileprivate var digest: String {
    var digest = SHA256()
    withUnsafeBytes { digest.update($0) }
    return digest.finalize()
  }
}
