import Testing

@testable import PartitionPredicate

@Suite("A binder")
struct BinderTests {
  @Test("names are keys, ignoring case and quotes")
  func names() throws {
    for text in ["month", "MONTH", "`Month`"] {
      let node = try bound(text)
      #expect(node.kind == .key(1))
      #expect(node.type == .int)
      #expect(node.range == 0..<text.utf8.count)
    }
  }

  @Test("words of the language are names where nothing follows that makes them more")
  func words() throws {
    let keys = ["date", "timestamp", "year", "current_date"].map {
      PartitionKey(name: $0, type: .int)
    }
    for (index, key) in keys.enumerated() {
      let binder = Binder(source: key.name, keys: keys, today: 0)
      #expect(try binder.expression(PredicateSyntax(parsing: key.name)).kind == .key(index))
    }
    let text = "date = date '2013-01-01' OR year(current_date()) = year"
    #expect(throws: PushdownPredicateError.self) {
      try PushdownPredicate(text, keys: keys, today: 0)
    }
    let other = "year(current_date()) = year"
    let predicate = try PushdownPredicate(other, keys: keys, today: 0)
    #expect(predicate.root.children[1].kind == .key(2))
  }

  @Test("current_date needs no parentheses")
  func currentDate() throws {
    #expect(try bound("current_date") == PredicateNode(.call(.currentDate, []), .date))
    #expect(try bound("CURRENT_DATE()") == PredicateNode(.call(.currentDate, []), .date))
  }

  @Test(
    "every node has its type",
    arguments: [
      ("1", ValueType.int), ("17L", .bigint), ("1.5", .decimal(precision: 2, scale: 1)),
      ("'a'", .string), ("NULL", .null), ("TRUE", .boolean), ("DATE '2013-01-01'", .date),
      ("TIMESTAMP '2013-01-01'", .timestamp), ("station", .string), ("serial", .bigint),
      ("share", .decimal(precision: 5, scale: 2)), ("year(day)", .int), ("month(at)", .int),
      ("day('2013-01-01')", .int), ("date_add(day, NULL)", .date), ("date_sub(station, 1)", .date),
      ("date_add(NULL, ' +1 ')", .date), ("date_trunc('month', day)", .timestamp),
      ("date_trunc(month, '2013')", .timestamp), ("CAST(day AS int)", .int),
      ("CAST(share AS timestamp)", .timestamp), ("month LIKE 1", .boolean),
      ("final RLIKE NULL", .boolean), ("NULL IS NULL", .boolean), ("NOT NULL", .boolean),
      ("NULL AND NULL", .boolean), ("month = 1 OR NULL", .boolean), ("final IN (TRUE)", .boolean),
    ])
  func types(_ text: String, _ type: ValueType) throws {
    #expect(try bound(text).type == type)
  }

  @Test("the tree is the text's, with its ranges and no casts put in")
  func tree() throws {
    let text = "NOT (station LIKE month OR (month IN (1, 2) AND `odd name` = 1))"
    let node = try bound(text)
    #expect(
      ranges(node, text) == [
        text, "station LIKE month OR (month IN (1, 2) AND `odd name` = 1)", "station LIKE month",
        "station", "month", "month IN (1, 2) AND `odd name` = 1", "month IN (1, 2)", "month", "1",
        "2",
        "`odd name` = 1", "`odd name`", "1",
      ])
  }

  @Test("an unknown name says which keys there are, at most twenty")
  func unknownNames() {
    func message(_ keys: Int) -> String? {
      let keys = (0..<keys).map { PartitionKey(name: "k\($0)", type: .int) }
      return #expect(throws: PushdownPredicateError.self) {
        try PushdownPredicate("station = 1", keys: keys, today: 0)
      }?.message
    }
    #expect(message(0) == "There is no partition key `station`. The table has none.")
    #expect(message(2) == "There is no partition key `station`. The keys are `k0`, `k1`.")
    #expect(message(20)?.hasSuffix("`k18`, `k19`.") == true)
    #expect(message(21)?.hasSuffix("`k18`, `k19` and others.") == true)
  }

  @Test("a predicate keeps its keys and its day")
  func predicate() throws {
    let predicate = try PushdownPredicate("final", keys: PredicateKeys.all, today: 16_070)
    #expect(predicate.keys == PredicateKeys.all)
    #expect(predicate.today == 16_070)
    #expect(predicate.root == PredicateNode(.key(7), .boolean))
  }

  private func bound(_ text: String) throws -> PredicateNode {
    try Binder(source: text, keys: PredicateKeys.all, today: 0)
      .expression(PredicateSyntax(parsing: text))
  }

  private func ranges(_ node: PredicateNode, _ text: String) -> [String] {
    [String(decoding: Array(text.utf8)[node.range], as: UTF8.self)]
      + node.children.flatMap { ranges($0, text) }
  }
}
