import Foundation
import GRDB
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import Ledger

/// A ledger that one machine after another reads and writes.
struct RemoteLedgerTests {
  let store = MemoryObjects()
  let mill: Machine

  init() throws { mill = try Machine(store) }

  @Test("two machines in turn share one history")
  func inTurn() throws {
    let barn = try Machine(store)
    var runs = 0
    for round in 1...3 {
      for machine in [mill, barn] {
        let ledger = try machine.remote.open()
        #expect(try ledger.runs(job: nil, limit: .max).count == runs)
        try ledger.build(["day=\(round)"], content: runs)
        runs += 1
      }
    }
    try mill.remote.refresh()
    #expect(try mill.rows() == barn.rows())
    try expectSameElsewhere(mill, store)
  }

  @Test("where nothing has changed there is one listing and no other request")
  func empty() throws {
    try mill.remote.open().build(["day=1"])
    store.resetCounts()
    #expect(try mill.remote.refresh())
    #expect(store.counts == [.list: 1])
    store.resetCounts()
    _ = try mill.remote.open()
    #expect(store.counts == [.list: 1])
    // Another process with the same copy.
    let other = try RemoteLedger(
      Machine.place, client: store, cache: "\(mill.folder.path)/cache")
    store.resetCounts()
    #expect(try other.refresh())
    #expect(store.counts == [.list: 1])
  }

  @Test("a commit is one write and a look, and a write that changes nothing no request")
  func requests() throws {
    let ledger = try mill.remote.open()
    let run = try ledger.begin()
    store.resetCounts()
    try ledger.log([LogLine(instant: Date(), level: .info, text: "hello")], run: run)
    #expect(store.counts == [.write: 1, .list: 1])
    store.resetCounts()
    try ledger.log([], run: run)
    #expect(store.counts == [:])
  }

  @Test("a large commit is read through a file")
  func largeCommit() throws {
    let ledger = try mill.remote.open()
    let text = String(repeating: "x", count: 1 << 20)
    let run = try ledger.begin()
    try ledger.log([LogLine(instant: Date(), level: .info, text: text)], run: run)
    store.resetCounts()
    try expectSameElsewhere(mill, store)
    #expect(store.counts == [.list: 1, .download: 2, .read: 2])
  }

  @Test("readers see an empty ledger before the first run, and none is made by them")
  func beforeTheFirstRun() throws {
    #expect(try !mill.remote.refresh())
    #expect(try ReadOnlyLedger(path: mill.remote.path).runs(job: nil, limit: 1).isEmpty)
    #expect(store.counts[.write] == nil)
  }

  @Test("a store that cannot be asked is an error, and never an empty ledger")
  func unreachable() throws {
    store.failure = .noBucket("lake")
    store.faults.fail(at: 0)
    let error = LedgerError.unreachable(
      place: "s3://lake/team/ledger", reason: "\(ObjectError.noBucket("lake"))")
    #expect(throws: error) { try mill.remote.refresh() }
    store.faults.fail(at: 0)
    #expect(throws: error) { try mill.remote.open() }
    #expect(store.keys(in: "lake").isEmpty)
  }

  @Test("a ledger that is gone from the store is not begun anew over a copy")
  func gone() throws {
    try mill.remote.open().build(["day=1"])
    for key in store.keys(in: "lake") { store.put(nil, at: ObjectPlace(bucket: "lake", key: key)) }
    let error = LedgerError.gone(place: "s3://lake/team/ledger", copy: mill.remote.path)
    #expect(throws: error) { try mill.remote.refresh() }
    #expect(throws: error) { try mill.remote.open() }
  }

  @Test("a ledger on this machine is not passed over, and is uploaded on demand")
  func adopted() throws {
    let local = "\(mill.folder.path)/.dovetail/ledger.sqlite"
    #expect(throws: LedgerError.absent(path: local)) { try mill.remote.adopt(local) }
    try Ledger(path: local).build(["day=1"])
    let error = LedgerError.notUploaded(place: "s3://lake/team/ledger", path: local)
    #expect(throws: error) { try mill.remote.open(insteadOf: local) }
    #expect(store.keys(in: "lake").isEmpty)
    try mill.remote.adopt(local)
    let ledger = try mill.remote.open(insteadOf: local)
    #expect(try ledger.positions(job: "joined").count == 1)
    #expect(try Machine.rows(of: local).allSatisfy(try mill.rows().contains))
    try expectSameElsewhere(mill, store)
    #expect(throws: LedgerError.occupied(place: "s3://lake/team/ledger")) {
      try mill.remote.adopt(local)
    }
  }

  @Test("the tables of an earlier Dovetail are brought up to date for every machine, by a snapshot")
  func older() throws {
    let local = "\(mill.folder.path)/ledger.sqlite"
    let old = try DatabaseQueue(path: local)
    try DatabaseMigrator.ledger.migrate(old, upTo: "v5")
    try old.write { try $0.execute(sql: "INSERT INTO output_partition VALUES (1, 'j', 'day=1')") }
    try old.close()
    try mill.remote.adopt(local)
    // Readers bring it up to date in memory alone.
    let barn = try Machine(store)
    #expect(try barn.remote.refresh())
    #expect(try ReadOnlyLedger(path: barn.remote.path).runs(job: nil, limit: 1).isEmpty)
    try mill.remote.open().build(["day=1"])
    try barn.remote.open().build(["day=2"])
    #expect(try ReadOnlyLedger(path: barn.remote.path).runs(job: nil, limit: .max).count == 2)
    try mill.remote.refresh()
    #expect(try mill.rows() == barn.rows())
    #expect(try mill.rows().contains { $0.hasPrefix("grdb_migrations") && $0.contains("v6") })
    try expectSameElsewhere(mill, store)
    #expect(store.keys(in: "lake").count { $0.text.contains("snapshot") } == 2)
  }

  @Test("a copy that is damaged, or of another history, is fetched anew")
  func untrusted() throws {
    try mill.remote.open().build(["day=1"])
    let rows = try mill.rows()
    try Data("no database".utf8).write(to: URL(filePath: mill.remote.path))
    try mill.remote.refresh()
    #expect(try mill.rows() == rows)
    // The same number of commits at the same place, and yet another ledger.
    for key in store.keys(in: "lake") { store.put(nil, at: ObjectPlace(bucket: "lake", key: key)) }
    let barn = try Machine(store)
    try barn.remote.open().build(["day=2"])
    try mill.remote.refresh()
    #expect(try mill.rows() == barn.rows())
    #expect(try mill.rows() != rows)
  }

  @Test("a place without a prefix, and one with a slash, are the same ledger's")
  func places() throws {
    for key: ExactText in ["", "a", "a/", "a b/ü"] {
      let place = ObjectPlace(bucket: "lake", key: key)
      try Machine(store, place: place).remote.open().build(["day=1"])
      #expect(try Machine(store, place: place).remote.refresh())
    }
    #expect(try !Machine(store, place: ObjectPlace(bucket: "lake", key: "a b")).remote.refresh())
    #expect(store.keys(in: "lake").contains("a/change-000000000008"))
    #expect(store.keys(in: "lake").contains("change-000000000004"))
    #expect(!store.keys(in: "lake").contains("change-000000000005"))
  }

  @Test("an object of a newer Dovetail is refused")
  func newer() throws {
    try mill.remote.open().build(["day=1"])
    let number = try #require(try LedgerCopy(path: mill.remote.path).state()).number + 1
    store.put(
      Data("{\"format\":\"dovetail-ledger-2\"}\n".utf8),
      at: ObjectPlace(bucket: "lake", key: "team/ledger/change-00000000000\(number)"))
    #expect(
      throws: LedgerError.newer(path: "s3://lake/team/ledger", schema: "dovetail-ledger-2")
    ) { try mill.remote.refresh() }
  }
}
