import Testing

@testable import PartitionPredicate

/// A number's text with its value and type.
struct NumberText: CustomTestStringConvertible, Sendable {
  let text: String
  let value: PartitionValue
  let type: ValueType

  init(_ text: String, _ value: PartitionValue, _ type: ValueType) {
    self.text = text
    self.value = value
    self.type = type
  }

  var testDescription: String { text }
}

// The values and types were recorded from Spark 3.5.4.
@Suite("A literal")
struct PredicateLiteralTests {
  @Test(
    "an integer has the first type that holds it",
    arguments: [
      NumberText("1", .integer(1), .int), NumberText("00001", .integer(1), .int),
      NumberText("- 1", .integer(-1), .int), NumberText("+1", .integer(1), .int),
      NumberText("-2147483648", .integer(-2_147_483_648), .int),
      NumberText("2147483648", .integer(2_147_483_648), .bigint),
      NumberText("-9223372036854775808", .integer(.min), .bigint),
      NumberText("17L", .integer(17), .bigint), NumberText("-17l", .integer(-17), .bigint),
      NumberText("-9223372036854775808L", .integer(.min), .bigint),
      NumberText(
        "9223372036854775808", .decimal(unscaled: 9_223_372_036_854_775_808, scale: 0),
        .decimal(precision: 19, scale: 0)),
      NumberText(
        "99999999999999999999999999999999999999",
        .decimal(unscaled: 99_999_999_999_999_999_999_999_999_999_999_999_999, scale: 0),
        .decimal(precision: 38, scale: 0)),
      NumberText("1BD", .decimal(unscaled: 1, scale: 0), .decimal(precision: 1, scale: 0)),
    ])
  func integers(_ number: NumberText) throws { try check(number) }

  @Test(
    "a decimal has the precision and scale of its digits",
    arguments: [
      NumberText("1.5", .decimal(unscaled: 15, scale: 1), .decimal(precision: 2, scale: 1)),
      NumberText("-1.50bd", .decimal(unscaled: -150, scale: 2), .decimal(precision: 3, scale: 2)),
      NumberText(".5", .decimal(unscaled: 5, scale: 1), .decimal(precision: 1, scale: 1)),
      NumberText("5.", .decimal(unscaled: 5, scale: 0), .decimal(precision: 1, scale: 0)),
      NumberText("00.05", .decimal(unscaled: 5, scale: 2), .decimal(precision: 2, scale: 2)),
      NumberText("0.00", .decimal(unscaled: 0, scale: 2), .decimal(precision: 2, scale: 2)),
      NumberText(
        "000000000000000000000000000000000000000000000001.5", .decimal(unscaled: 15, scale: 1),
        .decimal(precision: 2, scale: 1)),
    ])
  func decimals(_ number: NumberText) throws { try check(number) }

  @Test(
    "a string is read as Spark reads it",
    arguments: [
      ParsedText("'it''s'", "its"), ParsedText("'a' \"b\" /* c */ 'd'", "abd"),
      ParsedText(#"'a\'b' "\"""#, "a'b\""), ParsedText("r'a\\n' R\"\\\"", "a\\n\\"),
      ParsedText(#"'\n\r\t\b\0\Z\\'"#, "\n\r\t\u{8}\0\u{1A}\\"),
      ParsedText(#"'\%\_\q\é'"#, #"\%\_qé"#), ParsedText(#"'\101\177\0011'"#, "A\u{7F}\u{1}1"),
      ParsedText(#"'\200\400\18'"#, "20040018"), ParsedText(#"'\u0041\u004'"#, "Au004"),
      ParsedText(#"'\U0001F600\uD83D\uDE00'"#, "😀😀"), ParsedText("'a\nb'", "a\nb"),
      ParsedText("''", ""), ParsedText(#"'\U0041'"#, "U0041"),
    ])
  func strings(_ string: ParsedText) throws {
    let syntax = try PredicateSyntax(parsing: string.text)
    #expect(syntax.kind == .literal(.string(string.tree), .string))
  }

  @Test("words are literals in any case")
  func words() throws {
    #expect(try PredicateSyntax(parsing: "true").kind == .literal(.boolean(true), .boolean))
    #expect(try PredicateSyntax(parsing: "False").kind == .literal(.boolean(false), .boolean))
    #expect(try PredicateSyntax(parsing: "nULL").kind == .literal(.null, .null))
  }

  @Test("a date or timestamp is read by the rules of CAST")
  func typed() throws {
    let texts: [(String, PartitionValue)] = [
      ("DATE '2013-12-31'", .date(days: 16_070)), ("date\"2013-1-1\"", .date(days: 15_706)),
      ("DATE r'2013'", .date(days: 15_706)), ("DATE '2013-01-01T10'", .date(days: 15_706)),
      ("TIMESTAMP '1970-01-01 00:00:01.5'", .timestamp(microseconds: 1_500_000)),
      ("timestamp '1970-01-01 01:00:00+01:00'", .timestamp(microseconds: 0)),
    ]
    for (text, value) in texts {
      let binder = Binder(source: text, keys: [], today: 0)
      let node = try binder.expression(PredicateSyntax(parsing: text))
      #expect(node.kind == .literal(value), "\(text)")
      #expect(node.range == 0..<text.utf8.count, "\(text)")
    }
  }

  private func check(_ number: NumberText) throws {
    let syntax = try PredicateSyntax(parsing: number.text)
    #expect(syntax.kind == .literal(number.value, number.type))
    #expect(syntax.range == 0..<number.text.utf8.count)
  }
}
