import GRDB
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

struct StagedTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  /// A run that staged three partitions and ended.
  private func stage() throws -> RunID {
    let run = try ledger.begin()
    try ledger.keep((1...3).map { publish("day=\($0)", run: run, matches: [sampleMatch]) })
    try ledger.finishRun(
      run,
      RunEnd(
        state: .staged, bytesRead: 100, filesRead: 4,
        timings: RunTimings(plan: .milliseconds(1), stage: .milliseconds(10))))
    return run
  }

  private func states(_ run: RunID) throws -> [WorkUnitState] {
    try ledger.workUnits(run: run).map(\.state)
  }

  @Test("what is kept is found whole, moves nothing, and the run has ended as staged")
  func keeping() throws {
    let run = try stage()
    let expected = (1...3).map { publish("day=\($0)", run: run, matches: [sampleMatch]) }
    #expect(try ReadOnlyLedger(path: folder.ledger).staged(run: run) == expected)
    #expect(try ledger.staged(run: run.next).isEmpty)
    #expect(try states(run) == [.staged, .staged, .staged])
    let record = try #require(try ledger.run(run))
    #expect(record.state == .staged)
    #expect(record.finishedAt != nil)
    #expect(record.committed == 0)
    #expect(record.rows == 0)
    #expect(try ledger.positions(job: "joined").isEmpty)
    #expect(try ledger.lineages(job: "joined").isEmpty)
    #expect(try ledger.unfinishedPublishes(job: "joined").isEmpty)
    #expect(try ledger.matches(job: "joined", run: nil).isEmpty)
  }

  @Test("a staged run goes on under a new holder, and its sums add up")
  func resuming() throws {
    let run = try stage()
    let other = LockHolder(
      user: "grace", host: "mill", process: 4712, workspace: "/data/flights", since: listedAt)
    try ledger.resumeRun(run, holder: other)
    let resumed = try #require(try ledger.run(run))
    #expect(resumed.state == .running)
    #expect(resumed.finishedAt == nil)
    #expect(resumed.user == "ada")

    // The folder that is replaced may be another one by now: what is prepared counts.
    let approved = publish("day=1", run: run, content: 2)
    try ledger.prepare([approved])
    #expect(try ledger.staged(run: run).map(\.partition) == ["day=2", "day=3"])
    #expect(try ledger.workUnits(run: run).map(\.partition) == ["day=2", "day=3"])
    try ledger.commit([approved])
    try ledger.discard(["day=2"], run: run, message: "Not wanted.")
    try ledger.finishRun(
      run,
      RunEnd(
        state: .staged, bytesRead: 1, filesRead: 1,
        timings: RunTimings(stage: .milliseconds(2), publish: .milliseconds(3))))

    #expect(try states(run) == [.committed, .cancelled, .staged])
    #expect(
      try ledger.workUnits(run: run).map { [$0.reason, $0.message] } == [
        ["flights: 2 added", nil], ["flights: 1 added", "Not wanted."], ["flights: 1 added", nil],
      ])
    #expect(try ledger.staged(run: run).map(\.partition) == ["day=3"])
    #expect(
      try ledger.positions(job: "joined") == [
        "day=1": move("day=1", content: 2).position(movedBy: run)
      ]
    )
    let record = try #require(try ledger.run(run))
    #expect(record.user == "ada")
    #expect(record.bytesRead == 101)
    #expect(record.filesRead == 5)
    #expect(
      record.timings
        == RunTimings(
          plan: .milliseconds(1), stage: .milliseconds(12), publish: .milliseconds(3)))
    let leases = try DatabaseQueue(path: folder.ledger).read {
      try Row.fetchAll($0, sql: "SELECT user, released_at IS NULL FROM lease ORDER BY id")
    }
    #expect(leases.map { $0[0] } == ["ada", "grace"])
    #expect(leases.map { $0[1] } == [false, false])
  }

  @Test("a roll back does not stage the unit again")
  func rolledBack() throws {
    let run = try stage()
    try ledger.resumeRun(run, holder: holder)
    let approved = publish("day=1", run: run)
    try ledger.prepare([approved])
    try ledger.rollBack([approved])
    #expect(try ledger.staged(run: run).map(\.partition) == ["day=2", "day=3"])
    #expect(try ledger.workUnits(run: run).map(\.partition) == ["day=2", "day=3"])
    try ledger.keep([approved])
    #expect(try ledger.staged(run: run).map(\.partition) == ["day=1", "day=2", "day=3"])
  }

  @Test("a refused batch leaves everything staged")
  func refused() throws {
    let run = try stage()
    try ledger.resumeRun(run, holder: holder)
    try ledger.prepare([publish("day=4", run: run)])
    #expect(throws: LedgerError.unfinished(run: run, partition: "day=4")) {
      try ledger.prepare([publish("day=1", run: run), publish("day=4", run: run)])
    }
    #expect(throws: LedgerError.unitNotStaged(run: run, partition: "day=5")) {
      try ledger.discard(["day=1", "day=5"], run: run, message: "")
    }
    #expect(try ledger.staged(run: run).count == 3)
    #expect(try ledger.workUnits(run: run).map(\.state) == [.staged, .staged, .staged])
  }

  @Test("a unit is discarded once, and a committed one cannot be staged")
  func once() throws {
    let run = try stage()
    try ledger.discard(["day=1"], run: run, message: "Not wanted.")
    #expect(throws: LedgerError.unitNotStaged(run: run, partition: "day=1")) {
      try ledger.discard(["day=1"], run: run, message: "Again.")
    }
    #expect(throws: LedgerError.unknownRun(run: 99)) {
      try ledger.discard(["day=1"], run: 99, message: "")
    }
    try ledger.resumeRun(run, holder: holder)
    try ledger.prepare([publish("day=2", run: run)])
    try ledger.commit([publish("day=2", run: run)])
    #expect(throws: LedgerError.unitCommitted(run: run, partition: "day=2")) {
      try ledger.keep([publish("day=2", run: run)])
    }
    #expect(try ledger.staged(run: run).map(\.partition) == ["day=3"])
  }

  @Test("a unit that failed when it was to be published stays staged until it is discarded")
  func failedPublish() throws {
    let run = try stage()
    let failed = WorkUnitRecord(
      partition: "day=1", state: .failed, rows: 0, bytes: 0, reason: "r", message: "It moved.")
    try ledger.record([failed], run: run)
    #expect(try ledger.staged(run: run).count == 3)
    try ledger.discard(["day=1"], run: run, message: "Not wanted.")
    #expect(try ledger.workUnits(run: run).first?.message == "Not wanted.")
  }

  @Test("a later staging of the same unit replaces the earlier one")
  func replaced() throws {
    let run = try stage()
    try ledger.resumeRun(run, holder: holder)
    try ledger.keep([publish("day=1", run: run, content: 5)])
    #expect(try ledger.staged(run: run).first == publish("day=1", run: run, content: 5))
    #expect(try ledger.staged(run: run).count == 3)
  }

  @Test("only a run with staged units can go on")
  func notStaged() throws {
    let ended = try ledger.build(["day=1"])
    #expect(throws: LedgerError.notStaged(run: ended)) {
      try ledger.resumeRun(ended, holder: holder)
    }
    #expect(throws: LedgerError.unknownRun(run: 99)) {
      try ledger.resumeRun(99, holder: holder)
    }
    #expect(try ledger.run(ended)?.state == .succeeded)
  }

  @Test("a run that died while it published what it had staged can go on")
  func interrupted() throws {
    let run = try stage()
    try ledger.resumeRun(run, holder: holder)
    #expect(try ledger.interruptRuns(job: "joined"))
    #expect(try ledger.run(run)?.state == .interrupted)
    let next = try ledger.begin()
    try ledger.resumeRun(run, holder: holder)
    #expect(try ledger.run(run)?.state == .running)
    #expect(try ledger.run(next)?.state == .interrupted)
    #expect(try ledger.staged(run: run).count == 3)
  }
}
