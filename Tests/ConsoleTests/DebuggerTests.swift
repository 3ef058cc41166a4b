import Cells
import Console
import Foundation
import IncrementalJoin
import Testing

@Suite("The predicate debugger on the screen")
struct DebuggerTests {
  /// A console that debugs `day > 3 AND (day = 5 OR month = 2)` from a partition on.
  private func session(
    _ filter: String, of text: String = "day > 3 AND (day = 5 OR month = 2)",
    size: Size = Size(columns: 80, rows: 24)
  ) async throws -> Session {
    var session = try await Session(World.story(), size: size)
    session.press("5", "e", "Ctrl-U")
    session.type(text)
    session.press("Enter", "/")
    session.type(filter)
    session.press("Enter", "g", "Enter")
    return session
  }

  /// The step, the selected clause with its value, and what is said of the step.
  private func state(_ session: Session) -> String {
    let lines = session.text.split(separator: "\n", omittingEmptySubsequences: false).map {
      String($0).trimmingCharacters(in: .whitespaces)
    }
    let place = lines[2].components(separatedBy: "  ").suffix(2).joined(separator: ", ")
    let row = session.cursorRow.split(separator: " ").joined(separator: " ")
    let rule = lines.firstIndex { $0.hasPrefix("── Step") } ?? 0
    return "\(place) | \(row) | \(lines[rule + 1])"
  }

  @Test("a whole session: step, over, out, back, continue, until, again")
  func transcript() async throws {
    var session = try await session("month=1/day=8")
    var lines = [state(session)]
    for key in ["s", "s", "n", "-", "-", "f", "_", "G", "J", "^", "c"] {
      session.press(key)
      lines.append("\(key): \(state(session))")
    }
    #expect(lines.joined(separator: "\n") == Self.expected)
  }

  private static let expected = """
    partition 1 of 1, step 1 of 7 | ▸ 1 day > 3 AND (day = 5 OR month = 2) entered \
    | Enters clause 1, with 2 clauses inside.
    s: partition 1 of 1, step 2 of 7 | ▸ 2 day > 3 TRUE | Clause 2 is TRUE. day > 3
    s: partition 1 of 1, step 3 of 7 | ▸ 3 day = 5 OR month = 2 entered \
    | Enters clause 3, with 2 clauses inside.
    n: partition 1 of 1, step 6 of 7 | ▸ 3 day = 5 OR month = 2 FALSE \
    | Clause 3 is FALSE. day = 5 OR month = 2
    -: partition 1 of 1, step 5 of 7 | ▸ 5 month = 2 FALSE | Clause 5 is FALSE. month = 2
    -: partition 1 of 1, step 4 of 7 | ▸ 4 day = 5 FALSE | Clause 4 is FALSE. day = 5
    f: partition 1 of 1, step 6 of 7 | ▸ 3 day = 5 OR month = 2 FALSE \
    | Clause 3 is FALSE. day = 5 OR month = 2
    _: partition 1 of 1, step 1 of 7 | ▸ 1 day > 3 AND (day = 5 OR month = 2) entered \
    | Enters clause 1, with 2 clauses inside.
    G: partition 1 of 1, step 1 of 7 | 5 month = 2 | Enters clause 1, with 2 clauses inside.
    J: partition 1 of 1, step 5 of 7 | ▸ 5 month = 2 FALSE | Clause 5 is FALSE. month = 2
    ^: partition 1 of 1, step 1 of 7 | ▸ 1 day > 3 AND (day = 5 OR month = 2) entered \
    | Enters clause 1, with 2 clauses inside.
    c: partition 1 of 1, step 7 of 7 | ▸ 1 day > 3 AND (day = 5 OR month = 2) FALSE \
    | Clause 1 is FALSE. day > 3 AND (day = 5 OR month = 2)
    """

  @Test("a constant is said once, in the list and in the debugger")
  func constant() async throws {
    var session = try await session("month=1/day=8", of: "FALSE")
    #expect(session.text.contains("Clause 1 is FALSE.\n"), "\(session.text)")
    session.press("Esc")
    #expect(session.text.contains("month=1/day=8 is not selected: FALSE selects no partition."))
  }

  @Test("what was short-circuited is said, and marked as never looked at")
  func shortCircuit() async throws {
    var session = try await session("month=1/day=1")
    session.press("c")
    #expect(session.text.contains("That decides: what follows in it is never looked at."))
    #expect(session.text.contains("never looked at"))
    #expect(session.text.contains("The end: the partition is not selected."))
  }

  @Test("the operands of a step have their values")
  func operands() async throws {
    var session = try await session("month=1/day=8")
    session.press("s")
    #expect(session.text.contains("Clause 2 is TRUE. day > 3"))
    #expect(session.text.contains("day is 8"))
  }

  @Test("b sets a breakpoint at the selected clause and removes it; c stops there")
  func breakpoints() async throws {
    var session = try await session("month=1/day=8")
    session.press("G", "b")
    #expect(session.text.contains("Set breakpoint 1: at clause 5"))
    #expect(session.cursorRow.contains("●"))
    session.press("c")
    #expect(session.text.contains("Stopped at breakpoint 1: at clause 5"))
    #expect(session.text.contains("Clause 5 is FALSE."))
    session.press("b", "_", "c")
    #expect(session.text.contains("The end: the partition is not selected."))
    session.press("c")
    #expect(session.text.contains("There is nothing more in that direction."))
  }

  @Test("B stops on a result, and for some partitions only; d removes")
  func results() async throws {
    var session = try await session("where day in (5, 8)")
    session.press("&", "j", "j", "j", "Enter")
    #expect(session.text.contains("Set breakpoint 1: at any clause where it is FALSE"))
    session.press("c", "c")
    #expect(session.text.contains("Debugging month=1/day=8"))
    #expect(session.text.contains("Stopped at breakpoint 1"))
    session.press("(", "&", "j", "j", "j", "j", "j")
    #expect(session.text.contains("any clause is TRUE"))
    session.press("j", "Enter")
    session.type("dy = 8")
    #expect(session.text.contains("Did you mean `day`?"))
    session.press("Ctrl-U")
    session.type("day = 8")
    session.press("Enter")
    #expect(session.text.contains("Breakpoint 2: at the first step, if day = 8"))
    session.press("Delete", "Enter")
    #expect(!session.text.contains("Breakpoint 1"))
    session.press("c", "c")
    #expect(session.text.contains("Debugging month=1/day=8"))
  }

  @Test("w watches an expression of any type, checked as it is typed")
  func watches() async throws {
    var session = try await session("month=1/day=8")
    session.press("Delete")
    #expect(session.text.contains("there is no breakpoint and no watch"))
    session.press("i")
    session.type("dya")
    #expect(session.text.contains("Did you mean `day`?"))
    session.press("Enter")
    #expect(session.text.contains("Watch an expression"))
    session.press("Ctrl-U")
    session.send(.input(.paste("day IN (8, 9)")))
    session.press("Enter")
    #expect(session.text.contains("Watch day IN (8, 9) = TRUE"))
    session.press("Delete", "Enter")
    #expect(!session.text.contains("Watch day IN"))
  }

  @Test("breakpoints and watches live as long as the predicate's text and input are the same")
  func stopsSurvive() async throws {
    var session = try await session("where day in (5, 8)")
    session.press("G", "b", "&")
    session.press("j", "j", "j", "j", "j", "j", "Enter")
    session.type("day = 8")
    session.press("Enter", "i")
    session.type("day IN (8, 9)")
    session.press("Enter", "Esc", "j", "Enter")
    #expect(session.text.contains("Debugging month=1/day=8"))
    #expect(session.text.contains("Watch day IN (8, 9) = TRUE"))
    #expect(session.text.contains("Breakpoint 1: at clause 5"))
    #expect(session.text.contains("Breakpoint 2: at the first step, if day = 8"))
    session.press("]", "[", "Enter")
    #expect(session.text.contains("Breakpoint 1: at clause 5"))
    session.press("Esc", "l", "Enter")
    #expect(session.text.contains("Debugging"))
    #expect(!session.text.contains("Breakpoint 1"))
    session.press("Esc", "h", "e", "Ctrl-U")
    session.type("day > 3")
    session.press("Enter", "Enter")
    #expect(session.text.contains("Debugging"))
    #expect(!session.text.contains("Breakpoint 1"))
  }

  @Test("the help is the debugger's, and its footer has room for breakpoints and watches")
  func help() async throws {
    var session = try await session("month=1/day=8")
    let footer = try #require(session.text.split(separator: "\n").last)
    #expect(footer.contains("b break"))
    #expect(footer.contains("i watch"))
    session.press("?")
    #expect(session.text.contains("Keys of the debugger"))
  }

  @Test("p and P go through the partitions of the list, and Esc shows the last one in it")
  func partitions() async throws {
    var session = try await session("where day in (5, 8)")
    #expect(session.text.contains("Debugging month=1/day=5  partition 1 of 2"))
    session.press("(")
    #expect(session.text.contains("this is the first partition"))
    session.press(")")
    #expect(session.text.contains("Debugging month=1/day=8  partition 2 of 2"))
    session.press(")")
    #expect(session.text.contains("this is the last partition of the list"))
    session.press("Esc")
    #expect(session.cursorRow.contains("month=1/day=8"))
    #expect(session.model.screen == .predicate)
  }

  @Test("Enter shows the whole text of a clause")
  func wholeText() async throws {
    var session = try await session("month=1/day=8")
    session.press("Enter")
    #expect(session.text.contains("Clause 1"))
    session.press("Enter")
    #expect(session.text.contains("Debugging"))
  }

  @Test("a refresh leaves the session where it is")
  func refresh() async throws {
    var session = try await session("month=1/day=8")
    session.press("s")
    session.send(.loaded(try await World.story().statuses(), at: World.now))
    #expect(session.text.contains("Debugging month=1/day=8  partition 1 of 1  step 2 of 7"))
    session.press("Esc")
    #expect(session.cursorRow.contains("month=1/day=8"))
  }

  @Test("the debugger's keys mean nothing without it, and the screen's others nothing in it")
  func disabled() async throws {
    var session = try await Session(World.story())
    session.press("5")
    for key in ["f", "c", "-", "_", "b", "&", "J", "^", "i", "Delete", ")", "("] {
      session.press(key)
      #expect(
        session.text.contains("Enter on a partition opens the debugger."),
        "\(key)")
    }
    session.press("Enter")
    for key in ["e", "t", "W", "o", "Z", "/", "Y"] {
      session.press(key)
      #expect(session.text.contains("Esc leaves the debugger first"), "\(key)")
    }
    #expect(session.text.contains("s step"))
    #expect(!session.text.contains("e edit"))
  }

  @Test("the current clause is marked without color too")
  func monochrome() async throws {
    var session = try await Session(
      World.story(), appearance: Appearance(color: false, unicode: false))
    session.press("5", "Enter", "s")
    let cells = session.frame.row(3).filter { $0.style.reverse }
    #expect(!cells.isEmpty)
    #expect(session.cursorRow.contains(">"))
  }
}
