import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("Casts of random values")
struct CastFuzzTests {
  private let types: [ValueType] = [
    .boolean, .int, .bigint, .decimal(precision: 5, scale: 2), .decimal(precision: 38, scale: 38),
    .date, .timestamp, .string,
  ]

  @Test("no text traps, and what a cast gives can be cast on")
  func texts() {
    var random = SeededGenerator()
    let pieces = [
      "2013-01-01", " ", "T", "12:30:00", "1", "0", "9999999999999999999", ".", "-", "+", ":", "e",
      "GMT", "UTC", "Europe/", "Rome", "Z", "\u{0}", "é", "x", "/", "0x", "p", "nan", "inf",
    ]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...6, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      castOn(.string(text), .string)
    }
  }

  @Test("no number, date or instant traps, however extreme")
  func numbers() {
    var random = SeededGenerator()
    let extremes = [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max]
    for _ in 0..<500 {
      let any =
        Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0...63, using: &random)
      let number = Bool.random(using: &random) ? any : extremes.randomElement(using: &random) ?? 0
      let short = Int64(Int32(truncatingIfNeeded: number))
      castOn(.integer(number), .bigint)
      castOn(.integer(short), .int)
      castOn(.date(days: Int(short)), .date)
      castOn(.timestamp(microseconds: number), .timestamp)
      let wide = Int128(number) * 10_000_000_000_000_000_000
      castOn(.decimal(unscaled: wide, scale: 20), .decimal(precision: 38, scale: 20))
    }
  }

  /// Casts to every type, and from there to every type; NULL stays NULL.
  private func castOn(_ value: PartitionValue, _ from: ValueType) {
    for type in types {
      let first = value.cast(from: from, to: type, today: 0)
      for next in types {
        let second = first.cast(from: type, to: next, today: 0)
        if first == .null { #expect(second == .null) }
      }
      if type == .boolean { #expect(Truth(first) != nil) }
    }
  }
}
