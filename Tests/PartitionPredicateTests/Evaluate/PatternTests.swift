import Testing

@testable import PartitionPredicate

@Suite("Patterns")
struct PatternTests {
  @Test(
    "LIKE matches the whole text; _ is one code point",
    arguments: [
      ("abc", "a%", true), ("abc", "%c", true), ("abc", "b", false), ("abc", "_b_", true),
      ("", "%", true), ("", "_", false), ("a\nb", "a_b", true), ("😀", "_", true),
      ("e\u{301}", "_", false),
      ("a_c", "a\\_c", true), ("abc", "a\\_c", false), ("a%", "a\\%", true), ("a\\", "a\\\\", true),
      ("aXbXc", "%X%X%", true), ("aaab", "%aab", true), ("mississippi", "%iss%ip%", true),
    ])
  func like(text: String, pattern: String, expected: Bool) throws {
    #expect(try LikePattern(pattern, escape: "\\").matches(text) == expected)
  }

  @Test("a wrong escape is named")
  func wrongEscapes() {
    #expect(throws: LikePattern.Problem.endsWithEscape) { try LikePattern("a/", escape: "/") }
    #expect(throws: LikePattern.Problem.escapes("c")) { try LikePattern("a/c", escape: "/") }
    #expect(
      LikePattern.problem("a/c", escape: "/")
        == "the escape character / stands before c, but it may only stand before _, % and itself")
    #expect(
      LikePattern.problem("a\\", escape: "\\")
        == "it ends with the escape character \\")
    #expect(LikePattern.problem("a\\%", escape: "\\") == nil)
  }

  @Test("many % take no exponential time")
  func manyWildcards() throws {
    let pattern = String(repeating: "%a", count: 50) + "b"
    let text = String(repeating: "a", count: 5000)
    #expect(try LikePattern(pattern, escape: "\\").matches(text) == false)
  }

  @Test(
    "RLIKE finds a part, with the ASCII classes of Java",
    arguments: [
      ("abc", "b", true), ("abc", "^b", false), ("", "", true), ("٣", "\\d", false),
      ("3", "\\d", true),
      ("é", "\\w", false), ("é", "\\W", true), ("\u{A0}", "\\s", false), ("a-b", "^[\\w-]+$", true),
      ("é", "[^\\W]", false), ("é", "\\p{Alpha}", false), ("é", "^\\P{Alpha}$", true),
      ("a.c", "^\\Qa.c\\E$", true), ("abc", "^\\Qa.c\\E$", false), ("ABC", "(?i)abc", true),
      ("x", "[[:alpha:]]", false), ("p", "[[:alpha:]]", true), ("&", "[!--z]", true),
      ("a}", "a}", true), ("{1}", "[{]1}", true), ("aa", "^a{2}$", true), ("é", "\\pL", true),
      ("1", "^\\P{L}$", true), ("-", "[a\\-]", true), ("b", "[a-c--]", true),
      (" ", "(?x) \\s", true),
    ])
  func rlike(text: String, pattern: String, expected: Bool) throws {
    #expect(try RegularExpression(pattern).find(in: text) == expected)
  }

  @Test(
    "a wrong regular expression is found before it is used",
    arguments: ["(", "[a", "*", "\\q", "[\\b]", "\\E", "(?#a)b"])
  func wrongExpression(pattern: String) {
    #expect(
      RegularExpression.problem(pattern) == "it is not a valid regular expression")
  }

  @Test("a search that would take too long is given up")
  func runaway() throws {
    let text = String(repeating: "a", count: 200)
    #expect(try RegularExpression("^(a|a|aa)+$").find(in: text + "!") == nil)
    #expect(try RegularExpression("^a+$").find(in: text) == true)
  }
}
