import Testing

@testable import PartitionPredicate

@Suite("Casts")
struct CastTests {
  /// Casts a value with today at 2013-12-31 and gives the result's text; nil for NULL.
  private func cast(_ value: PartitionValue, _ from: ValueType, to: ValueType) -> String? {
    let result = value.cast(from: from, to: to, today: 16_070)
    return result == .null ? nil : result.text
  }

  private func text(_ text: String, to: ValueType) -> String? {
    cast(.string(text), .string, to: to)
  }

  @Test(
    "text becomes an int: blanks are trimmed and a fraction is cut off",
    arguments: [
      (" 1\t", "1"), ("01", "1"), ("1.9", "1"), ("-1.5", "-1"), (".", "0"), ("+.7", "0"),
      ("2147483647", "2147483647"), ("2147483648", nil), ("-2147483648", "-2147483648"), ("", nil),
      ("+", nil), ("1.x", nil), ("1e3", nil), ("0x1", nil), ("- 1", nil),
    ] as [(String, String?)])
  func textToInt(text: String, expected: String?) {
    #expect(self.text(text, to: .int) == expected)
  }

  @Test("text beyond 64 bits is no bigint")
  func textToBigint() {
    #expect(text("-9223372036854775808", to: .bigint) == "-9223372036854775808")
    #expect(text("9223372036854775808", to: .bigint) == nil)
  }

  @Test(
    "text becomes a decimal, rounded half up",
    arguments: [
      ("1.005", "1.01"), ("-1.005", "-1.01"), ("1.0049999", "1.00"), ("1e2", "100.00"),
      ("1E-3", "0.00"), ("999.994", "999.99"), ("999.995", nil), (".5", "0.50"), ("5.", "5.00"),
      ("1.2.3", nil), ("1e", nil), ("", nil), ("0E50", nil), ("1e400", nil), ("NaN", nil),
    ] as [(String, String?)])
  func textToDecimal(text: String, expected: String?) {
    #expect(self.text(text, to: .decimal(precision: 5, scale: 2)) == expected)
  }

  @Test("a decimal of 38 digits is read without loss")
  func longDecimal() {
    let digits = String(repeating: "9", count: 38)
    #expect(text(digits, to: .decimal(precision: 38, scale: 0)) == digits)
    #expect(text(digits + ".5", to: .decimal(precision: 38, scale: 0)) == nil)
    #expect(text("0." + digits, to: .decimal(precision: 38, scale: 38)) == "0." + digits)
  }

  @Test(
    "text becomes a date, of which parts may be missing",
    arguments: [
      ("2013", "2013-01-01"), ("2013-2", "2013-02-01"), ("2013-02-3", "2013-02-03"),
      ("2013-02-03 anything", "2013-02-03"), ("2013-02-03T", "2013-02-03"),
      ("2013-02 ", "2013-02-01"),
      ("2013-02-29", nil), ("2013-02T", nil), ("20130203", nil), ("2013-02-03x", nil), ("13", nil),
      ("2013/02/03", nil),
    ] as [(String, String?)])
  func textToDate(text: String, expected: String?) {
    #expect(self.text(text, to: .date) == expected)
  }

  @Test(
    "text becomes a timestamp, with a zone if it has one",
    arguments: [
      ("2013-12-31", "2013-12-31 00:00:00"), ("2013-12-31 5:6", "2013-12-31 05:06:00"),
      ("2013-12-31T05:06:07.1234567", "2013-12-31 05:06:07.123456"),
      ("2013-12-31 05:06:07Z", "2013-12-31 05:06:07"),
      ("2013-12-31 05:06:07+02:00", "2013-12-31 03:06:07"),
      ("2013-12-31 05:06:07 UTC-3", "2013-12-31 08:06:07"),
      ("2013-12-31 05:06:07 Europe/Rome", "2013-12-31 04:06:07"),
      ("2013-07-31 05:06:07 PST", "2013-07-31 12:06:07"), ("12:30", "2013-12-31 12:30:00"),
      ("T12:30:01", "2013-12-31 12:30:01"), ("2013-12-31 24:00:00", nil),
      ("2013-12-31 05:06:07 europe/rome", nil), ("2013-12-31 05:06:07+19:00", nil),
      ("2013-12-31 05:06Z", nil), ("", nil),
    ] as [(String, String?)])
  func textToTimestamp(text: String, expected: String?) {
    #expect(self.text(text, to: .timestamp) == expected)
  }

  @Test(
    "an hour that the clocks skip is read by the clock before, one that they repeat is the first")
  func clockChanges() {
    #expect(text("2013-03-31 02:30:00 Europe/Rome", to: .timestamp) == "2013-03-31 01:30:00")
    #expect(text("2013-10-27 02:30:00 Europe/Rome", to: .timestamp) == "2013-10-27 00:30:00")
    #expect(text("2013-10-27 03:30:00 Europe/Rome", to: .timestamp) == "2013-10-27 02:30:00")
  }

  @Test("text becomes a boolean by Spark's words", arguments: ["t", " TRUE ", "y", "Yes", "1"])
  func textToBoolean(text: String) {
    #expect(self.text(text, to: .boolean) == "true")
    #expect(self.text(text + "2", to: .boolean) == nil)
  }

  @Test("numbers wrap when they become ints, and overflow to NULL when they become decimals")
  func numbers() {
    #expect(cast(.integer(2_147_483_648), .bigint, to: .int) == "-2147483648")
    let wide = ValueType.decimal(precision: 20, scale: 1)
    #expect(cast(.decimal(unscaled: -15, scale: 1), wide, to: .int) == "-1")
    #expect(cast(.integer(100), .int, to: .decimal(precision: 3, scale: 1)) == nil)
    #expect(cast(.boolean(true), .boolean, to: .bigint) == "1")
    #expect(cast(.date(days: 1), .date, to: .int) == nil)
    #expect(cast(.timestamp(microseconds: -1), .timestamp, to: .bigint) == "-1")
    #expect(cast(.integer(.max), .bigint, to: .timestamp) == "294247-01-10 04:00:54.775807")
    #expect(
      cast(.decimal(unscaled: 15, scale: 1), wide, to: .timestamp) == "1970-01-01 00:00:01.500000")
  }

  @Test("values become the text that Spark writes")
  func texts() {
    let tiny = ValueType.decimal(precision: 38, scale: 10)
    #expect(cast(.decimal(unscaled: 1000, scale: 10), tiny, to: .string) == "1.000E-7")
    #expect(cast(.decimal(unscaled: 0, scale: 10), tiny, to: .string) == "0E-10")
    #expect(cast(.decimal(unscaled: -12_345, scale: 10), tiny, to: .string) == "-0.0000012345")
    #expect(
      cast(.timestamp(microseconds: 1_500_000), .timestamp, to: .string) == "1970-01-01 00:00:01.5")
    #expect(
      cast(.timestamp(microseconds: -1), .timestamp, to: .string) == "1969-12-31 23:59:59.999999")
    #expect(cast(.date(days: -719_529), .date, to: .string) == "-0001-12-31")
  }

  @Test("Spark refuses to cast numbers and booleans to dates, and anything to NULL")
  func refusals() {
    #expect(!ValueType.canCast(from: .int, to: .date))
    #expect(!ValueType.canCast(from: .boolean, to: .date))
    #expect(!ValueType.canCast(from: .string, to: .null))
    #expect(ValueType.canCast(from: .null, to: .date))
    #expect(ValueType.canCast(from: .date, to: .int))
    #expect(ValueType.canCast(from: .boolean, to: .timestamp))
  }
}
