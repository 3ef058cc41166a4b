import IncrementalJoin
import PartitionPredicate

/// Writes random predicates over keys of all types, as a person might, and rows that they can tell
/// apart.
struct RandomPredicate<Generator: RandomNumberGenerator> {
  var random: Generator
  /// In how many functions the current operand stands.
  private var depth = 0

  init(random: Generator) { self.random = random }

  static var keys: [PartitionKey] {
    [
      PartitionKey(name: "word", type: .string), PartitionKey(name: "digits", type: .string),
      PartitionKey(name: "small", type: .int), PartitionKey(name: "big", type: .bigint),
      PartitionKey(name: "share", type: .decimal(precision: 5, scale: 2)),
      PartitionKey(name: "wide", type: .decimal(precision: 22, scale: 4)),
      PartitionKey(name: "part", type: .decimal(precision: 2, scale: 2)),
      PartitionKey(name: "day", type: .date), PartitionKey(name: "hour", type: .timestamp),
      PartitionKey(name: "flag", type: .boolean),
    ]
  }

  /// The types of the keys, as far as the choice of literals goes.
  private enum Kind: CaseIterable {
    case word, digits, int, bigint, decimal, date, timestamp, boolean
  }

  private static var names: [Kind: [String]] {
    [
      .word: ["word"], .digits: ["digits"], .int: ["small"], .bigint: ["big"],
      .decimal: ["share", "wide", "part"], .date: ["day"], .timestamp: ["hour"],
      .boolean: ["flag"],
    ]
  }

  /// Texts of values, each for keys of one type.
  private static func values(_ kind: Kind) -> [String] {
    switch kind {
    case .word:
      [
        "", "a", "A", "ab", "abc", "b", "a%b", "a_b", "a\\b", "it's", "é", "e\u{301}", "日本", "a\nb",
        "ab\n", "stra\u{DF}e", "\u{3A3}", "true", "No", "Y", " t ", "\u{7F}", "\0",
      ]
    case .digits:
      [
        "1", "01", "1.5", "1.", ".5", ".", "-.9", "+2", " 7\t", "-3", "1e1", "1d", "2f", "x1", "+",
        "NaN", "nan", "-inf", "Infinity", "2147483648", "99999999999999999999", "0.10", "2013",
        "2013-1", "2013-01-31", "2013-1-5", "2013-02-30", "2013-01-31 05:00:00", "2013-01-31Tx",
        "+2013-02-01", "-0001-05-05", "12013-01-01", "2013-", "0", "1", "true",
        "20130131", "20130230", "2013131", "13-02", "2013-02", "2013-01-31T07", "2013-01-31t",
        "7.5",
        "+12013-01-01", "-20130131", "2013-01-31 05:00:00.1234567",
      ]
    case .int: ["0", "1", "2", "3", "-1", "31", "2013", "2147483647", "-2147483648"]
    case .bigint:
      ["0", "1", "2", "-3", "4294967297", "9223372036854775807", "-9223372036854775808"]
    case .decimal: ["0", "0.10", "0.5", "-0.25", "0.99", "-0.99"]
    case .date:
      [
        "2013-01-31", "2013-02-01", "2012-02-29", "1970-01-01", "1969-12-31", "0000-03-01",
        "9999-12-31",
      ]
    case .timestamp:
      [
        "2013-01-31 05:00:00", "2013-01-31 00:00:00", "2013-02-01 23:59:59.5",
        "1969-12-31 23:59:59.999999", "1970-01-01 00:00:00", "0001-01-01 10:20:30",
        "2013-01-31 05:00:00.000120",
      ]
    case .boolean: ["true", "false"]
    }
  }

  /// A row: one value a key, about every sixth NULL.
  mutating func row() -> [PartitionValue] {
    Self.keys.map { key in
      if Int.random(in: 0..<6, using: &random) == 0 { return .null }
      let kind = Kind.allCases.first { Self.names[$0]?.contains(key.name) ?? false } ?? .word
      var text = pick(Self.values(kind))
      if key.name == "wide", chance(2) {
        text = pick(["1.5", "123456789012345678.1234", "2", "-7.5"])
      }
      if key.name == "share", chance(2) { text = pick(["1.5", "2", "1.25", "999.99", "-2.5"]) }
      return PartitionValue(raw: text, type: key.type) ?? .null
    }
  }

  /// A predicate whose AND, OR and NOT are at most so deep.
  mutating func text(depth: Int = 3) -> String {
    guard depth > 0, chance(2) else { return clause() }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return "NOT (\(text(depth: depth - 1)))"
    case 1, 2: return terms(depth, " AND ")
    default: return terms(depth, " OR ")
    }
  }

  private mutating func terms(_ depth: Int, _ word: String) -> String {
    (0..<Int.random(in: 2...4, using: &random))
      .map { _ in "(\(text(depth: depth - 1)))" }.joined(separator: word)
  }

  private mutating func clause() -> String {
    let kind = pick(Kind.allCases)
    let not = chance(3) ? "NOT " : ""
    switch Int.random(in: 0..<12, using: &random) {
    case 0...4:
      let sign = pick(["=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>"])
      return "\(operand(kind)) \(sign) \(operand(other(kind)))"
    case 5, 6:
      let count = Int.random(in: 1...4, using: &random)
      let list = (0..<count).map { _ in operand(other(kind)) }.joined(separator: ", ")
      return "\(operand(kind)) \(not)IN (\(list))"
    case 7:
      return "\(operand(kind)) \(not)BETWEEN \(operand(other(kind))) AND \(operand(other(kind)))"
    case 8:
      let (pattern, escape) = pick([
        ("a%", ""), ("_", ""), ("%b", ""), ("a\\\\%b", ""), ("a/_b", " ESCAPE '/'"), ("%1%", ""),
        ("____-__-%", ""), ("", ""), ("%", ""), ("a\\\\\\\\b", ""), ("%a%b%", ""), ("\\'", ""),
        ("%é", " ESCAPE 'x'"),
      ])
      return "\(operand(kind)) \(not)LIKE '\(pattern)'\(escape)"
    case 9:
      let pattern = pick([
        "^a", "b$", "a.b", "[0-9]+", "^(a|b)c?$", "x*", "^[^a]", "\\\\d{4}-\\\\d\\\\d", "\\\\s",
        "a|é",
        "^\\\\w+$", "(?:ab)+?", "[a-c_]{2,}",
      ])
      return "\(operand(kind)) \(not)RLIKE '\(pattern)'"
    case 10: return "\(operand(kind)) IS \(not)NULL"
    default:
      let truth = pick(["TRUE", "FALSE"])
      return chance(2)
        ? "(\(operand(kind)) = \(operand(kind))) IS \(not)\(truth)" : "flag IS \(not)\(truth)"
    }
  }

  /// Mostly the same type, else any other.
  private mutating func other(_ kind: Kind) -> Kind { chance(4) ? pick(Kind.allCases) : kind }

  private mutating func operand(_ kind: Kind) -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0...5: return pick(Self.names[kind] ?? ["word"])
    case 6:
      let type = pick([
        "string", "int", "bigint", "date", "boolean", "decimal(5,2)", "decimal(4,0)",
        "decimal(25,6)", "timestamp",
      ])
      return "CAST(\(operand(pick(Kind.allCases))) AS \(type))"
    case 7, 8: return function(kind)
    default: return literal(kind)
    }
  }

  private mutating func function(_ kind: Kind) -> String {
    if depth > 1 { return literal(kind) }
    depth += 1
    defer { depth -= 1 }
    if chance(4) { return choice(kind) }
    switch kind {
    case .word, .digits: return textFunction()
    case .int, .bigint: return numberFunction(kind)
    case .date:
      let unit = pick(["1 DAY", "'3' MONTHS", "1 YEAR", "-2 WEEKS"])
      return pick([
        "current_date()", "date_add(\(operand(.date)), \(operand(.int)))",
        "date_sub(\(operand(.date)), \(operand(.int)))",
        "\(dated()) + \(pick(["1", "31", "small"]))",
        "\(dated()) \(pick(["+", "-"])) INTERVAL \(unit)",
        "add_months(\(operand(.date)), \(pick(["1", "-13"])))",
        "to_date(\(operand(.digits)), '\(pattern())')", "last_day(\(operand(.date)))",
        "trunc(\(operand(.date)), '\(pick(["MM", "week", "year", "quarter", "day"]))')",
        "make_date(\(operand(.int)), \(pick(["1", "2", "13"])), \(operand(.int)))",
      ])
    case .timestamp:
      let unit = pick(["year", "MM", "week", "quarter", "day", "hour", "minute", "second", "eon"])
      return pick([
        "date_trunc('\(unit)', \(operand(pick([.date, .timestamp]))))",
        "to_timestamp(\(operand(.digits)), '\(pattern())')",
        "hour \(pick(["+", "-"])) INTERVAL \(pick(["1 DAY", "90 MINUTES", "1 MONTH", "1 MICROSECOND"]))",
        "\(dated()) + INTERVAL 5 HOURS",
      ])
    case .boolean: return "\(pick(["isnull", "isnotnull"]))(\(operand(pick(Kind.allCases))))"
    case .decimal: return literal(kind)
    }
  }

  /// CASE and its relatives.
  private mutating func choice(_ kind: Kind) -> String {
    let condition = "\(operand(.int)) \(pick(["<", "=", ">"])) \(operand(.int))"
    let (first, second) = (operand(kind), operand(kind))
    return pick([
      "coalesce(\(first), \(second))", "if(\(condition), \(first), \(second))",
      "CASE WHEN \(condition) THEN \(first) WHEN flag THEN \(second) END",
      "CASE \(operand(other(.int))) WHEN \(operand(.int)) THEN \(first) ELSE \(second) END",
    ])
  }

  private mutating func textFunction() -> String {
    let text = operand(pick([.word, .digits, .int, .date]))
    let (start, length) = (
      pick(["0", "1", "2", "-1", "-9", operand(.int)]), pick(["0", "1", "3", "-1", operand(.int)])
    )
    return pick([
      "concat(\(text), \(operand(pick(Kind.allCases))))",
      "\(operand(.word)) || \(operand(.digits))",
      "upper(\(text))", "lower(\(text))", "trim(\(text))", "ltrim(\(text))", "rtrim(\(text))",
      "\(pick(["lpad", "rpad"]))(\(text), \(pick(["0", "2", "5", "-1"])), \(pick(["'0'", "'ab'", "''", "word"])))",
      "substring(\(text), \(start), \(length))", "substr(\(text), \(start))",
      "\(pick(["left", "right"]))(\(text), \(pick(["1", "3", "-1", operand(.int)])))",
      "date_format(\(operand(pick([.date, .timestamp]))), '\(pick(["yyyyMMdd", "y-M-d", "yy EEEE MMM", "HH:mm:ss.SSS", "yyyyy\\'x\\'H"]))')",
    ])
  }

  private mutating func numberFunction(_ kind: Kind) -> String {
    let sign = pick(["+", "-", "*", "%"])
    if kind == .bigint {
      return pick([
        "(\(operand(.int)) DIV \(solid(.int)))",
        "(\(solid(.bigint)) \(sign) \(operand(pick([.int, .bigint]))))",
        "unix_timestamp(\(operand(.digits)), '\(pattern())')",
        "unix_timestamp(\(operand(.timestamp)))",
      ])
    }
    let dates: [Kind] = [.date, .timestamp, .date, .digits]
    return pick([
      "\(pick(["year", "month", "day"]))(\(operand(pick(dates))))", "length(\(operand(.word)))",
      "(\(solid(.int)) \(sign) \(operand(.int)))", "-\(solid(.int))",
      "\(pick(["hour", "minute", "second"]))(\(operand(.timestamp)))",
      "datediff(\(operand(.date)), \(operand(.date)))",
    ])
  }

  /// A pattern that a regular expression reads as Spark does.
  private mutating func pattern() -> String {
    pick([
      "yyyyMMdd", "yyyy-MM-dd", "yyyy-M-d", "yyyy", "yy-MM", "yyyy-MM[-dd]", "d",
      "yyyy-MM-dd HH:mm:ss",
      "yyyy-MM-dd[\\'T\\'[HH]]", "H.S", "yyyy-MM-dd HH:mm:ss.SSSSSSSSS", "yyyyMdd",
    ])
  }

  /// A date or an instant that is no NULL alone.
  private mutating func dated() -> String { pick(["day", "day", "DATE '2013-01-31'"]) }

  /// A number that is no NULL alone.
  private mutating func solid(_ kind: Kind) -> String {
    while true {
      let text = operand(kind)
      if text != "NULL" { return text }
    }
  }

  private mutating func literal(_ kind: Kind) -> String {
    if chance(12) { return "NULL" }
    let value = pick(Self.values(kind))
    switch kind {
    case .word, .digits:
      let escaped = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
      return "'\(escaped.replacing("\0", with: "\\0"))'"
    case .int, .boolean: return value
    case .bigint: return chance(2) ? "\(value)L" : value
    case .decimal: return pick([value, "1.5", "2.25", "1BD", "123456789012345678.1234", "-2.50"])
    case .date: return "DATE '\(value)'"
    case .timestamp: return "TIMESTAMP '\(value)'"
    }
  }

  private mutating func chance(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: choices.indices, using: &random)]
  }
}
