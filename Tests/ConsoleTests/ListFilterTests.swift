import Cells
import Charts
import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Console

@Suite("What a filter finds, narrows, sorts and marks in every list")
struct ListFilterTests {
  @Test("a filter finds what a plain search in the shown words finds", arguments: 0..<4)
  func agreement(_ number: UInt64) async throws {
    var random = SeededGenerator(seed: SeededGenerator.chooseSeed(otherwise: number))
    let session = try await Session(World.story())
    let page = try #require(session.model.page)
    let all = Array(page.known.indices)
    for _ in 0..<200 {
      let index = Int.random(in: all.indices, using: &random)
      let partition = page.known[index]
      let texts = [page.paths[index], partition.reasonText, page.partitionStatus(index).word]
      let text = Array(texts[.random(in: 0..<texts.count, using: &random)].uppercased())
      guard !text.isEmpty else { continue }
      let start = Int.random(in: text.indices, using: &random)
      let end = Int.random(in: start..<text.count, using: &random)
      let needle = String(text[start...end])
      let found = session.model.meaning(of: needle, keys: []).matches(
        all, name: { page.paths[$0] }, words: page.words, partition: { page.known[$0].partition })
      #expect(found.contains(index), "seed \(random.seed), \(needle)")
      for other in all where !found.contains(other) {
        #expect(
          !page.paths[other].lowercased().contains(needle.lowercased()), "seed \(random.seed)")
      }
    }
  }

  @Test("all words must be found, in name or columns, and excluded ones must not")
  func words() async throws {
    var session = try await Session(World.story())
    session.press("4", "/")
    func rows(_ filter: String) -> Set<String> {
      session.press("Ctrl-U")
      session.type(filter)
      let page = session.model.page
      return Set(session.model.pending.rows.compactMap { page?.paths[$0.partition] })
    }
    let all = rows("")
    let stale = rows("stale")
    #expect(!stale.isEmpty && stale.count < all.count)
    #expect(rows("STALE day=1") == stale.filter { $0.contains("day=1") })
    #expect(rows("day=1 stale") == rows("stale day=1"))
    #expect(rows("!stale") == all.subtracting(stale))
    #expect(rows("!") == all)
    #expect(rows("~day=(5|9)$") == all.filter { $0.hasSuffix("day=5") || $0.hasSuffix("day=9") })
    #expect(rows("!~DAY=. stale").isEmpty)
    #expect(rows("where day = 9 or day = 5") == rows("~day=(5|9)$"))
    _ = rows("~(")
    #expect(session.text.contains("~(: it is not a valid regular expression."))
  }

  @Test("a longer filter narrows a shorter one only where it cannot let more through")
  func narrowing() {
    let version = RowVersion(identity: [1])
    func narrows(_ text: String, _ earlier: String) -> Bool {
      RowQuestion(version: version, text: text, order: nil, saved: 0)
        .narrows(RowQuestion(version: version, text: earlier, order: nil, saved: 0))
    }
    #expect(narrows("ab", "a"))
    #expect(narrows("ab !c", "ab "))
    #expect(!narrows("!ab", "!a"))
    #expect(!narrows("x !ab", "x !a"))
    #expect(!narrows("~a|b", "~a"))
    #expect(!narrows("b", "a"))
    #expect(!narrows("where a = 1", "wher"))
  }

  @Test("every list is filtered and sorted, and says so", arguments: ListPlace.all)
  func everyList(_ place: ListPlace) async throws {
    var session = try await Session(World.story())
    try await place.open(&session)
    let all = session.model.listCount
    #expect(all > 1, "\(place.name)")
    session.press("/")
    session.type(place.filter)
    session.press("Enter")
    #expect(session.model.listCount < all, "\(place.name)")
    #expect(session.model.listCount > 0, "\(place.name)")
    #expect(session.text.contains("Filter \"\(place.filter)\": "), "\(place.name)")
    session.press("Ctrl-L", "Esc")
    #expect(session.model.listCount == all, "\(place.name)")
    session.press("s")
    #expect(session.text.contains("Sort by"), "\(place.name)")
    for _ in 0..<place.column { session.press("j") }
    session.press("Enter")
    let ascending = try #require(session.model.shownRows)
    #expect(session.text.contains("sorted by"), "\(place.name)")
    session.press("s", "Enter")
    let descending = try #require(session.model.shownRows)
    #expect(ascending.sorted() == descending.sorted())
    #expect(ascending != descending, "\(place.name)")
    #expect(session.text.contains("descending"))
    session.press("s", "G")
    for _ in 0..<20 { session.press("j") }
    session.press("Enter")
    #expect(session.model.shownRows == nil)
  }

  @Test("n and N go from match to match of the last filter, around the end")
  func search() async throws {
    var session = try await Session(World.large(300), hasDemo: false)
    session.press("4", "n")
    #expect(session.text.contains("Next match: nothing was filtered yet (/)."))
    session.press("/")
    session.type("n=29")
    session.press("Enter")
    #expect(session.model.pending.rows.count == 11)
    session.press("n")
    #expect(session.cursorRow.contains("n=290"))
    session.press("Esc", "n")
    #expect(session.model.pending.rows.count == 300)
    #expect(session.cursorRow.contains("n=291"))
    session.press("N", "N")
    #expect(session.cursorRow.contains("n=29 "))
    session.press("N")
    #expect(session.cursorRow.contains("n=299"))
  }

  @Test("ranges, all shown, the inverse and a predicate are marked")
  func marks() async throws {
    var session = try await Session(World.large(30), hasDemo: false)
    session.press("4", "j", "v", "j", "j")
    #expect(session.text.contains("Range: move, v marks it, Esc drops it"))
    session.press("v")
    #expect(session.text.contains("3 marked"))
    session.press("~")
    #expect(session.text.contains("27 marked"))
    session.press("u", "/")
    session.type("n=2")
    session.press("Enter", "*")
    #expect(session.text.contains("11 marked"))
    session.press("Esc", "u", "+")
    session.type("n < 4 and")
    session.press("Enter")
    #expect(session.text.contains("where n < 4 and"))
    session.press("Ctrl-U")
    session.type("n < 4")
    session.press("Enter")
    #expect(session.text.contains("4 marked"))
    session.press("v", "Esc")
    #expect(!session.text.contains("Range:"))
    #expect(session.model.screen == .pending)
  }

  @Test("a number that begins with 0 repeats a movement or names a row")
  func counts() async throws {
    var session = try await Session(World.large(300), hasDemo: false)
    session.press("4", "0", "1", "2", "j")
    #expect(session.cursorRow.contains("n=12"))
    session.press("0", "5")
    #expect(session.text.contains("Count 5"))
    session.press("k")
    #expect(session.cursorRow.contains("n=7"))
    session.press("0", "1", "0", "0", "G")
    #expect(session.cursorRow.contains("n=99"))
    session.press("0", "4", "Esc", "j")
    #expect(session.cursorRow.contains("n=100"))
    session.press("g", "Ctrl-D")
    let half = session.model.list.index
    #expect(half > 3 && half < session.model.listHeight(on: .pending) / 2 + 1)
    session.press("Ctrl-U")
    #expect(session.model.list.index == 0)
    for _ in 0..<12 { session.press("0", "9", "9", "9", "9", "9", "9", "9", "9", "9") }
    session.press("j")
    #expect(session.cursorRow.contains("n=299"))
    session.press("5")
    #expect(session.model.screen == .predicate)
  }

  @Test("text is searched by its bytes, and only the case of letters does not count")
  func bytes() {
    func contains(_ needle: String, _ name: String) -> Bool {
      SearchText.contains(Array(needle.utf8), in: name)
    }
    #expect(contains("", "a"))
    #expect(contains("b=", "A=1/B=2"))
    #expect(!contains("b=22", "A=1/B=2"))
    #expect(contains("ö", "Name=Ö"))
    #expect(contains("e", "e\u{301}"))
    #expect(!contains("\u{E9}", "e\u{301}"))
    // `[` is no lower case of `{`.
    #expect(!contains("{", "["))
  }
}

/// A list of the console, and a filter that lets some of its rows through.
struct ListPlace: Sendable {
  let name: String
  let filter: String
  /// The place of the column to sort by.
  let column: Int
  let open: @Sendable (inout Session) async throws -> Void

  static let all = [
    ListPlace(name: "jobs", filter: "events", column: 0) { _ in },
    ListPlace(name: "tables", filter: "output", column: 0) { $0.press("2") },
    ListPlace(name: "partitions", filter: "stale", column: 1) { $0.press("2", "Enter") },
    ListPlace(name: "runs", filter: "partial", column: 0) { $0.press("3") },
    ListPlace(name: "pending", filter: "rewritten", column: 1) { $0.press("4") },
    ListPlace(name: "predicate", filter: "!selected", column: 1) { $0.press("5") },
    ListPlace(name: "plan", filter: "remove", column: 1) { session in
      session.press("R")
      session.send(.planned(try await World.story().plan()))
    },
    ListPlace(name: "steps", filter: "stage", column: 0) { session in
      session.press("R")
      session.send(.planned(try await World.story().plan()))
      session.press("t")
    },
    ListPlace(name: "run", filter: "day=2", column: 0) { session in
      session.press("R")
      let plan = try await World.story().plan()
      session.send(.planned(plan))
      session.press("x", "y")
      session.send(.runEvent(.planned(plan), at: World.now))
    },
  ]
}
