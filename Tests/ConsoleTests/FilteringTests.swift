import Cells
import Charts
import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Console

@Suite("Filters and tables are worked out off the terminal's thread, and no more than needed")
struct FilteringTests {
  @Test("typed letters are shown at once, and asked about together")
  func coalesced() async throws {
    var session = try await Session(World.large(3_000), hasDemo: false)
    session.press("4", "/")
    session.holdsComputations = true
    session.type("n=12")
    for _ in 0..<10 { session.press("Backspace") }
    session.type("n=299")
    #expect(session.text.contains("Filter: n=299"))
    // Twenty keys, and one question; the list is what it was.
    #expect(session.computations.count == 1)
    #expect(session.model.pending.rows.count == 3_000)
    session.send(session.computations.removeFirst().answer())
    #expect(session.computations.count == 1)
    session.send(session.computations.removeFirst().answer())
    #expect(session.computations.isEmpty)
    #expect(session.model.pending.rows.count == 11)
    #expect(session.text.contains("n=2990"))
  }

  @Test("a letter more looks only at the rows that are left")
  func incremental() async throws {
    var session = try await Session(World.large(3_000), hasDemo: false)
    session.press("4", "/")
    var examined: [Int] = []
    for letter in "n=299" {
      session.type(String(letter))
      examined.append(try #require(session.model.rowViews[.pending]?.answer).examined)
    }
    #expect(examined == [3_000, 3_000, 3_000, 1_111, 111])
    session.press("Backspace")
    #expect(session.model.rowViews[.pending]?.answer?.examined == 3_000)
    #expect(session.model.pending.rows.count == 111)
  }

  @Test("moving, marking and opening branches ask nothing")
  func moving() async throws {
    var session = try await Session(World.large(3_000), hasDemo: false)
    session.press("4", "/")
    session.type("n=2")
    session.press("Enter")
    session.holdsComputations = true
    session.press("j", "PageDown", "Space", "l", "z", "h", "G", "g", "u")
    #expect(session.computations.isEmpty)
  }

  @Test("an answer about an earlier load is not taken, and asked for again")
  func outOfDate() async throws {
    var session = try await Session(World.large(50), hasDemo: false)
    session.press("4", "/")
    session.holdsComputations = true
    session.type("n=4")
    session.send(.loaded(try await World.large(5).statuses(), at: World.now))
    #expect(session.model.pending.rows.count == 5)
    _ = session.frame
    session.compute()
    #expect(session.model.pending.rows.count == 1)
    #expect(session.text.contains("n=4"))
  }

  @Test("nothing is done about partitions before the list shows what its filter says")
  func behind() async throws {
    var session = try await Session(World.large(50), hasDemo: false)
    session.press("4", "/")
    session.holdsComputations = true
    session.type("n=4")
    session.press("Enter", "R")
    #expect(session.take() == [])
    #expect(session.text.contains("The filter is still being applied"))
    session.compute()
    session.press("R")
    #expect(session.text.contains("Filtered (11)"))
  }

  @Test("the selection stays on its partition through a filter and back")
  func selection() async throws {
    var session = try await Session(World.large(300), hasDemo: false)
    session.press("4", "G", "/")
    session.type("n=2")
    session.press("Enter")
    #expect(session.cursorRow.contains("n=299"))
    session.press("Esc")
    #expect(session.cursorRow.contains("n=299"))
    #expect(session.model.pending.rows.count == 300)
  }

  @Test("a table is there before its partitions are listed, and its filter is asked once they are")
  func table() async throws {
    var session = try await Session(World.large(300), hasDemo: false)
    session.press("2")
    session.holdsComputations = true
    session.press("Enter")
    #expect(session.text.contains("big by n int"))
    #expect(session.text.contains("Listing the partitions"))
    session.press("/")
    session.type("n=29")
    session.compute()
    #expect(session.model.shownRows?.count == 11)
    // Another table was opened before the first was listed.
    session.press("Enter", "Esc", "Esc", "Enter", "Esc", "j", "Enter")
    session.compute()
    #expect(session.text.contains("output of big_job"))
  }

  @Test("what a predicate is about is looked at when its screen is shown, once")
  func predicate() async throws {
    var session = try await Session(World.large(300), hasDemo: false)
    session.holdsComputations = true
    session.press("5")
    #expect(session.text.contains("Writing the predicate."))
    session.press("j", "k")
    #expect(session.computations.count == 1)
    session.compute()
    #expect(session.text.contains("Selects 300 of 300 partitions"))
  }

  @Test("long lists are searched in shares, and the rows that are found stay in order")
  func shares() {
    let names = (0..<200_000).map { "region-\($0 % 7)/n=\($0)" }
    let filter = ListFilter("Region-3", keys: [], today: 0, saved: [:], failures: [])
    let found = filter.matches(
      Array(names.indices), name: { names[$0] }, partition: { _ in nil })
    #expect(found == names.indices.filter { $0 % 7 == 3 })
  }
}
