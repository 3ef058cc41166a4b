import Cells
import Testing
import Wording

@Suite("Texts that lose their middle or their beginning")
struct ElisionTests {
  @Test("the beginning and the end of a text stay", arguments: 0..<14)
  func elided(_ limit: Int) {
    let text = "day=1/hour=23"
    let elided = text.elided(toColumns: limit)
    #expect(elided.columns == min(limit, text.columns))
    if (4..<13).contains(limit) {
      #expect(elided.hasPrefix("d"))
      #expect(elided.hasSuffix("3"))
      #expect(elided.contains("…"))
    }
    #expect(text.elided(toColumns: 9, ellipsis: "...") == "day...=23")
  }

  @Test("wide characters are not cut in two")
  func wide() {
    #expect("日本語日本語".elided(toColumns: 8) == "日…本語")
    #expect("日本語".dropping(columns: 1) == " 本語")
    #expect("日本語".dropping(columns: 2) == "本語")
    #expect("abc".dropping(columns: 5) == "")
    #expect("abc".dropping(columns: -1) == "abc")
  }
}
