import Cells
import Testing
import Wording

@Suite("Text on its way to the screen")
struct TextTests {
  @Test(
    "what could steer a terminal, or hide, becomes visible",
    arguments: [
      ("plain ascii", "plain ascii"), ("Grüße, 日本 ▒─│×·", "Grüße, 日本 ▒─│×·"),
      ("\u{1B}[31m", "^[[31m"), ("a\tb\r\nc", "a^Ib^M^Jc"), ("\u{0}\u{7F}\u{8}", "^@^?^H"),
      ("\u{85}\u{9B}31m", "\u{FFFD}\u{FFFD}31m"), ("a\u{200D}b\u{200B}c", "a\u{FFFD}b\u{FFFD}c"),
      ("\u{202A}\u{202E}\u{2066}\u{2069}\u{61C}\u{200F}", String(repeating: "\u{FFFD}", count: 6)),
      ("\u{FEFF}\u{AD}\u{E0041}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ("\u{2028}\u{2029}", "\u{FFFD}\u{FFFD}"),
      ("a\u{A0}b\u{2003}c", "a b c"), ("❤\u{FE0F}", "❤"),
      ("\u{FFFE}\u{10FFFF}", "\u{FFFD}\u{FFFD}"),
      ("e\u{301}", "e\u{301}"),
    ])
  func sanitizes(text: String, expected: String) {
    #expect(text.sanitized.unicodeScalars.elementsEqual(expected.unicodeScalars))
    #expect(text.sanitized.sanitized == text.sanitized)
  }

  @Test("every scalar is sanitized to something without controls")
  func sanitizesEverything() {
    let dangerous = (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init).filter {
      scalar in
      String(scalar).sanitized.unicodeScalars.contains { result in
        switch result.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
      }
    }
    #expect(dangerous == [])
  }

  @Test(
    "the columns of a text are those of a terminal",
    arguments: [
      ("", 0), ("abc", 3), ("日本語", 6), ("e\u{301}", 1), ("─│█▒░·×…", 8), ("👍", 2), ("한글", 4),
      ("ｱ", 1), ("Ａ", 2), ("\u{1100}\u{1161}\u{11A8}", 2), ("\u{1B}", 2), ("\u{3000}", 2),
      ("ｘ\u{FF9E}", 3),
    ])
  func measures(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  @Test("a text that is too long is cut before the ellipsis, never inside a wide character")
  func clips() {
    #expect("flights".clipped(toColumns: 7) == "flights")
    #expect("flights".clipped(toColumns: 6) == "fligh…")
    #expect("flights".clipped(toColumns: 6, ellipsis: "..") == "flig..")
    #expect("日本語".clipped(toColumns: 4) == "日…")
    #expect("flights".clipped(toColumns: 1) == "…")
    #expect("flights".clipped(toColumns: 1, ellipsis: "..") == "f")
    #expect("flights".clipped(toColumns: 0) == "")
    #expect("flights".clipped(toColumns: -3) == "")
    #expect("日本語".padded(toColumns: 4) == "日… ")
    #expect("ab".padded(toColumns: 4) == "ab  ")
  }
}
