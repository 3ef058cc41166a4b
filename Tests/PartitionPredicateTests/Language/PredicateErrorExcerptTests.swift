import PartitionPredicate
import Testing

@Suite("The excerpt of a predicate's error")
struct PredicateErrorExcerptTests {
  @Test("the description is the sentence, the line and carets")
  func description() {
    #expect(
      error("month = 1 AND mnth = 2")?.description == """
        There is no partition key `mnth`. Did you mean `month`?
          month = 1 AND mnth = 2
                        ^^^^
        """)
  }

  @Test("the line and column are counted in Unicode scalars from 1")
  func place() {
    let last = error("month = 1 -- e\u{301}\r\nAND `odd name` = 'é\u{65}\u{301}👩‍👩‍👧' AND\n\tmnth = 1")
    #expect(last?.line == 3)
    #expect(last?.column == 2)
    let after = error("station = 'é\u{65}\u{301}👩‍👩‍👧' AND mnth")
    #expect(after?.line == 1)
    #expect(after?.column == 26)
    let empty = error("")
    #expect(empty?.line == 1)
    #expect(empty?.column == 1)
  }

  @Test("only the mistake's line is shown, and only to its end")
  func lines() {
    #expect(
      excerpt("month = 1\r\nAND month = (\r\nday\r\n= 1)\r\nAND mnth") == """
          day
          ^^^
        """)
    #expect(
      excerpt("final AND day\n= 1") == """
          final AND day
                    ^^^
        """)
  }

  @Test("of a long line, what is around the mistake")
  func longLine() {
    let start = String(repeating: "month = 1 OR ", count: 1_000)
    let end = String(repeating: " OR month = 1", count: 1_000)
    #expect(
      excerpt("\(start)mnth = 1\(end)") == """
          ... OR month = 1 OR month = 1 OR mnth = 1 OR month = 1 OR month = 1 OR month ...
                                           ^^^^
        """)
    #expect(
      excerpt("\(start)mnth") == """
          ... OR month = 1 OR month = 1 OR mnth
                                           ^^^^
        """)
    #expect(
      excerpt("mnth = 1\(end)") == """
          mnth = 1 OR month = 1 OR month = 1 OR month = 1 OR month = 1 OR month = 1 ...
          ^^^^
        """)
    let name = String(repeating: "n", count: 500)
    let mistake = error("month = 1 OR \(name) = 1")
    #expect(
      mistake?.message.hasPrefix("There is no partition key `\(name.prefix(40))...`.") == true)
    #expect(
      mistake.map(excerpt) == "  month = 1 OR \(name.prefix(61))...\n"
        + "               \(String(repeating: "^", count: 61))")
  }

  @Test("what does not show on a screen is replaced, and carets stand below what they mark")
  func invisible() {
    #expect(
      excerpt("\tfinal\tAND\tmnth") == """
           final AND mnth
                     ^^^^
        """)
    #expect(
      excerpt("station = '\u{1B}[31m\u{202E}\u{200B}' AND mnth") == """
          station = '\u{FFFD}[31m\u{FFFD}\u{FFFD}' AND mnth
                                  ^^^^
        """)
    #expect(
      excerpt("station = '東京e\u{301}' AND mnth") == """
          station = '東京e\u{301}' AND mnth
                                ^^^^
        """)
    #expect(
      error("`a\u{1B}\nb` = 1")?.message.hasPrefix(
        "There is no partition key `a\u{FFFD}\u{FFFD}b`.") == true)
  }

  @Test("a mistake in another line than its parenthesis says where that is")
  func otherLine() {
    #expect(
      error("final AND (\nmonth = 1")?.message
        == "Expected AND, OR or `)` for the `(` at line 1, column 11 after `1`, but the predicate "
        + "ends.")
  }

  private func error(_ text: String) -> PushdownPredicateError? {
    #expect(throws: PushdownPredicateError.self) {
      try PushdownPredicate(text, keys: PredicateKeys.all, today: 0)
    }
  }

  /// The lines after the sentence.
  private func excerpt(_ error: PushdownPredicateError) -> String {
    error.description.split(separator: "\n", maxSplits: 1).last.map(String.init) ?? ""
  }

  private func excerpt(_ text: String) -> String { error(text).map(excerpt) ?? "" }
}
