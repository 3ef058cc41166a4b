import Cells
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("Every screen has a detail pane")
struct DetailPanesTests {
  private let world = World.story()
  private let wide = Size(columns: 120, rows: 40)

  private func session(_ keys: String..., size: Size? = nil) async throws -> Session {
    var session = try await Session(world, size: size ?? wide)
    for key in keys { session.press(key) }
    return session
  }

  /// What stands right of the rule, as one text.
  private func pane(_ session: Session) -> String {
    session.text.split(separator: "\n").compactMap { line in
      line.split(separator: "│", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
    }.flatMap { $0.split(separator: " ") }.joined(separator: " ")
  }

  @Test("the overview says what to do next, the last error, the inputs and the last runs")
  func overview() async throws {
    var session = try await session()
    #expect(pane(session).hasPrefix("What to do next for flights_weather"), "\(session.text)")
    #expect(pane(session).contains("Last error Run 2, 2013-02-02 17:46:52 UTC:"))
    #expect(pane(session).contains("flights 16 33 33 702 kB"), "\(session.text)")
    #expect(pane(session).contains("Last runs Run State Done Failed Rows Took"))
    #expect(pane(session).contains("2 partial 10 1 8,533 12 s"), "\(session.text)")
    #expect(session.details.isEmpty)
    session.press("j")
    #expect(pane(session).hasPrefix("What to do next for events_daily"))
    #expect(pane(session).contains("3 succeeded 10 0 230,000 12 s"))
  }

  @Test("the overview's pane is scrolled and hidden like the others; hidden, its text stays")
  func hidden() async throws {
    var session = try await session(size: Size(columns: 120, rows: 18))
    #expect(!pane(session).contains("Last runs"))
    session.press("0", "9", "9", "Alt-j")
    #expect(pane(session).contains("1 succeeded 10 0 8,455"), "\(session.text)")
    session.press("\\")
    #expect(!session.text.contains("│"))
    #expect(session.text.contains("What to do next for flights_weather"))
    #expect(session.text.contains("Calendar (8 opens it)"))
  }

  @Test("a partition of the predicate screen: the verdict, the clauses' values and its account")
  func predicate() async throws {
    var session = try await session("5")
    #expect(pane(session).hasPrefix("month=1/day=5 month=1/day=5 is selected"), "\(session.text)")
    #expect(pane(session).contains("Clauses 1 (month = 1 AND"))
    #expect(pane(session).contains("never looked at"))
    #expect(session.details.map(\.report) == [.why(World.partition(1, 5))])
    try await session.answerDetails()
    #expect(!pane(session).contains("Reading"))
    session.press("j")
    #expect(session.details.map(\.report) == [.why(World.partition(1, 6))])
    session.press("\\")
    #expect(!session.text.contains("│"))
    #expect(session.text.contains("── Why ──"))
  }

  @Test("a clause of the truth table has its whole text and its counts, and reads nothing")
  func clause() async throws {
    var session = try await session("5")
    try await session.answerDetails()
    session.press("t", "j")
    #expect(pane(session).hasPrefix("Clause 2 month = 1 AND"), "\(session.text)")
    #expect(pane(session).contains("Reached by 34 partitions: TRUE for"))
    #expect(pane(session).contains("Enter shows them."))
    #expect(session.details.isEmpty)
  }

  @Test("the debugger and the editor keep the whole width")
  func debugger() async throws {
    var session = try await session("5", "e")
    #expect(!session.text.contains("│"))
    session.press("Esc", "Enter", "\\")
    #expect(!session.text.contains("│"))
    #expect(session.text.contains("Detail pane: Esc leaves the debugger first."))
  }

  @Test("a cell of the calendar: its partition's account, or all partitions of the cell")
  func calendar() async throws {
    var session = try await session("8")
    #expect(pane(session).hasPrefix("flights_weather Feb 3 Held, 1 partition"), "\(session.text)")
    #expect(session.details.map(\.report) == [.why(World.partition(2, 3))])
    try await session.answerDetails()
    session.press("h")
    #expect(pane(session).hasPrefix("flights_weather Feb 2 Pending, 1 partition"))
    try await session.answerDetails()
    session.press(";")
    #expect(pane(session).hasPrefix("flights Feb 3"), "\(session.text)")
    #expect(session.details.isEmpty)
  }

  @Test("a cell with several partitions names them")
  func cell() async throws {
    var session = try await Session(World.regions(), size: wide)
    session.press("8")
    #expect(pane(session).contains("Pending, 2 partitions"), "\(session.text)")
    #expect(pane(session).contains("region=region-00/day="))
    #expect(pane(session).contains("region=region-01/day="))
    #expect(session.details.count == 1)
  }

  @Test("below a report the pane shows what Enter would lead to, if any of its lines leads on")
  func report() async throws {
    var session = try await session("4")
    try await session.answerDetails()
    let partition = World.partition(1, 5)
    let other = World.partition(1, 9)
    session.press("w")
    session.send(
      .reported(
        TextReport(
          title: "Why month=1/day=5 of flights_weather",
          lines: [
            TextReport.Line("month=1/day=5 is pending."), TextReport.Line("Built by run 2."),
            TextReport.Line("month=1/day=9 is pending, too."),
          ]), for: .why(partition)))
    // A line about the report's own partition leads to nothing new.
    #expect(
      session.text.contains("Lines that name a partition, a run or a file"), "\(session.text)")
    #expect(session.details.isEmpty)
    session.press("j")
    #expect(session.details.map(\.report) == [.run(2)])
    try await session.answerDetails()
    #expect(session.text.contains("Run 2 of flights_weather"))
    session.press("j")
    #expect(session.details.map(\.report) == [.why(other)])
    try await session.answerDetails()
    #expect(session.text.contains("Why month=1/day=9 of flights_weather"))
    session.press("\\")
    #expect(!session.text.contains("Why month=1/day=9 of flights_weather"))
    session.press("\\", "Esc", "w")
    session.send(
      .reported(TextReport(title: "Other", lines: [TextReport.Line("text")]), for: .why(partition)))
    #expect(!session.text.contains("Lines that name a partition, a run or a file"))
  }
}
