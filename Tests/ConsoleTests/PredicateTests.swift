import Cells
import Console
import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("The predicate screen")
struct PredicateTests {
  @Test("the list begins at the first selected partition, and explains it without a key")
  func first() async throws {
    var session = try await Session(World.story())
    session.press("5")
    #expect(session.cursorRow.contains("month=1/day=5"))
    #expect(session.cursorRow.contains("✓ selected"))
    #expect(session.text.contains("month=1/day=5 is selected: "))
    #expect(session.text.contains("Pending: flights: 1 rewritten"))
    #expect(session.text.contains("Selects 18 of 34 partitions, 17 files, "))
    #expect(session.text.contains(", without 1 held."))
  }

  @Test("why a partition is not selected is found in four keys after opening the screen")
  func why() async throws {
    var session = try await Session(World.story())
    session.press("5")
    session.press("/", "8", "Enter")
    #expect(session.cursorRow.contains("month=1/day=8"))
    #expect(session.cursorRow.contains("· not"))
    #expect(session.text.contains("month=1/day=8 is not selected: "))
    #expect(session.text.contains("since day is 8"))
    #expect(
      session.text.contains(
        "Not pending: every input is as it was consumed; built by run 1, 848 rows"))
  }

  @Test("a partition that only a window reads is called halo, and found by the word")
  func halo() async throws {
    var world = World()
    let tables = try ["day", "quoted"].map { key in
      let keys = [PartitionKey(name: key, type: .date)]
      return TableDefinition(
        name: "by_\(key)", location: Location("/data/\(key)"), format: .parquet, keys: keys,
        time: TableTime(column: "ts", keys: try TimeKeys(keys: keys)))
    }
    // The third of February reads the quotes of the second, too.
    for (table, days) in zip(tables, [15_739...15_739, 15_737...15_740] as [ClosedRange<Int>]) {
      let partitions = days.map { Partition(keys: table.keys, values: [.date(days: $0)]) }
      world.list(
        table,
        Dictionary(
          partitions.map { ($0, [World.file($0, "part", size: 9)]) }, uniquingKeysWith: { $1 }))
    }
    let window = TimeCondition.within(before: .seconds(86_400), after: .zero)
    world.jobs = [
      JobDefinition(
        name: "near", inputs: tables.map { JobInput(name: $0.name, table: $0) },
        transformation: .joinToFirst(
          [JoinCondition(type: .left, on: [], time: window)], select: nil),
        output: OutputDefinition(location: "/out/near", keys: tables[0].keys))
    ]
    var session = try await Session(world)
    session.press("5", "Right")
    func row(_ day: Int) -> Substring? {
      session.text.split(separator: "\n").first {
        $0.contains("quoted=2013-02-0\(day) ") && $0.contains("✓ selected")
      }
    }
    #expect(row(2)?.contains(" halo ") == true, "\(session.text)")
    #expect(row(3)?.contains(" halo ") == false, "\(session.text)")
    #expect(row(4) == nil && row(1) == nil, "\(session.text)")
    session.press("/")
    session.type("halo")
    #expect(row(2) != nil && row(3) == nil, "\(session.text)")
  }

  @Test("a held partition says why it is not selected")
  func held() async throws {
    var session = try await Session(World.story())
    session.press("5", "G")
    #expect(session.cursorRow.contains("month=2/day=3"))
    #expect(session.text.contains("Held: a file is too young for another 8 min 20 s: flights"))
  }

  @Test("v goes through the dialects; one that cannot say it says why")
  func dialects() async throws {
    var session = try await Session(World.story())
    session.press("5", "Y")
    #expect(session.text.contains("plain  532 characters"))
    session.press("Y")
    #expect(session.text.contains("spark  "))
    session.press("Y")
    #expect(session.text.contains("glue  "))
    session.press("Y")
    #expect(session.text.contains("duckdb  "))
    session.press("Y")
    #expect(session.text.contains("compact  "))
    session.press("e", "Ctrl-U")
    session.type("month IS NULL")
    session.press("Enter", "Y", "Y", "Y", "Y")
    #expect(session.text.contains("An expression of Glue's GetPartitions cannot say"))
    session.press("y")
    #expect(session.text.contains("Copy: nothing is selected."))
  }

  @Test("a long text scrolls, and follows what decides")
  func scroll() async throws {
    var session = try await Session(World.story())
    session.press("5", "Y")
    #expect(session.text.contains("from line 1 of 8; { } scroll"))
    session.press("}", "}")
    #expect(session.text.contains("from line 3 of 8"))
    session.press("{")
    #expect(session.text.contains("from line 2 of 8"))
    session.press("}", "}", "}", "}", "}", "}", "}")
    #expect(session.text.contains("from line 5 of 8"))
  }

  @Test("the words of the verdict filter, and so do predicates")
  func filters() async throws {
    var session = try await Session(World.story())
    session.press("5", "/")
    session.type("!selected")
    #expect(session.text.contains("of 16") || !session.text.contains("✓ selected"))
    session.press("Ctrl-U")
    session.type("where day in (5, 6)")
    #expect(session.text.contains("month=1/day=5"))
    #expect(session.text.contains("month=1/day=6"))
    #expect(!session.text.contains("month=1/day=7"))
    session.press("Ctrl-U")
    session.type("where dy = 5")
    #expect(session.text.contains("Did you mean `day`?"))
    #expect(session.text.contains("^^"))
    session.press("Esc")
    #expect(session.text.contains("month=1/day=7"))
  }

  @Test("a predicate filters the other lists over their own keys, with the mistake shown live")
  func otherLists() async throws {
    var session = try await Session(World.story())
    session.send(.savedPredicates(["late": "day BETWEEN 12 AND 14"]))
    session.press("4", "/")
    session.type("where day > 30 or month = 2")
    #expect(session.text.contains("month=1/day=31"))
    #expect(session.text.contains("month=2/day=1"))
    #expect(!session.text.contains("month=1/day=12"))
    session.press("Ctrl-U")
    session.type("@lat")
    #expect(session.text.contains("No predicate is saved as \"lat\". Saved are: late."))
    session.type("e")
    #expect(session.text.contains("month=1/day=13"))
    #expect(!session.text.contains("month=1/day=21"))
    session.press("Enter", "2", "Enter", "/")
    session.type("@late")
    #expect(session.text.contains("month=1/day=14"))
    #expect(!session.text.contains("month=1/day=11 "))
    session.press("Ctrl-U")
    session.type("where day = = 1")
    #expect(session.text.contains("^"))
  }

  @Test("current_date in a filter is the UTC day of the load")
  func today() async throws {
    var session = try await Session(World.story())
    session.press("4", "/")
    session.type("where day = day(current_date) / 1")
    #expect(session.text.contains("^"))
    session.press("Ctrl-U")
    session.type("where month = month(current_date()) and day < day(current_date)")
    #expect(session.text.contains("month=2/day=1"))
    #expect(!session.text.contains("month=1/day=5"))
  }

  @Test("the table of clauses counts, marks what is odd, and leads to what a clause decides")
  func clauses() async throws {
    var session = try await Session(World.story(), size: Size(columns: 100, rows: 30))
    session.press("5", "e", "Ctrl-U")
    session.type("day = 5 OR month = 'x'")
    session.press("Enter", "t")
    #expect(session.text.contains("Reached"))
    #expect(session.cursorRow.contains("day = 5 OR month = 'x'"))
    session.press("j", "j")
    #expect(session.cursorRow.contains("month = 'x'"))
    #expect(session.cursorRow.contains("!"))
    #expect(session.text.contains("! "))
    session.press("k", "Enter")
    #expect(session.text.contains("only what clause 2 decides"))
    #expect(session.text.contains("month=1/day=5"))
    #expect(!session.text.contains("month=1/day=6"))
    session.press("Esc")
    #expect(session.text.contains("Reached"))
    #expect(session.cursorRow.contains("day = 5"))
    session.press("Esc")
    #expect(session.text.contains("month=1/day=6"))
    session.press("t", "t")
    #expect(session.text.contains("Decided by"))
  }

  @Test("the selection survives a refresh by identity")
  func selectionSurvives() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("5", "G", "k", "k")
    #expect(session.cursorRow.contains("month=2/day=1"))
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.cursorRow.contains("month=2/day=1"))
  }

  @Test("where without a predicate asks for one", arguments: ["where", "where ", "WHERE  "])
  func beginning(_ text: String) async throws {
    var session = try await Session(World.story())
    for screen in ["4", "5"] {
      session.press(screen, "/")
      session.type(text)
      #expect(session.text.contains("Write a predicate after where."))
      #expect(!session.text.contains("fits"))
      session.press("Esc")
      #expect(!session.text.contains("Write a predicate"))
    }
  }

  @Test("a long mistake of a filter is wrapped, its excerpt is not")
  func wrappedMistake() async throws {
    var session = try await Session(World.story(), size: Size(columns: 60, rows: 20))
    session.press("4", "/")
    session.type("@a-name-that-nobody-has-ever-saved-in-any-workspace")
    let message = session.text.split(separator: "\n").dropFirst(4).prefix(3)
    #expect(message.joined(separator: " ").hasSuffix("-any-workspace\". None is saved."))
    session.press("Ctrl-U")
    session.type("where  mnth = 1 and 'a text that makes the line as long as sixty' = 'x'")
    let lines = session.text.split(separator: "\n", omittingEmptySubsequences: false)
    let caret = try #require(lines.firstIndex { $0.contains("^^^^") })
    let place = try #require(lines[caret].firstIndex(of: "^"))
    let column = lines[caret].distance(from: lines[caret].startIndex, to: place)
    #expect(lines[caret - 1].dropFirst(column).hasPrefix("mnth"))
  }

  @Test("clicks select partitions, and a second click opens the debugger")
  func mouse() async throws {
    var session = try await Session(World.story())
    session.press("5")
    let row = try #require(session.frame.cursor?.row)
    session.click(column: 3, row: row + 1)
    #expect(!session.cursorRow.contains("day=5 "))
    session.send(
      .input(.mouse(MouseEvent(action: .doublePress, position: Position(column: 3, row: row + 1)))))
    #expect(session.text.contains("Debugging "))
  }

  @Test("with 20,000 partitions a key builds nothing anew")
  func large() async throws {
    func cost(_ count: Int) async throws -> Duration {
      var session = try await Session(World.large(count))
      session.press("5")
      return processorTime {
        for _ in 0..<40 {
          session.press("PageDown")
          _ = session.frame
        }
      }
    }
    let small = try await cost(200)
    let large = try await cost(20_000)
    #expect(large < small * 8, "\(large) against \(small)")
  }
}
