import Foundation
import IncrementalJoin
import Ledger
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// Two machines that commit at once, answers that do not come, and machines that die.
struct OvertakenTests {
  let store = MemoryObjects()
  let mill: Machine
  let barn: Machine

  init() throws {
    mill = try Machine(store)
    barn = try Machine(store)
  }

  @Test("of two machines that commit at once the second looks, and commits after the first")
  func atOnce() throws {
    let first = try mill.remote.open()
    let second = try barn.remote.open()
    let run = try first.begin()
    let other = try second.begin(job: "other")
    #expect(other != run)
    #expect(try second.run(run)?.state == .running)
    // Now the first one is behind.
    try first.prepare([publish("day=1", run: run)])
    try second.prepare([publish("day=1", run: other)])
    try first.commit([publish("day=1", run: run)])
    try second.commit([publish("day=1", run: other)])
    try first.finishRun(run, RunEnd(state: .succeeded))
    try second.finishRun(other, RunEnd(state: .succeeded))
    try mill.remote.refresh()
    #expect(try first.runs(job: nil, limit: .max).map(\.state) == [.succeeded, .succeeded])
    #expect(try mill.rows() == barn.rows())
    try expectSameElsewhere(mill, store)
  }

  @Test("a run that a later one of its job found interrupted can record nothing any more")
  func interrupted() throws {
    let first = try mill.remote.open()
    let second = try barn.remote.open()
    let run = try first.begin()
    try first.prepare([publish("day=1", run: run)])
    try barn.remote.refresh()
    let next = try second.begin()
    let before = try barn.rows()
    #expect(throws: LedgerError.notRunning(run: run)) {
      try first.prepare([publish("day=2", run: run)])
    }
    #expect(throws: LedgerError.notRunning(run: run)) {
      try first.finishRun(run, RunEnd(state: .succeeded))
    }
    #expect(try mill.rows() == before)
    #expect(try second.run(next)?.state == .running)
    try expectSameElsewhere(mill, store)
  }

  @Test(
    "of two machines that begin a run of one job at once, or end those that were left, one does")
  func sameJob() throws {
    let first = try mill.remote.open()
    let second = try barn.remote.open()
    let run = try first.begin()
    let error = LedgerError.overtaken(place: "s3://lake/team/ledger")
    #expect(throws: error) { try second.begin() }
    #expect(try second.run(run)?.state == .running)
    let next = try second.begin()
    // What was looked at before the other's run does not end that run.
    #expect(throws: error) { try first.interruptRuns(job: "joined") }
    #expect(try second.run(next)?.state == .running)
    try expectSameElsewhere(mill, store)
  }

  @Test("a machine that slept until the number of its commit was removed looks before it commits")
  func asleep() throws {
    let first = try mill.remote.open()
    let second = try barn.remote.open()
    let number = try #require(try LedgerCopy(path: mill.remote.path).state()).number
    for content in 1...2 { try second.build(many, content: content) }
    let key: ExactText = "team/ledger/change-00000000000\(number + 1)"
    try #require(!store.keys(in: "lake").contains(key))
    try first.build(["day=1"], content: 100, job: "other")
    #expect(!store.keys(in: "lake").contains(key))
    try expectSameElsewhere(mill, store)
  }

  @Test("a commit from which another machine goes on before it is looked at is no less one")
  func continued() throws {
    let ledger = try mill.remote.open()
    let other = barn
    store.faults.act(at: 0, of: "list") { _ in _ = try? other.remote.open().begin(job: "other") }
    let run = try ledger.begin()
    #expect(try ledger.run(run)?.state == .running)
    try ledger.finishRun(run, RunEnd(state: .failed))
    #expect(try ledger.runs(job: "other", limit: 1).count == 1)
    try expectSameElsewhere(mill, store)
  }

  @Test("a commit whose answer is lost is found, and not made twice")
  func lostAnswer() throws {
    let ledger = try mill.remote.open()
    store.losses.fail(at: 0, of: "write")
    store.resetCounts()
    try ledger.begin()
    #expect(store.counts == [.write: 1, .read: 1, .list: 1])
    try expectSameElsewhere(mill, store)
  }

  @Test("a commit that did not arrive is made again")
  func lostRequest() throws {
    let ledger = try mill.remote.open()
    store.failure = .lost(reason: "the connection was closed")
    store.faults.fail(at: 0, of: "write")
    store.resetCounts()
    try ledger.begin()
    #expect(store.counts == [.write: 2, .read: 1, .list: 1])
    try expectSameElsewhere(mill, store)
  }

  @Test("a commit of which nobody can tell is uncertain, and is there after a look")
  func uncertain() throws {
    let ledger = try mill.remote.open()
    store.losses.fail(at: 0, of: "write")
    store.faults.fail(at: 0, of: "read")
    let error = #expect(throws: LedgerError.self) { try ledger.begin() }
    guard case .uncertain("s3://lake/team/ledger", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try ledger.runs(job: nil, limit: 1).isEmpty)
    // What comes next is made after it.
    try ledger.begin(job: "other")
    #expect(try ledger.runs(job: nil, limit: 2).map(\.state) == [.running, .running])
    try ledger.build(["day=1"])
    try expectSameElsewhere(mill, store)
  }

  @Test("a commit that the store refuses is refused at once, with its reason")
  func refused() throws {
    let ledger = try mill.remote.open()
    store.failure = .expiredToken
    store.faults.fail(at: 0, of: "write")
    store.resetCounts()
    let error = LedgerError.unreachable(
      place: "s3://lake/team/ledger", reason: "\(ObjectError.expiredToken)")
    #expect(throws: error) { try ledger.begin() }
    #expect(store.counts == [.write: 1])
  }

  @Test("a machine that died between the store's commit and its own catches up")
  func died() throws {
    let copy = LedgerCopy(path: mill.remote.path)
    _ = try mill.remote.open()
    let saved = "\(mill.folder.path)/saved.sqlite"
    try ReadOnlyLedger(path: copy.path).backUp(to: saved)
    try mill.remote.open().build(["day=1"])
    let rows = try mill.rows()
    try copy.replace(by: LedgerCopy(path: saved))
    #expect(try mill.rows() != rows)
    try mill.remote.refresh()
    #expect(try mill.rows() == rows)
    try mill.remote.open().build(["day=2"])
    try expectSameElsewhere(mill, store)
  }

  @Test("of two machines that make the ledger at once, one does")
  func firstRuns() throws {
    // The other one comes when the snapshot of this one is stored, and its first commit is not.
    let other = barn
    store.faults.act(at: 1, of: "write") { _ in _ = try? other.remote.open() }
    #expect(throws: LedgerError.overtaken(place: "s3://lake/team/ledger")) {
      try mill.remote.open()
    }
    #expect(try barn.remote.refresh())
    #expect(store.keys(in: "lake").count == 2)
    try mill.remote.open().build(["day=1"])
    try expectSameElsewhere(mill, store)
  }

  @Test("processes of two machines that commit at the same time make one history")
  func together() async throws {
    _ = try mill.remote.open()
    let (machines, store) = ([mill, barn], store)
    try await withThrowingDiscardingTaskGroup { group in
      for number in 0..<4 {
        let cache = "\(machines[number / 2].folder.path)/cache"
        group.addTask { @concurrent in
          let remote = try RemoteLedger(Machine.place, client: store, cache: cache)
          var left = 10
          while left > 0 {
            do {
              let ledger = try remote.open()
              try ledger.begin(job: "job \(number)")
              left -= 1
            } catch LedgerError.overtaken {}
          }
        }
      }
    }
    for machine in machines { try machine.remote.refresh() }
    #expect(try mill.rows() == barn.rows())
    let runs = try ReadOnlyLedger(path: mill.remote.path).runs(job: nil, limit: .max)
    for number in 0..<4 { #expect(runs.count { $0.job == "job \(number)" } == 10) }
    #expect(try LedgerCopy(path: mill.remote.path).state()?.number == 40)
    try expectSameElsewhere(mill, store)
  }
}
