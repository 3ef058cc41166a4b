import Foundation
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

struct RunTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("a run is recorded from its beginning to its end, with the sums of its work units")
  func wholeRun() throws {
    let before = Date()
    let run = try ledger.beginRun(
      RunStart(
        job: "joined", kind: .rerun, mode: .pause, plan: "plan-1", listedAt: listedAt,
        detail: "what run 3 did", note: "late weather"), holder: holder)
    let running = try #require(try ledger.runs(job: "joined", limit: 1).first)
    #expect(running.state == .running)
    #expect(running.finishedAt == nil)

    let publishes = [
      publish("day=1", run: run, rows: 10), publish("day=2", run: run, content: 2, rows: 5),
      publish("day=3", run: run, rows: 0), unchanged("day=5", run: run),
    ]
    try ledger.prepare(publishes)
    try ledger.commit(publishes)
    let failed = WorkUnitRecord(
      partition: "day=0", state: .failed, rows: 0, bytes: 0, reason: "weather: 1 rewritten",
      message: "The file vanished.")
    let cancelled = WorkUnitRecord(
      partition: "day=4", state: .cancelled, rows: 0, bytes: 0, reason: "", message: nil)
    try ledger.record([failed, cancelled], run: run)
    try ledger.move([move("day=10")], run: run, reason: "skipped")
    let timings = RunTimings(
      plan: .milliseconds(5), stage: .seconds(3), publish: .microseconds(7), commit: .zero)
    try ledger.finishRun(
      run, RunEnd(state: .partial, bytesRead: 1234, filesRead: 9, timings: timings))

    let record = try #require(try ledger.runs(job: "joined", limit: 1).first)
    let finishedAt = try #require(record.finishedAt)
    #expect(record.startedAt.timeIntervalSince(before) >= -0.001)
    #expect(finishedAt >= record.startedAt)
    #expect(
      record
        == RunRecord(
          id: run, job: "joined", kind: .rerun, mode: .pause, plan: "plan-1",
          detail: "what run 3 did", note: "late weather", state: .partial,
          listedAt: record.listedAt, startedAt: record.startedAt, finishedAt: finishedAt,
          user: "ada", committed: 5, unchanged: 1, failed: 1, rows: 15, bytesRead: 1234,
          filesRead: 9, timings: timings))
    #expect(try ledger.run(run) == record)
    #expect(try ledger.run(run.next) == nil)
    #expect(abs(record.listedAt.timeIntervalSince(listedAt)) < 0.000_001)
    #expect(
      try ledger.workUnits(run: run) == [
        failed,
        WorkUnitRecord(
          partition: "day=1", state: .committed, rows: 10, bytes: 80, reason: "flights: 1 added",
          message: nil),
        WorkUnitRecord(
          partition: "day=2", state: .committed, rows: 5, bytes: 40, reason: "flights: 2 added",
          message: nil),
        WorkUnitRecord(
          partition: "day=3", state: .removed, rows: 0, bytes: 0, reason: "flights: 1 added",
          message: nil),
        cancelled,
        WorkUnitRecord(
          partition: "day=5", state: .unchanged, rows: 0, bytes: 0, reason: "flights: 1 rewritten",
          message: nil),
        WorkUnitRecord(
          partition: "day=10", state: .moved, rows: 0, bytes: 0, reason: "skipped", message: nil),
      ])
  }

  @Test("runs are listed newest first, of one job or of all, up to a limit")
  func listing() throws {
    let ids = try ["a", "b", "a"].map { try ledger.build([], job: $0) }
    #expect(ids == ids.sorted() && Set(ids).count == 3)
    #expect(try ledger.runs(job: nil, limit: .max).map(\.id) == ids.reversed())
    #expect(try ledger.runs(job: "a", limit: .max).map(\.id) == [ids[2], ids[0]])
    #expect(try ledger.runs(job: nil, limit: 2).map(\.id) == [ids[2], ids[1]])
    #expect(try ledger.runs(job: "c", limit: 2).isEmpty)
    #expect(try ledger.runs(job: nil, limit: 0).isEmpty)
  }

  @Test("a run that begins marks the job's earlier runs that never ended, and no other job's")
  func interrupted() throws {
    let dead = try ledger.begin(job: "a")
    let other = try ledger.begin(job: "b")
    let ended = try ledger.build([], job: "c")
    let next = try ledger.begin(job: "a")
    let states = Dictionary(
      uniqueKeysWithValues: try ledger.runs(job: nil, limit: .max).map { ($0.id, $0.state) })
    #expect(
      states == [dead: .interrupted, other: .running, ended: .succeeded, next: .running])
    #expect(try ledger.runs(job: "a", limit: .max).last?.finishedAt == nil)
  }

  @Test("an interrupted run can neither end nor prepare any more")
  func fencing() throws {
    let dead = try ledger.begin()
    _ = try ledger.begin()
    #expect(throws: LedgerError.notRunning(run: dead)) {
      try ledger.finishRun(dead, RunEnd(state: .succeeded))
    }
    #expect(throws: LedgerError.notRunning(run: dead)) {
      try ledger.prepare([publish("day=1", run: dead)])
    }
    #expect(throws: LedgerError.notRunning(run: dead)) {
      try ledger.keep([publish("day=1", run: dead)])
    }
    #expect(throws: LedgerError.notRunning(run: dead)) {
      try ledger.move([move("day=1")], run: dead, reason: "")
    }
    #expect(throws: LedgerError.notRunning(run: dead)) {
      try ledger.accept(["flights": source("data/flights")], run: dead)
    }
    #expect(try ledger.unfinishedPartitions(job: "joined").isEmpty)
  }

  @Test("a run ends once")
  func endsOnce() throws {
    let run = try ledger.build([])
    #expect(throws: LedgerError.notRunning(run: run)) {
      try ledger.finishRun(run, RunEnd(state: .failed))
    }
    #expect(try ledger.runs(job: nil, limit: 1).first?.state == .succeeded)
  }

  @Test("a failed unit keeps its newest record; a committed one cannot be overwritten")
  func records() throws {
    func unit(_ state: WorkUnitState, _ message: String?) -> WorkUnitRecord {
      WorkUnitRecord(
        partition: "day=1", state: state, rows: 0, bytes: 0, reason: "r", message: message)
    }
    let run = try ledger.begin()
    try ledger.record([unit(.failed, "first")], run: run)
    try ledger.record([unit(.failed, "second")], run: run)
    #expect(try ledger.workUnits(run: run).map(\.message) == ["second"])
    #expect(throws: LedgerError.notPrepared(run: run, partition: "day=1")) {
      try ledger.record([unit(.committed, nil)], run: run)
    }
    let retried = publish("day=1", run: run)
    try ledger.prepare([retried])
    try ledger.commit([retried])
    #expect(try ledger.workUnits(run: run).map(\.state) == [.committed])
    #expect(try ledger.workUnits(run: run).map(\.message) == [nil])
    #expect(throws: LedgerError.unitCommitted(run: run, partition: "day=1")) {
      try ledger.record([unit(.cancelled, nil)], run: run)
    }
    #expect(throws: LedgerError.unknownRun(run: 99)) {
      try ledger.record([unit(.failed, "x")], run: 99)
    }
  }
}
