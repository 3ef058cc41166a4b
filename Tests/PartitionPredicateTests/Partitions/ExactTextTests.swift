import Testing
import TestSupport

@testable import PartitionPredicate

@Suite("Text is its bytes")
struct ExactTextTests {
  @Test("is equal, hashed and ordered as its bytes are")
  func bytes() {
    var random = SeededGenerator()
    let texts = HostileText.distinct(200, using: &random)
    for left in texts {
      for right in texts {
        let (a, b) = (Array(left.utf8), Array(right.utf8))
        #expect((left.exact == right.exact) == (a == b), "\(a) \(b)")
        #expect((left.exact < right.exact) == a.lexicographicallyPrecedes(b), "\(a) \(b)")
      }
    }
    #expect(Set(texts.map(\.exact)).count == texts.count)
    // Which is what Swift's own equality does not say.
    #expect(Set(texts).count < texts.count)
  }

  @Test("is scanned by bytes: a mark with a combining one behind it is still there")
  func scans() {
    let text: ExactText = "a/\u{301}b/c='\u{301}'\r\n"
    #expect(text.parts(separatedBy: "/") == ["a", "\u{301}b", "c='\u{301}'\r\n"])
    #expect(text.parts(separatedBy: "\n", omittingEmpty: false).last == "")
    #expect(text.parts(separatedBy: "/", maxSplits: 1) == ["a", "\u{301}b/c='\u{301}'\r\n"])
    #expect(text.replacing(every: "'", with: "''") == "a/\u{301}b/c=''\u{301}''\r\n")
    #expect(text.begins(with: "a/"))
    #expect(!text.begins(with: "a/\u{301}b/c='\u{301}'\r\n."))
    #expect(text.ends(with: "\n"))
    #expect(!ExactText("\n").ends(with: "\r\n"))
    #expect(text.contains(text: "='"))
    #expect(!ExactText("\u{E9}").contains(text: "e"))
    #expect(!ExactText("").contains(text: ""))
    let quotes = (text.range(ofFirst: "'"), text.range(ofLast: "'"))
    #expect(
      quotes.0.map { text.text.utf8.distance(from: text.text.startIndex, to: $0.lowerBound) } == 8)
    #expect(
      quotes.1.map { text.text.utf8.distance(from: text.text.startIndex, to: $0.lowerBound) } == 11)
    #expect(
      ExactText("aaa").range(ofLast: "aa")?.lowerBound == "aaa".utf8.index(after: "aaa".startIndex))
    #expect(ExactText("aaa").replacing(every: "aa", with: "b") == "ba")
  }

  @Test("names are the same but for the case of A to Z, as SQLite and DuckDB have it")
  func names() {
    #expect("Month".isSameName(as: "mONTH"))
    #expect(!"\u{C4}".isSameName(as: "\u{E4}"))
    #expect(!"\u{E9}".isSameName(as: "e\u{301}"))
    #expect(!"\u{212A}".isSameName(as: "k"))
    #expect("STRASSE".exact.lowercased == "strasse")
    #expect("stra\u{DF}e\u{301}".exact.uppercased == "STRA\u{DF}E\u{301}")
  }

  @Test("a property that it wraps is compared so with its whole value")
  func wrapped() {
    let keys = ["\u{E9}", "e\u{301}"].map { PartitionKey(name: $0, type: .int) }
    #expect(keys[0] != keys[1])
    #expect(Set(keys).count == 2)
  }
}
