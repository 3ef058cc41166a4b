import Testing

@testable import PartitionPredicate

/// A text, and its tree with every operation in brackets.
struct ParsedText: CustomTestStringConvertible, Sendable {
  let text: String
  let tree: String

  init(_ text: String, _ tree: String) {
    self.text = text
    self.tree = tree
  }

  var testDescription: String { text }
}

@Suite("A predicate's syntax")
struct PredicateSyntaxTests {
  @Test(
    "precedence is that of Spark",
    arguments: [
      ParsedText("a OR b AND c", "[a OR [b AND c]]"),
      ParsedText("a AND b OR c AND d", "[[a AND b] OR [c AND d]]"),
      ParsedText("NOT a AND b", "[[NOT a] AND b]"),
      ParsedText("NOT a = b", "[NOT [a = b]]"),
      ParsedText("NOT NOT a", "[NOT [NOT a]]"),
      ParsedText("! a = b", "[NOT [a = b]]"),
      ParsedText("NOT a = b IS NULL", "[NOT [[a = b] IS NULL]]"),
      ParsedText("a = b IS NULL", "[[a = b] IS NULL]"),
      ParsedText("a = b = c", "[[a = b] = c]"),
      ParsedText("a < b IN (1)", "[[a < b] IN 1]"),
      ParsedText("a BETWEEN 1 AND 2 = c AND d", "[[a BETWEEN 1 AND [2 = c]] AND d]"),
      ParsedText("a NOT BETWEEN 1 AND 2 OR b", "[[a NOT BETWEEN 1 AND 2] OR b]"),
      ParsedText("a LIKE b = c", "[a LIKE [b = c] ESCAPE \\]"),
      ParsedText("a + 1 = b - 2", "[[+ a, 1] = [- b, 2]]"),
      ParsedText("a - b - c", "[- [- a, b], c]"),
      ParsedText("a + b * c % d", "[+ a, [% [* b, c], d]]"),
      ParsedText("(a + b) div c", "[DIV [+ a, b], c]"),
      ParsedText("-a * b", "[* [- 0, a], b]"), ParsedText("a - -1", "[- a, -1]"),
      ParsedText("a || b || c + d", "[+ [concat a, b, c], d]"),
      ParsedText("a + 1 BETWEEN b AND c - 1", "[[+ a, 1] BETWEEN b AND [- c, 1]]"),
      ParsedText("a + INTERVAL 1 DAY 2 HOURS", "[+ a, [INTERVAL microseconds(93600000000)]]"),
      ParsedText("interval + 1", "[+ interval, 1]"), ParsedText("case = 1", "[case = 1]"),
      ParsedText(
        "CASE WHEN a THEN b WHEN c = 1 THEN 2 ELSE d END IS NULL",
        "[[CASE a, b, [c = 1], 2, d] IS NULL]"),
      ParsedText("CASE a WHEN 1 THEN b END", "[CASE of a, 1, b]"),
      ParsedText("substr(a FROM 2 FOR 3)", "[substring a, 2, 3]"),
      ParsedText("a IS NOT TRUE AND b IS FALSE", "[[a IS NOT TRUE] AND [b IS FALSE]]"),
    ])
  func precedence(_ parsed: ParsedText) throws {
    #expect(brackets(try PredicateSyntax(parsing: parsed.text)) == parsed.tree)
  }

  @Test("a chain is one node, and parentheses keep one of their own")
  func chains() throws {
    #expect(brackets(try PredicateSyntax(parsing: "a AND b AND c")) == "[a AND b AND c]")
    #expect(brackets(try PredicateSyntax(parsing: "a AND (b AND c)")) == "[a AND [b AND c]]")
    #expect(brackets(try PredicateSyntax(parsing: "(a OR b) OR c")) == "[[a OR b] OR c]")
    #expect(brackets(try PredicateSyntax(parsing: "((a))")) == "a")
  }

  @Test(
    "every operator has its spellings",
    arguments: [
      ParsedText("a == b", "[a = b]"), ParsedText("a <> b", "[a != b]"),
      ParsedText("a != b", "[a != b]"), ParsedText("a !> b", "[a <= b]"),
      ParsedText("a !< b", "[a >= b]"), ParsedText("a<=>b", "[a <=> b]"),
      ParsedText("a<=b", "[a <= b]"), ParsedText("a>=b", "[a >= b]"),
      ParsedText("a not in (b, 'c')", "[a NOT IN b, 'c']"),
      ParsedText("a ! in (b)", "[a NOT IN b]"), ParsedText("a IS !NULL", "[a IS NOT NULL]"),
      ParsedText("a !between b AND c", "[a NOT BETWEEN b AND c]"),
      ParsedText("a regexp b", "[a RLIKE b]"), ParsedText("a NOT RLIKE 'b'", "[a NOT RLIKE 'b']"),
      ParsedText("a NOT LIKE 'b' ESCAPE '!'", "[a NOT LIKE 'b' ESCAPE !]"),
      ParsedText("cast(a = b as dec)", "[CAST [a = b] AS decimal(10,0)]"),
      ParsedText("Cast(a As Numeric(5))", "[CAST a AS decimal(5,0)]"),
      ParsedText("CAST(a AS DECIMAL(38 , 3))", "[CAST a AS decimal(38,3)]"),
      ParsedText("CAST(a AS long)", "[CAST a AS bigint]"),
      ParsedText("CAST(a AS INTEGER)", "[CAST a AS int]"),
      ParsedText("YEAR(a)", "[year a]"), ParsedText("`year` (a)", "[year a]"),
      ParsedText("date_add(a, -1)", "[date_add a, -1]"),
      ParsedText("current_date()", "[current_date ]"),
    ])
  func spellings(_ parsed: ParsedText) throws {
    #expect(brackets(try PredicateSyntax(parsing: parsed.text)) == parsed.tree)
  }

  @Test(
    "a name is a word, a word that begins with digits, or quoted",
    arguments: [
      ParsedText("date = timestamp", "[date = timestamp]"), ParsedText("year", "year"),
      ParsedText("1a = _x", "[1a = _x]"), ParsedText("2013_x", "2013_x"), ParsedText("1e", "1e"),
      ParsedText("`a b``c`", "a b`c"), ParsedText("`and`", "and"),
      ParsedText("current_date", "current_date"),
      ParsedText("order = group", "[order = group]"),
      ParsedText("where = 1", "[where = 1]"), ParsedText("x = case", "[x = case]"),
    ])
  func names(_ parsed: ParsedText) throws {
    #expect(brackets(try PredicateSyntax(parsing: parsed.text)) == parsed.tree)
  }

  @Test("comments are blanks")
  func comments() throws {
    let texts = [
      "-- first\na /* b /* c */ d */ = 1 -- the end", "a--x\r\n=1",
      "a -- goes on \\\n here too\n= 1",
      "/**/a=1/* * / */",
    ]
    for text in texts {
      #expect(brackets(try PredicateSyntax(parsing: text)) == "[a = 1]", "\(text)")
    }
  }

  @Test("every node knows the bytes from its first token to its last")
  func ranges() throws {
    let text = "é IN (1) OR (NOT (a) = 2) AND c".replacing("é", with: "`é`")
    let tree = try PredicateSyntax(parsing: text)
    #expect(covered(tree, text) == text)
    guard case .or(let terms) = tree.kind, case .and(let factors) = terms[1].kind,
      case .not(let comparison) = factors[0].kind,
      case .comparison(_, let left, _) = comparison.kind
    else {
      Issue.record("another tree: \(brackets(tree))")
      return
    }
    #expect(covered(terms[0], text) == "`é` IN (1)")
    #expect(covered(terms[1], text) == "(NOT (a) = 2) AND c")
    #expect(covered(factors[0], text) == "NOT (a) = 2")
    #expect(covered(comparison, text) == "(a) = 2")
    #expect(covered(left, text) == "a")
  }

  @Test("trees are equal wherever they stand")
  func equality() throws {
    #expect(try PredicateSyntax(parsing: "a=1") == PredicateSyntax(parsing: "  (a == 1) -- x"))
    #expect(try PredicateSyntax(parsing: "a=1") != PredicateSyntax(parsing: "a=1L"))
  }

  private func covered(_ syntax: PredicateSyntax, _ text: String) -> String {
    String(decoding: Array(text.utf8)[syntax.range], as: UTF8.self)
  }
}

/// The tree with every operation in brackets.
func brackets(_ syntax: PredicateSyntax) -> String {
  func not(_ negated: Bool) -> String { negated ? "NOT " : "" }
  return switch syntax.kind {
  case .literal(.string(let text), _): "'\(text)'"
  case .literal(.null, _): "NULL"
  case .literal(let value, _): value.text
  case .typedLiteral(let type, let text): "\(type)\(brackets(text))"
  case .name(let name): name
  case .call(let function, let operands):
    "[\(function.name) \(operands.map(brackets).joined(separator: ", "))]"
  case .interval(let interval): "[INTERVAL \(interval)]"
  case .cast(let operand, let type): "[CAST \(brackets(operand)) AS \(type)]"
  case .comparison(let sign, let left, let right):
    "[\(brackets(left)) \(sign.rawValue) \(brackets(right))]"
  case .isBetween(let value, let low, let high, let negated):
    "[\(brackets(value)) \(not(negated))BETWEEN \(brackets(low)) AND \(brackets(high))]"
  case .isIn(let value, let list, let negated):
    "[\(brackets(value)) \(not(negated))IN \(list.map(brackets).joined(separator: ", "))]"
  case .isLike(let value, let pattern, let escape, let negated):
    "[\(brackets(value)) \(not(negated))LIKE \(brackets(pattern)) ESCAPE \(escape)]"
  case .matches(let value, let pattern, let negated):
    "[\(brackets(value)) \(not(negated))RLIKE \(brackets(pattern))]"
  case .isNull(let operand, let negated): "[\(brackets(operand)) IS \(not(negated))NULL]"
  case .isTruth(let operand, let flag, let negated):
    "[\(brackets(operand)) IS \(not(negated))\(flag ? "TRUE" : "FALSE")]"
  case .not(let operand): "[NOT \(brackets(operand))]"
  case .and(let terms): "[\(terms.map(brackets).joined(separator: " AND "))]"
  case .or(let terms): "[\(terms.map(brackets).joined(separator: " OR "))]"
  }
}
