import Cells
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("The pane beside a list")
struct DetailTests {
  private let world = World.control()
  private let wide = Size(columns: 120, rows: 40)
  private let job = "flights_weather"

  private func session(_ keys: String...) async throws -> Session {
    var session = try await Session(world, size: wide)
    for key in keys { session.press(key) }
    return session
  }

  /// What stands right of the rule, line by line.
  private func pane(_ session: Session) -> [String] {
    session.text.split(separator: "\n").compactMap { line in
      line.split(separator: "│", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// The pane as one text.
  private func words(_ session: Session) -> String {
    pane(session).joined(separator: " ").split(separator: " ").joined(separator: " ")
  }

  @Test("it says at once what is known, then the whole account, in the words of the report")
  func pending() async throws {
    var session = try await session("4")
    #expect(words(session).hasPrefix("Why month=1/day=5 of flights_weather"))
    #expect(words(session).contains("Pending: flights: 1 rewritten."))
    #expect(words(session).contains("Reading…"))
    let partition = World.partition(1, 5)
    #expect(session.details.map(\.report) == [.why(partition)])
    #expect(session.details.map(\.job) == [job])
    try await session.answerDetails()
    let report = try await world.report(.why(partition), of: job)
    #expect(!words(session).contains("Reading"))
    for line in report.lines.prefix(4) {
      #expect(words(session).contains(line.text.split(separator: " ").joined(separator: " ")))
    }
    #expect(session.take().isEmpty)
  }

  @Test(
    "below 110 columns the screens have all columns, and nothing is read",
    arguments: ["2", "3", "4", "6"])
  func narrow(_ screen: String) async throws {
    for columns in [109, 110] {
      var session = try await Session(world, size: Size(columns: columns, rows: 40))
      session.press(screen)
      if screen == "6" { session.send(.planned(try await world.plan())) }
      if screen == "2" { session.press("Enter") }
      #expect(session.details.isEmpty == (columns == 109))
      #expect(session.text.contains("│") == (columns == 110))
    }
  }

  @Test("one report is read at a time, and then that of the row on which the cursor rests")
  func coalescing() async throws {
    var session = try await session("4", "j", "j", "j")
    #expect(session.details.map(\.report) == [.why(World.partition(1, 5))])
    let first = session.details.removeFirst()
    session.send(.detailed(TextReport(title: "Too late"), for: first))
    #expect(!session.text.contains("Too late"))
    #expect(session.details.map(\.report) == [.why(World.partition(1, 13))])
    session.send(.detailed(TextReport(title: "The thirteenth"), for: session.details.removeFirst()))
    #expect(session.text.contains("The thirteenth"))
    // What was read is kept.
    session.press("k")
    session.send(.detailed(TextReport(title: "The twelfth"), for: session.details.removeFirst()))
    session.press("j")
    #expect(session.details.isEmpty)
    #expect(session.text.contains("The thirteenth"))
    session.press("g")
    #expect(session.text.contains("Too late"))
    #expect(session.details.isEmpty)
  }

  @Test("after a load all is read anew, and what was read for the one before is dropped")
  func reloading() async throws {
    var session = try await session("4")
    let old = session.details.removeFirst()
    session.send(.loaded(try await world.statuses(), at: World.now))
    // What is being read is waited for, so that there is never more than one.
    #expect(session.details.isEmpty)
    session.send(.detailed(TextReport(title: "Of before"), for: old))
    #expect(!session.text.contains("Of before"))
    let new = try #require(session.details.first)
    #expect(new.report == old.report)
    #expect(new != old)
    session.send(.detailFailed("The ledger is locked.", for: new))
    #expect(words(session).contains("The ledger is locked."))
    session.press("j", "k")
    session.details = []
    session.press("r")
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(!words(session).contains("The ledger is locked."))
  }

  @Test("files whose names are the same characters in other bytes are two rows")
  func identity() {
    let requests = ["caf\u{E9}", "cafe\u{301}"].map {
      DetailRequest(job: job, report: .uses(file: $0), load: 1)
    }
    #expect(Set(requests).count == 2)
    var state = DetailState()
    state.take(.failed("one"), for: requests[0], load: 1)
    #expect(state[requests[1]] == nil)
  }

  @Test("\\ hides it and shows it again; hidden it reads nothing")
  func hiding() async throws {
    var session = try await session("4")
    try await session.answerDetails()
    session.press("\\")
    #expect(!session.text.contains("│"))
    #expect(session.text.contains("The detail pane is hidden."))
    session.press("j", "j")
    #expect(session.details.isEmpty)
    session.press("Alt-j")
    #expect(session.text.contains("Scroll the detail down: the pane is hidden."))
    session.press("\\")
    #expect(session.text.contains("│"))
    #expect(session.details.map(\.report) == [.why(World.partition(1, 12))])
    session.send(.input(.resize(Size(columns: 100, rows: 40))))
    session.press("\\")
    #expect(session.text.contains("Detail pane: it takes 110 columns."))
  }

  @Test("Alt-j, Alt-k and the wheel scroll it to its ends, and another row begins at its beginning")
  func scrolling() async throws {
    var session = try await session("4")
    let lines = (1...99).map { TextReport.Line("line \($0)") }
    session.send(
      .detailed(TextReport(title: "Long", lines: lines), for: session.details.removeFirst()))
    #expect(pane(session)[0].hasSuffix("1-34 of 99"))
    session.press("Alt-j", "Alt-j", "Alt-k")
    #expect(pane(session)[1] == "line 2")
    session.press("0", "9", "0", "0", "Alt-j")
    #expect(pane(session)[1] == "line 66")
    #expect(pane(session).last == "line 99")
    session.send(
      .input(
        .mouse(MouseEvent(action: .wheelUp, position: Position(column: 100, row: 20), count: 2))))
    #expect(pane(session)[1] == "line 60")
    session.send(
      .input(
        .mouse(MouseEvent(action: .wheelDown, position: Position(column: 10, row: 20), count: 2))))
    #expect(pane(session)[1] == "line 60")
    session.press("0", "9", "9", "Alt-k")
    #expect(pane(session)[1] == "line 1")
    session.press("Alt-j", "j", "k")
    #expect(pane(session)[1] == "line 1")
  }

  @Test("a run of the history is told by its record at once, and then by its account")
  func history() async throws {
    var session = try await session("3", "j", "j")
    let first = session.details.removeFirst()
    session.send(.detailed(TextReport(title: "Other"), for: first))
    #expect(words(session).hasPrefix("Run 4 of flights_weather run, partial By ops"))
    #expect(!words(session).contains("Log:"))
    #expect(session.details.map(\.report) == [.run(4)])
    try await session.answerDetails()
    #expect(words(session).contains("Rows Bytes Why month=1/day=12 committed 842 50.0 kB"))
    #expect(words(session).contains("Log:"))
    // The list beside it keeps what kind of run each is.
    #expect(session.cursorRow.contains("4 run     undone"))
  }

  @Test(
    "a table says where it lies, a partition which files it has and why, a file where it is used")
  func catalog() async throws {
    var session = try await session("2")
    #expect(words(session).hasPrefix("flights input of flights_weather Location: /data/flights"))
    #expect(words(session).contains("Partition keys: month int, day int"))
    #expect(session.details.isEmpty)
    session.press("Enter")
    #expect(words(session).hasPrefix("flights month=1/day=1 1 file, 21.0 kB"))
    #expect(words(session).contains("2013-01-24 04:00:00 part-0.parquet"))
    #expect(session.details.map(\.report) == [.why(World.partition(1, 1))])
    try await session.answerDetails()
    #expect(words(session).contains("is not pending"))
    session.press("Enter")
    #expect(words(session).hasPrefix("Outputs that"))
    #expect(
      session.details.map(\.report) == [.uses(file: "/data/flights/month=1/day=1/part-0.parquet")])
    try await session.answerDetails()
    // What follows is a partition of another job than the screens show.
    session.press("Esc", "Esc", "G", "Enter")
    #expect(words(session).contains("Published by run 3: 1,000 rows"))
    #expect(session.details.isEmpty)
  }

  @Test("a unit of the plan: what it does, rows before, what it reads, and why")
  func preview() async throws {
    let world = World.story()
    var session = try await Session(world, size: wide)
    session.press("R")
    session.send(.planned(try await world.plan()))
    #expect(
      words(session).hasPrefix("month=1/day=5 Overwrites what is published by run 1: 845 rows"))
    #expect(words(session).contains("Reads 2 files, 22.5 kB:"))
    #expect(words(session).contains("weather 1 1.9 kB"))
    try await session.answerDetails()
    #expect(words(session).contains("is pending."))
    session.press("j")
    #expect(words(session).contains("Removes what is published by run 1: 849 rows"))
    session.press("0", "6", "G")
    #expect(words(session).contains("Writes a new partition."))
    session.press("G")
    #expect(words(session).contains("readme.txt"))
    session.press("t")
    #expect(words(session).hasPrefix("Step 1"))
  }

  @Test("a unit of a run: state, batch, rows before and after, time spent, and why it failed")
  func run() async throws {
    let world = World.story()
    var session = try await Session(world, size: wide)
    try await Fixture.openPreview(&session, world)
    session.press("x", "y")
    try await Fixture.run(&session, world, toTheEnd: false)
    session.press("g")
    #expect(words(session).hasPrefix("month=1/day=5 committed, batch 1 of 1"))
    #expect(words(session).contains("Rows: 845 before, 842 after"))
    // It was staged first of a batch of four, which are published when the last one is staged.
    #expect(
      words(session).contains(
        /joining took 1\.3 s, waiting for its batch 8\.[34] s, publishing and committing 1\.[34] s/)
    )
    #expect(words(session).contains("Why: flights: 1 rewritten"))
    session.press("j", "j", "j", "j")
    #expect(words(session).contains("failed, batch 1 of 1 Rows: 854 before, none written"))
    #expect(words(session).contains("w.parquet cannot be read: truncated."))
    session.press("j")
    #expect(words(session).contains("Rows: 0 before Reading and joining for 0.7 s so far"))
    session.press("G")
    #expect(words(session).contains("waiting, batch 1 of 1"))
    // While it goes on, the ledger is not asked.
    session.details = []
    session.press("k")
    #expect(session.details.isEmpty)
  }

  @Test("a row costs no more with an account of 100,000 lines than with one of 100")
  func large() async throws {
    func cost(_ count: Int) async throws -> Duration {
      var session = try await session("4")
      let lines = (1...count).map { TextReport.Line("line \($0) of what the account says") }
      session.send(
        .detailed(TextReport(title: "Long", lines: lines), for: session.details.removeFirst()))
      return processorTime {
        for _ in 0..<40 {
          session.press("Alt-j")
          _ = session.frame
        }
      }
    }
    let small = try await cost(100)
    let large = try await cost(100_000)
    #expect(large < small * 4, "\(large) against \(small)")
  }
}
