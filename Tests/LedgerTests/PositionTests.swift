import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

struct PositionTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("the past is read as it was: by run, for positions and lineages")
  func asOf() throws {
    let first = try ledger.build(["day=1", "day=2"])
    _ = try ledger.build(["day=1"], job: "other", content: 9)
    let third = try ledger.build(["day=1"], content: 2)
    let fourth = try ledger.move([move("day=2", content: 3)])
    #expect(try ledger.positions(job: "joined", asOf: first.previous).isEmpty)
    #expect(
      try ledger.positions(job: "joined", asOf: first.next) == [
        "day=1": move("day=1").position(movedBy: first),
        "day=2": move("day=2").position(movedBy: first),
      ])
    #expect(
      try ledger.positions(job: "joined", asOf: third)
        == [
          "day=1": move("day=1", content: 2).position(movedBy: third),
          "day=2": move("day=2").position(movedBy: first),
        ])
    #expect(try ledger.positions(job: "joined")["day=2"]?.run == fourth)
    #expect(try ledger.lineages(job: "joined", asOf: first)["day=1"]?.run == first)
    #expect(try ledger.lineages(job: "joined", asOf: fourth)["day=1"]?.run == third)
    #expect(
      try ReadOnlyLedger(path: folder.ledger).positions(job: "joined", asOf: third)
        == ledger.positions(job: "joined", asOf: third))
  }

  @Test("what a staged run publishes later is the newest, though its number is smaller")
  func lateStagedRun() throws {
    let staged = try ledger.begin()
    try ledger.keep([publish("day=1", run: staged)])
    try ledger.finishRun(staged, RunEnd(state: .staged))
    let second = try ledger.build(["day=1"], content: 2)
    try ledger.resumeRun(staged, holder: holder)
    try ledger.prepare([publish("day=1", run: staged)])
    try ledger.commit([publish("day=1", run: staged)])
    #expect(try ledger.positions(job: "joined")["day=1"]?.run == staged)
    #expect(try ledger.positions(job: "joined", asOf: second)["day=1"]?.run == staged)
    #expect(try ledger.lineages(job: "joined")["day=1"]?.run == staged)
  }

  @Test("a paused build writes lineage and leaves the position")
  func paused() throws {
    try ledger.build(["day=1"])
    let run = try ledger.begin()
    let publish = publish("day=1", run: run, content: 2, isPaused: true)
    try ledger.prepare([publish])
    try ledger.commit([publish])
    #expect(try ledger.positions(job: "joined")["day=1"]?.run == 1)
    #expect(try ledger.lineages(job: "joined")["day=1"] == publish.lineage)
    #expect(try ledger.moved(job: "joined", in: RunWindow(after: 1, through: run)).isEmpty)
  }

  @Test("a window names what moved after one run and up to another, once and by path")
  func windows() throws {
    try ledger.build(["day=3", "day=1"])
    try ledger.build(["day=1"], job: "other")
    try ledger.build(["day=1"], content: 2)
    try ledger.move([move("day=2")])
    func moved(_ after: RunID, _ through: RunID) throws -> [Partition] {
      try ledger.moved(job: "joined", in: RunWindow(after: after, through: through))
    }
    #expect(try moved(0, 4) == ["day=1", "day=2", "day=3"])
    #expect(try moved(0, 1) == ["day=1", "day=3"])
    #expect(try moved(1, 3) == ["day=1"])
    #expect(try moved(1, 2) == [])
    #expect(try moved(3, .max) == ["day=2"])
    #expect(try moved(4, 0) == [])
  }

  @Test("a move changes positions and no lineage, and forgotten inputs are none")
  func moving() throws {
    try ledger.build(["day=1"])
    let reset = PositionMove(partition: "day=1", definition: "definition-2", inputs: [:])
    let run = try ledger.move([reset, move("day=7")], kind: .reset)
    #expect(
      try ledger.positions(job: "joined") == [
        "day=1": Position(run: run, definition: "definition-2", inputs: [:]),
        "day=7": move("day=7").position(movedBy: run),
      ])
    #expect(try ledger.lineages(job: "joined").keys.sorted() == ["day=1"])
    #expect(try ledger.lineages(builtBy: run).isEmpty)
    let record = try #require(try ledger.run(run))
    #expect(record.kind == .reset)
    #expect(record.committed == 2)
    #expect(record.rows == 0)
    #expect(try ledger.workUnits(run: run).map(\.state) == [.moved, .moved])
    #expect(try ledger.workUnits(run: run).first?.reason == "moved by reset")
    let files = try ledger.files(of: Array(inputs("day=7").references.values))
    #expect(files.count == 2)
  }

  @Test("an undone build is held by the newest position, until a later move supersedes it")
  func undone() throws {
    try ledger.build(["day=1"])
    let second = try ledger.build(["day=1"], content: 2)
    let held = move(
      "day=1", undone: UndoneBuild(run: second, inputs: inputs("day=1", content: 2)))
    let undo = try ledger.begin(kind: .undo)
    let restored = PreparedPublish(
      run: undo, partition: "day=1", action: .publish(staged: someToken, replaced: someToken),
      state: .committed, definition: "definition-1", inputs: inputs("day=1"), position: held,
      content: version("joined", "day=1"), rows: 10, bytes: 80, reason: "undo of run \(second)")
    try ledger.prepare([restored])
    try ledger.commit([restored])
    try ledger.move([held], run: undo, reason: "not recorded over the commit")
    try ledger.finishRun(undo, RunEnd(state: .succeeded))
    let position = try #require(try ledger.positions(job: "joined")["day=1"])
    #expect(position == held.position(movedBy: undo))
    #expect(position.undone?.run == second)
    #expect(position.undone?.inputs == inputs("day=1", content: 2).references)
    #expect(try ledger.workUnits(run: undo).map(\.state) == [.committed])

    let release = try ledger.move([move("day=1")], kind: .release)
    #expect(try ledger.positions(job: "joined")["day=1"]?.undone == nil)
    #expect(try ledger.positions(job: "joined", asOf: release.previous)["day=1"]?.undone != nil)
  }

  @Test("an undone build that had read nothing is still an undone build")
  func undoneWithoutInputs() throws {
    let run = try ledger.build(["day=1"])
    try ledger.move([move("day=1", undone: UndoneBuild(run: run, inputs: [:]))])
    #expect(
      try ledger.positions(job: "joined")["day=1"]?.undone == UndoneBuild(run: run, inputs: [:]))
  }

  @Test("a move that cannot be recorded moves nothing")
  func allOrNothing() throws {
    let run = try ledger.begin(kind: .set)
    let nowhere = PositionMove(partition: "day=2", definition: "", inputs: [:])
    #expect(throws: LedgerError.self) {
      try ledger.move([move("day=1"), nowhere], run: run, reason: "")
    }
    #expect(try ledger.positions(job: "joined").isEmpty)
    #expect(try ledger.workUnits(run: run).isEmpty)
  }

  @Test("what one run built is told by partition, whatever was built since")
  func builtBy() throws {
    let first = try ledger.build(["day=1", "day=2"])
    try ledger.build(["day=1"], content: 2)
    #expect(
      try ledger.lineages(builtBy: first) == [
        "day=1": publish("day=1", run: first).lineage,
        "day=2": publish("day=2", run: first).lineage,
      ])
    #expect(try ledger.lineages(builtBy: 99).isEmpty)
  }

  @Test("counters count as Glue's do")
  func counters() throws {
    func run(
      _ state: RunState, mode: BookmarkMode = .enable, kind: RunKind = .run, job: String = "joined"
    ) throws -> BookmarkCounters {
      let run = try ledger.beginRun(
        RunStart(job: job, kind: kind, mode: mode, listedAt: listedAt), holder: holder)
      try ledger.finishRun(run, RunEnd(state: state))
      return try ledger.counters(job: "joined")
    }
    #expect(try ledger.counters(job: "joined") == BookmarkCounters())
    #expect(try run(.failed) == BookmarkCounters(run: 0, attempt: 1))
    #expect(try run(.succeeded) == BookmarkCounters(run: 1, attempt: 0))
    #expect(try run(.partial, kind: .rerun) == BookmarkCounters(run: 1, attempt: 1))
    #expect(try run(.cancelled, mode: .pause) == BookmarkCounters(run: 1, attempt: 2))
    #expect(try run(.failed, mode: .disable) == BookmarkCounters(run: 1, attempt: 2))
    #expect(try run(.succeeded, kind: .undo) == BookmarkCounters(run: 1, attempt: 2))
    #expect(try run(.succeeded, job: "other") == BookmarkCounters(run: 1, attempt: 2))
    _ = try ledger.begin()
    #expect(try run(.staged) == BookmarkCounters(run: 1, attempt: 3))
    #expect(try run(.succeeded, mode: .pause) == BookmarkCounters(run: 2, attempt: 0))
    try ledger.build(["day=1", "day=2"])
    try ledger.move([move("day=1")])
    try ledger.build(["day=1"], job: "other")
    #expect(
      try ledger.counters(job: "joined") == BookmarkCounters(run: 3, attempt: 0, version: 2))
  }
}
