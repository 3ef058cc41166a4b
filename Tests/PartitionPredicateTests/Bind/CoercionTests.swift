import PartitionPredicate
import Testing

/// The types as which Spark 3.5.4 compares, with ANSI mode off: `-` is a refusal, `?` a comparison
/// that Spark rewrites so that no type shows.
///
/// Recorded from `df.filter("s = i")._jdf.queryExecution().analyzed()`.
struct RecordedCoercion: CustomTestStringConvertible, Sendable {
  let text: String
  let type: String

  var testDescription: String { text }

  /// Reads a table whose rows and columns are operands.
  static func table(_ sign: String, _ text: String) -> [RecordedCoercion] {
    let columns = ["s", "i", "b", "c", "w", "d", "t", "f", "NULL", "7", "70000000000L", "1.5"]
    return text.split(separator: "\n").flatMap { line in
      let fields = line.split(separator: " ")
      return zip(columns, fields.dropFirst()).filter { $1 != "?" }.map { column, type in
        let right = sign == "IN" ? "(\(column))" : column
        return RecordedCoercion(text: "\(fields[0]) \(sign) \(right)", type: String(type))
      }
    }
  }
}

@Suite("The type of a comparison")
struct CoercionTests {
  static let keys: [PartitionKey] = [
    PartitionKey(name: "s", type: .string), PartitionKey(name: "i", type: .int),
    PartitionKey(name: "b", type: .bigint),
    PartitionKey(name: "c", type: .decimal(precision: 5, scale: 2)),
    PartitionKey(name: "w", type: .decimal(precision: 38, scale: 10)),
    PartitionKey(name: "d", type: .date), PartitionKey(name: "t", type: .timestamp),
    PartitionKey(name: "f", type: .boolean),
  ]

  @Test(
    "equality compares as Spark does",
    arguments: ["=", "==", "!=", "<=>"])
  func equality(_ sign: String) { check(RecordedCoercion.table(sign, Self.equality)) }

  @Test("order compares as Spark does", arguments: ["<", "<=", ">", ">="])
  func order(_ sign: String) { check(RecordedCoercion.table(sign, Self.order)) }

  @Test("a list compares as Spark does")
  func lists() { check(RecordedCoercion.table("IN", Self.list)) }

  @Test("a list of several types has one, where a string goes first")
  func mixedLists() {
    let recorded = [
      ("s IN (1,2)", "string"), ("i in (1,'a')", "string"), ("i in (1, 1.5)", "decimal(11,1)"),
      ("i in (1.5, 99999999999999999999)", "decimal(21,1)"), ("f in (true, 'true')", "-"),
      ("f in (true, 1)", "-"), ("d in ('2020-01-01', DATE '2020-01-01')", "string"),
      ("d in (DATE '2020-01-01', TIMESTAMP '2020-01-01 00:00:00')", "timestamp"),
      ("d in (1,'a')", "string"), ("t in ('2020', d)", "string"),
      ("c in (1, 17L, 2.12345)", "decimal(25,5)"), ("c in ('1', 2)", "string"),
      ("i in (NULL,'1')", "string"), ("NULL IN (1,'1')", "string"), ("i in (d,'1')", "string"),
      ("i in ('1',d)", "string"), ("i in (d, 1)", "-"), ("s in (f,1)", "-"), ("i in (f,'x')", "-"),
      ("d in (d, NULL)", "date"), ("i IN (NULL, NULL)", "int"), ("1 IN (1.5)", "decimal(11,1)"),
      ("w in (1, 99999999999999999999999999999999999999)", "decimal(38,10)"),
      ("i in (i = 1)", "-"),
    ]
    check(recorded.map { RecordedCoercion(text: $0.0, type: $0.1) })
  }

  @Test("a literal beside a decimal has its own digits")
  func literals() {
    let recorded = [
      ("c = 1234567", "decimal(9,2)"), ("c = 17L", "decimal(5,2)"), ("1 = 1.5", "decimal(2,1)"),
      ("i = 99999999999999999999", "decimal(20,0)"), ("i = .5", "decimal(11,1)"),
      ("c = 99999999999999999999999999999999999999", "decimal(38,2)"),
      ("CAST(i AS decimal(5,2)) = 1", "decimal(5,2)"), ("f = 0.25", "decimal(2,2)"),
      ("CAST(f AS decimal(2,2)) = 1", "decimal(3,2)"), ("i = 0.00", "decimal(12,2)"),
      ("f = 1.0", "boolean"),
      ("0.00 <=> f", "boolean"), ("f != 1.5", "decimal(2,1)"),
    ]
    check(recorded.map { RecordedCoercion(text: $0.0, type: $0.1) })
  }

  @Test("the bounds of BETWEEN have a type each")
  func between() throws {
    let predicate = try PushdownPredicate("i BETWEEN '1' AND 2.5", keys: Self.keys, today: 0)
    guard case .test(.isBetween(let between), negated: false) = predicate.root.kind else {
      Issue.record("no BETWEEN")
      return
    }
    #expect(between.lowType == .int)
    #expect(between.highType == .decimal(precision: 11, scale: 1))
  }

  @Test("IS TRUE compares with a boolean")
  func truth() throws {
    let types: [(String, ValueType)] = [
      ("f", .boolean), ("s", .boolean), ("i", .int), ("b", .bigint), ("NULL", .boolean),
      ("c", .decimal(precision: 5, scale: 2)),
    ]
    for (operand, type) in types {
      let text = "\(operand) IS NOT TRUE"
      let predicate = try PushdownPredicate(text, keys: Self.keys, today: 0)
      guard case .test(.isTruth(_, true, let bound), negated: true) = predicate.root.kind else {
        Issue.record("no IS TRUE: \(text)")
        continue
      }
      #expect(bound == type, "\(text)")
    }
  }

  private func check(_ recorded: [RecordedCoercion]) {
    #expect(!recorded.isEmpty)
    for coercion in recorded {
      let root = try? PushdownPredicate(coercion.text, keys: Self.keys, today: 0).root
      let type: ValueType? =
        switch root?.kind {
        case .comparison(_, _, _, let type), .test(.isIn(_, _, let type), _): type
        default: nil
        }
      #expect((type?.description ?? "-") == coercion.type, "\(coercion.text)")
    }
  }

  private static let equality = """
    s string int bigint double double date timestamp boolean string int bigint double
    i int int bigint decimal(12,2) decimal(38,10) - - int int int bigint decimal(11,1)
    b bigint bigint bigint decimal(22,2) decimal(38,10) - - bigint bigint bigint bigint decimal(21,1)
    c double decimal(12,2) decimal(22,2) decimal(5,2) decimal(38,10) - - decimal(5,2) decimal(5,2) decimal(5,2) decimal(13,2) decimal(5,2)
    w double decimal(38,10) decimal(38,10) decimal(38,10) decimal(38,10) - - decimal(38,10) decimal(38,10) decimal(38,10) decimal(38,10) decimal(38,10)
    d date - - - - date timestamp - date - - -
    t timestamp - - - - timestamp timestamp - timestamp - - -
    f boolean int bigint decimal(5,2) decimal(38,10) - - boolean boolean int bigint decimal(2,1)
    NULL string int bigint decimal(5,2) decimal(38,10) date timestamp boolean NULL int bigint decimal(2,1)
    """

  private static let order = """
    s string int bigint double double date timestamp boolean string int bigint double
    i int int bigint decimal(12,2) decimal(38,10) - - - int int bigint ?
    b bigint bigint bigint decimal(22,2) decimal(38,10) - - - bigint bigint bigint ?
    c double decimal(12,2) decimal(22,2) decimal(5,2) decimal(38,10) - - - decimal(5,2) decimal(5,2) decimal(13,2) decimal(5,2)
    w double decimal(38,10) decimal(38,10) decimal(38,10) decimal(38,10) - - - decimal(38,10) decimal(38,10) decimal(38,10) decimal(38,10)
    d date - - - - date timestamp - date - - -
    t timestamp - - - - timestamp timestamp - timestamp - - -
    f boolean - - - - - - boolean boolean - - -
    NULL string int bigint decimal(5,2) decimal(38,10) date timestamp boolean NULL int bigint decimal(2,1)
    """

  private static let list = """
    s string string string string string string string - string string string string
    i string int bigint decimal(12,2) decimal(38,10) - - - int int bigint decimal(11,1)
    b string bigint bigint decimal(22,2) decimal(38,10) - - - bigint bigint bigint decimal(21,1)
    c string decimal(12,2) decimal(22,2) decimal(5,2) decimal(38,10) - - - decimal(5,2) decimal(12,2) decimal(22,2) decimal(5,2)
    w string decimal(38,10) decimal(38,10) decimal(38,10) decimal(38,10) - - - decimal(38,10) decimal(38,10) decimal(38,10) decimal(38,10)
    d string - - - - date timestamp - date - - -
    t string - - - - timestamp timestamp - timestamp - - -
    f - - - - - - - boolean boolean - - -
    NULL string int bigint decimal(5,2) decimal(38,10) date timestamp boolean NULL int bigint decimal(2,1)
    """
}
