import Cells
import Foundation
import Operations
import PartitionPredicate
import Reports
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("Reports over the screen")
struct ReportTests {
  private let world = World.control()
  private let job = "flights_weather"

  @Test(
    "each report has a key where it is needed",
    arguments: [
      (["a"], ReportRequest.arrivals), (["m"], .matches), (["p"], .bookmarks),
      (["K"], .keptVersions), (["V", "Enter"], .drift), (["V", "j", "Enter"], .verifySample(5)),
      (["V", "j", "j", "Enter"], .verify(nil)), (["3", "Enter"], .run(6)),
      (["3", "j", "d"], .changes(5)), (["4", "w"], .why(World.partition(1, 5))),
      (["4", "Space", "V", "Enter"], .verify([World.partition(1, 5)])),
      (["2", "Enter", "w"], .why(World.partition(1, 1))), (["2", "A"], .glueCatalog),
      (
        ["2", "Enter", "Enter", "Enter"],
        .uses(file: "/data/flights/month=1/day=1/part-0.parquet")
      ),
    ])
  func keys(_ keys: [String], _ request: ReportRequest) async throws {
    var session = try await Session(world)
    for key in keys { session.press(key) }
    #expect(session.take() == [.report(job: job, request)])
    session.send(.reported(TextReport(title: "The report"), for: request))
    #expect(session.text.hasPrefix(" The report"))
    session.press("q")
    #expect(!session.text.contains("The report"))
  }

  @Test("a report scrolls to its ends, wraps, and is copied whole")
  func scrolling() async throws {
    var session = try await Session(world)
    session.press("a")
    let lines = (1...99).map { TextReport.Line("line \($0)") }
    let long = TextReport.Line("  " + String(repeating: "word ", count: 20) + "end")
    let report = TextReport(title: "Long", lines: lines + [long])
    session.send(.reported(report, for: .arrivals))
    #expect(session.text.contains("line 21"))
    #expect(!session.text.contains("line 22"))
    #expect(session.text.contains("1-21 of 101"))
    session.press("G")
    #expect(session.text.contains("81-101 of 101"))
    #expect(session.text.contains("\n  word word word word word end"))
    session.press("j", "k", "g", "k")
    #expect(session.text.contains("1-21 of 101"))
    _ = session.take()
    session.press("y")
    #expect(session.take() == [.copy(report.text())])
    session.send(.input(.resize(Size(columns: 60, rows: 16))))
    #expect(session.text.contains("1-13 of 101"))
  }

  @Test("a report is filtered as one types, and searched")
  func filtering() async throws {
    var session = try await Session(world)
    session.press("a")
    let lines = (1...99).map { TextReport.Line("line \($0) \($0 % 2 == 0 ? "even" : "odd")") }
    session.send(.reported(TextReport(title: "Long", lines: lines), for: .arrivals))
    session.press("/")
    session.type("EVEN 4")
    #expect(session.text.contains("Filter: EVEN 4"))
    #expect(session.text.contains("line 40 even"))
    #expect(!session.text.contains("odd"))
    session.press("Enter", "j")
    #expect(session.cursorRow.contains("line 14 even"))
    session.press("Esc")
    #expect(session.cursorRow.contains("line 14 even"))
    #expect(session.text.contains("line 15 odd"))
    session.press("n")
    #expect(session.cursorRow.contains("line 24 even"))
    session.press("N", "N", "N")
    #expect(session.cursorRow.contains("line 94 even"))
    session.press("g", "Ctrl-D", "Ctrl-U")
    #expect(session.cursorRow.contains("line 1 odd"))
    session.press("Enter")
    #expect(session.text.contains("The line names no partition of the job and no run to go to."))
    session.press("j")
    #expect(!session.text.contains("The line names no partition"))
    session.press("Esc")
    #expect(!session.text.contains("line 1 odd"))
  }

  @Test(
    "Enter goes from a line of a report to the partition or the run that it names, and Esc back")
  func following() async throws {
    var session = try await Session(world)
    session.press("m")
    let partition = try #require(session.model.page?.known.first?.partition)
    let report = TextReport(
      title: "Alarms",
      lines: [
        TextReport.Line("nothing"), TextReport.Line("Fewer matches in \(partition.path), run 2."),
        TextReport.Line("Raised by run 2: worse"), TextReport.Line("run 999 month=99/day=99"),
      ])
    session.send(.reported(report, for: .matches))
    _ = session.take()
    session.press("j", "Enter")
    #expect(session.take() == [.report(job: job, .why(partition))])
    session.send(.reported(TextReport(title: "Why it is"), for: .why(partition)))
    #expect(session.text.hasPrefix(" Why it is"))
    session.press("Esc")
    #expect(session.text.hasPrefix(" Alarms"))
    #expect(session.cursorRow.contains("Fewer matches"))
    session.press("j", "Enter")
    #expect(session.take() == [.report(job: job, .run(RunID(2)))])
    session.press("Esc")
    #expect(session.take() == [.cancelReport])
    #expect(session.text.hasPrefix(" Alarms"))
    session.press("j", "Enter")
    #expect(session.take().isEmpty)
    session.press("Esc")
    #expect(!session.text.hasPrefix(" Alarms"))
  }

  @Test("Esc stops waiting, and an answer that comes later is not shown")
  func tooLate() async throws {
    var session = try await Session(world)
    session.press("V", "j", "Enter")
    _ = session.take()
    #expect(session.text.contains("Esc stops waiting"))
    session.press("Esc")
    #expect(session.take() == [.cancelReport])
    session.send(.reported(TextReport(title: "Too late"), for: .verifySample(5)))
    #expect(!session.text.contains("Too late"))
    session.press("a")
    session.send(.reported(TextReport(title: "Too late"), for: .verifySample(5)))
    #expect(!session.text.contains("Too late"))
    session.send(.reportFailed("The ledger is locked."))
    #expect(session.text.contains("The ledger is locked."))
  }

  @Test("what a report finds wrong is repaired by a run through the preview")
  func repair() async throws {
    var session = try await Session(world)
    session.press("V", "Enter")
    _ = session.take()
    let wrong = [World.partition(1, 2)]
    session.send(.reported(TextReport(title: "Drift"), for: .drift, repairs: wrong))
    #expect(session.text.contains("R preview a run of 1 partition"))
    session.press("R")
    #expect(session.take() == [.plan(job: job, RunRequest(partitions: wrong))])
    #expect(session.model.screen == .preview)
  }

  @Test("what a verification found is on overview and calendar until it is written again")
  func found() async throws {
    let keys = [PartitionKey(name: "day", type: .date)]
    let table = World.table("settled", keys: keys)
    let job = World.job("settled_job", [table], keys: keys)
    let partition = Partition(keys: keys, values: [.date(days: 15_706)])
    let files = [World.file(partition, "p", size: 10)]
    var world = World()
    world.jobs = [job]
    world.list(table, [partition: files])
    world.ledger.consume(partition, of: job, run: 1, rows: 5, inputs: ["settled": files])
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    #expect(session.text.contains("settled_job is up to date."))
    session.press("V", "Enter")
    session.send(.reported(TextReport(title: "Drift"), for: .drift, repairs: [partition]))
    session.press("Esc")
    #expect(session.text.contains("× to repair"), "\(session.text)")
    #expect(
      session.text.contains(
        "A verification found 1 partition to repair: V offers the run that rebuilds it."))
    #expect(!session.text.contains("is up to date"))
    session.press("8")
    #expect(session.text.contains(" · 1 to repair"), "\(session.text)")
    #expect(session.text.contains(", 1 to repair"))
    #expect(session.text.contains("! to repair (V)"))
    session.press("w")
    session.send(
      .reported(
        TextReport(title: "Why", lines: ["Not pending.", "Built."].map { TextReport.Line($0) }),
        for: .why(partition)))
    let why = session.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      why.contains(
        "Not pending. A verification found that its published files are not those that run 1 left: V offers the run "
          + "that rebuilds it. Built."), "\(session.text)")
    session.press("Esc", "1", "V")
    #expect(session.text.contains("Rebuild what was found (1)"))
    _ = session.take()
    session.press("j", "j", "j", "Enter")
    #expect(session.take() == [.plan(job: "settled_job", RunRequest(partitions: [partition]))])
    session.press("1")
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.text.contains("× to repair"))
    world.ledger.consume(partition, of: job, run: 2, rows: 5, inputs: ["settled": files])
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.text.contains("settled_job is up to date."), "\(session.text)")
  }

  @Test("the overview says what waits for the operator")
  func attention() async throws {
    let session = try await Session(world, size: Size(columns: 100, rows: 40))
    let words = session.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for text in [
      "The table declaration of input flights has changed since its last run (location was /data/old and is "
        + "/data/flights): put dovetail.yaml back (E), accept it when you run (R), or reset the input (3, B).",
      "Run 5 staged 2 partitions that wait: 3, then d compares, P publishes, X discards.",
      "Run 5 raised 1 match alarm: m shows what got worse.",
      "1 partition is held by an undo: 4, then L releases it.",
      "9 partitions wait for an input: a shows how late it is.",
    ] {
      #expect(words.contains(text), "\(text) is not in\n\(session.text)")
    }
  }

  @Test("held partitions say why in their row, and a filter finds them by it")
  func holds() async throws {
    var session = try await Session(world, size: Size(columns: 200, rows: 40))
    session.press("4")
    #expect(session.text.contains("undone by run 6 (run 4): L releases it; weather: 1 added"))
    #expect(session.text.contains("waiting for weather since 2013-01-24 04:00:00 UTC"))
    session.press("/")
    session.type("one-sided")
    #expect(session.text.contains("month=1/day=25"))
    #expect(!session.text.contains("month=1/day=21"))
  }

  @Test("the run screen counts what was unchanged, kept, postponed and compacted, and the alarms")
  func runScreen() async throws {
    let world = World.story()
    var session = try await Session(world, size: Size(columns: 120, rows: 24))
    try await Fixture.openPreview(&session, world)
    session.press("x", "y")
    let plan = try await world.plan()
    let units = plan.units.map(\.partition)
    for event in [
      RunEvent.planned(plan), .started(4), .staged(units[0], StagedRows(rows: 5, bytes: 5)),
      .unchanged(units[0]), .committed([units[0]]), .kept([units[1]]), .moved([units[2]]),
    ] {
      session.send(.runEvent(event, at: World.now))
    }
    #expect(session.text.contains("16 waiting · 1 committed (1 unchanged) · 1 staged"))
    var summary = RunSummary(run: 4, plan: plan)
    summary.state = .staged
    summary.staged = 1
    summary.compacted = 1
    summary.outOfReach = 2
    summary.postponed = 3
    summary.alarms = try await World.control().statuses()[0].alarms
    session.send(.runEvent(.finished(summary), at: World.now))
    #expect(session.text.contains("staged: P publishes it, X discards it"))
    #expect(session.text.contains("1 compacted · 2 out of reach · 3 postponed · 1 held"))
    #expect(session.text.contains("1 match alarm: m shows what got worse"))
    #expect(session.text.contains("Run 4 staged: 1 staged, 1 compacted"))
  }

  @Test("Enter on a file that a run read goes to the outputs that it is in")
  func file() async throws {
    var session = try await Session(world)
    session.press("m")
    let account = try #require(try RunAccount.read(2, in: world.ledger))
    session.send(.reported(.run(account), for: .matches))
    _ = session.take()
    session.press("/")
    session.type("weather month=1/day=15/w.parquet")
    session.press("Enter", "Enter")
    #expect(
      session.take() == [
        .report(job: job, .uses(file: "/data/weather/month=1/day=15/w.parquet"))
      ])
  }
}
