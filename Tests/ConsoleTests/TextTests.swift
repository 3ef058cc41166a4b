import Cells
import Foundation
import Testing
import Wording

@testable import Console

@Suite("Numbers and texts as people read them")
struct TextTests {
  @Test(
    "sizes",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (20_555, "20.6 kB"), (99_960, "100.0 kB"),
      (322_000, "322 kB"), (999_960, "1.0 MB"), (Int64.max, "9.2 EB"),
    ] as [(Int64, String)])
  func bytes(_ value: Int64, _ text: String) { #expect(Quantity.bytes(value) == text) }

  @Test("numbers have commas and nouns their plural")
  func counts() {
    #expect(Quantity.number(15_000) == "15,000")
    #expect(Quantity.number(-1_234_567) == "-1,234,567")
    #expect(Quantity.count(1, "file") == "1 file")
    #expect(Quantity.count(0, "file") == "0 files")
    #expect(Quantity.percent(0.982) == "98.2 %" && Quantity.percent(0.9999) == "99.9 %")
    #expect(Quantity.percent(1) == "100 %" && Quantity.percent(.nan) == "-")
    #expect(Quantity.span(.seconds(2_000_000_000)) == "23,148 d 3 h")
  }

  @Test(
    "floating-point numbers have at most eight digits, or all before the point",
    arguments: [
      ("17.261699999999998", "17.2617"), ("0.1", "0.1"), ("24.166379999999997", "24.16638"),
      ("0.30000000000000004", "0.3"), ("-1234567890.1234567", "-1234567890"),
      ("123456789012.5", "123456789012"), ("12345678901", "12345678901"), ("1011.0", "1011.0"),
      ("16777216.0", "16777216.0"), ("1.2345678901234567e-10", "1.2345679e-10"),
      ("nan", "nan"), ("inf", "inf"), ("v1.2.3", "v1.2.3"), ("", ""),
    ])
  func rounded(_ text: String, _ shown: String) { #expect(Quantity.rounded(text) == shown) }

  @Test(
    "durations",
    arguments: [
      (Duration.milliseconds(440), "0.4 s"), (.seconds(59), "59 s"), (.seconds(185), "3:05 min"),
      (.seconds(7653), "2:07:33 h"), (.seconds(-3), "0.0 s"),
    ])
  func elapsed(_ duration: Duration, _ text: String) {
    #expect(Quantity.elapsed(duration) == text)
  }

  @Test("instants are in UTC, and extreme ones do not trap")
  func instants() {
    #expect(Quantity.rate(0.04) == nil && Quantity.rate(2.54) == "2.5 rows/s")
    #expect(Quantity.rate(1234.6) == "1,235 rows/s")
    #expect(Quantity.instant(World.now) == "2013-02-04 17:46:40")
    #expect(Quantity.instant(nanoseconds: -1) == "1969-12-31 23:59:59")
    #expect(Quantity.instant(nanoseconds: 0) == "-")
    #expect(Quantity.instant(Date(timeIntervalSince1970: .infinity)) == "-")
  }

  @Test("text is wrapped at spaces, indents stay, and long words are broken")
  func wrapped() {
    #expect("one two three".wrapped(toColumns: 7) == ["one two", "three"])
    #expect("  a b".wrapped(toColumns: 9) == ["  a b"])
    #expect("ab cdefghij k".wrapped(toColumns: 4) == ["ab", "cdef", "ghij", "k"])
    #expect("a\n\nb".wrapped(toColumns: 4) == ["a", "", "b"])
    #expect("".wrapped(toColumns: 0) == [""])
    #expect("日本語".wrapped(toColumns: 4) == ["日本", "語"])
  }

  @Test("a list's window always holds the selection")
  func window() {
    for count in 0...12 {
      for height in 0...5 {
        for index in -1...13 {
          for top in -2...14 {
            let window = ListState(index: index, top: top).window(count: count, height: height)
            #expect(window.count == min(count, height))
            guard count > 0, height > 0 else { continue }
            #expect(window.contains(max(0, min(index, count - 1))))
            #expect(window.lowerBound >= 0 && window.upperBound <= count)
          }
        }
      }
    }
  }
}
