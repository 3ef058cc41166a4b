import Testing

@testable import PartitionPredicate

/// A raw text of a path, the type that reads it, and the canonical text; nil where it is not a value.
struct Reading: CustomTestStringConvertible, Sendable {
  let raw: String
  let type: KeyType
  let text: String?

  init(_ raw: String, _ type: KeyType, _ text: String?) {
    self.raw = raw
    self.type = type
    self.text = text
  }

  var testDescription: String { "\"\(raw)\" as \(type)" }
}

@Suite("A partition value")
struct PartitionValueTests {
  @Test(
    "an int or bigint is read without leading zeros and within its bounds",
    arguments: [
      Reading("1", .int, "1"), Reading("01", .int, "1"), Reading("-0", .int, "0"),
      Reading("-07", .int, "-7"), Reading("2147483647", .int, "2147483647"),
      Reading("-2147483648", .int, "-2147483648"), Reading("2147483648", .int, nil),
      Reading("-2147483649", .int, nil), Reading("2147483648", .bigint, "2147483648"),
      Reading("9223372036854775807", .bigint, "9223372036854775807"),
      Reading("-9223372036854775808", .bigint, "-9223372036854775808"),
      Reading("9223372036854775808", .bigint, nil), Reading("", .int, nil),
      Reading("abc", .int, nil), Reading("1.0", .int, nil), Reading(" 1", .int, nil),
      Reading("0x1", .int, nil), Reading("\u{0661}", .int, nil), Reading("1_000", .bigint, nil),
    ])
  func integers(_ reading: Reading) { check(reading) }

  @Test(
    "a decimal is written with its scale and read within its precision",
    arguments: [
      Reading("1.5", .decimal(precision: 5, scale: 2), "1.50"),
      Reading("1.500", .decimal(precision: 5, scale: 2), "1.50"),
      Reading("001", .decimal(precision: 5, scale: 2), "1.00"),
      Reading("-0", .decimal(precision: 5, scale: 2), "0.00"),
      Reading("-0.05", .decimal(precision: 5, scale: 2), "-0.05"),
      Reading("+1", .decimal(precision: 5, scale: 2), "1.00"),
      Reading(".5", .decimal(precision: 5, scale: 2), "0.50"),
      Reading("5.", .decimal(precision: 5, scale: 2), "5.00"),
      Reading("999.99", .decimal(precision: 5, scale: 2), "999.99"),
      Reading("-999.99", .decimal(precision: 5, scale: 2), "-999.99"),
      Reading("1000", .decimal(precision: 5, scale: 2), nil),
      Reading("1.005", .decimal(precision: 5, scale: 2), nil),
      Reading("0.5", .decimal(precision: 1, scale: 1), "0.5"),
      Reading("7", .decimal(precision: 3, scale: 0), "7"),
      Reading("7.0", .decimal(precision: 3, scale: 0), "7"),
      Reading("", .decimal(precision: 5, scale: 2), nil),
      Reading(".", .decimal(precision: 5, scale: 2), nil),
      Reading("-", .decimal(precision: 5, scale: 2), nil),
      Reading("--1", .decimal(precision: 5, scale: 2), nil),
      Reading("+-1", .decimal(precision: 5, scale: 2), nil),
      Reading("1-", .decimal(precision: 5, scale: 2), nil),
      Reading("1.2.3", .decimal(precision: 5, scale: 2), nil),
      Reading("1e2", .decimal(precision: 5, scale: 2), nil),
      Reading("NaN", .decimal(precision: 5, scale: 2), nil),
      Reading(
        String(repeating: "9", count: 38), .decimal(precision: 38, scale: 0),
        String(repeating: "9", count: 38)),
      Reading("1" + String(repeating: "0", count: 38), .decimal(precision: 38, scale: 0), nil),
      Reading(String(repeating: "9", count: 50), .decimal(precision: 38, scale: 0), nil),
      Reading(
        "-0." + String(repeating: "9", count: 38), .decimal(precision: 38, scale: 38),
        "-0." + String(repeating: "9", count: 38)),
      Reading("1", .decimal(precision: 38, scale: 38), nil),
    ])
  func decimals(_ reading: Reading) { check(reading) }

  @Test(
    "a date is a day that exists",
    arguments: [
      Reading("2013-12-31", .date, "2013-12-31"), Reading("2012-02-29", .date, "2012-02-29"),
      Reading("2000-02-29", .date, "2000-02-29"), Reading("0001-01-01", .date, "0001-01-01"),
      Reading("9999-12-31", .date, "9999-12-31"), Reading("2013-02-29", .date, nil),
      Reading("1900-02-29", .date, nil), Reading("2013-13-01", .date, nil),
      Reading("2013-00-01", .date, nil), Reading("2013-04-31", .date, nil),
      Reading("2013-01-00", .date, nil), Reading("2013-1-1", .date, nil),
      Reading("13-01-01", .date, nil), Reading("20131231", .date, nil),
      Reading("2013-12-31 ", .date, nil), Reading("+013-12-31", .date, nil),
      Reading("-013-12-31", .date, nil), Reading("", .date, nil),
    ])
  func dates(_ reading: Reading) { check(reading) }

  @Test(
    "a timestamp is read in UTC with up to six fractional digits",
    arguments: [
      Reading("2013-12-31 05:00:00", .timestamp, "2013-12-31 05:00:00"),
      Reading("2013-12-31T05:00:00Z", .timestamp, "2013-12-31 05:00:00"),
      Reading("2013-12-31 05:00", .timestamp, "2013-12-31 05:00:00"),
      Reading("2013-12-31", .timestamp, "2013-12-31 00:00:00"),
      Reading("2013-12-31 05:00:00.5", .timestamp, "2013-12-31 05:00:00.500000"),
      Reading("2013-12-31 05:00:00.000", .timestamp, "2013-12-31 05:00:00"),
      Reading("2013-12-31 05:00:00.000001Z", .timestamp, "2013-12-31 05:00:00.000001"),
      Reading("1969-12-31 23:59:59.999999", .timestamp, "1969-12-31 23:59:59.999999"),
      Reading("0001-01-01 00:00:00", .timestamp, "0001-01-01 00:00:00"),
      Reading("2013-12-31 05:00:00.0000001", .timestamp, nil),
      Reading("2013-12-31 05:00:00.", .timestamp, nil),
      Reading("2013-12-31 24:00:00", .timestamp, nil),
      Reading("2013-12-31 23:60:00", .timestamp, nil),
      Reading("2013-12-31 23:59:60", .timestamp, nil),
      Reading("2013-12-31 05", .timestamp, nil),
      Reading("2013-12-31 5:00:00", .timestamp, nil),
      Reading("2013-12-31_05:00:00", .timestamp, nil),
      Reading("2013-02-29 05:00:00", .timestamp, nil),
      Reading("", .timestamp, nil), Reading("Z", .timestamp, nil),
    ])
  func timestamps(_ reading: Reading) { check(reading) }

  @Test(
    "a timestamp with an offset is the instant in UTC, in every spelling of the offset",
    arguments: [
      Reading("2024-05-01 23:00:00+00", .timestamp, "2024-05-01 23:00:00"),
      Reading("2024-05-01 23:00:00+00:00", .timestamp, "2024-05-01 23:00:00"),
      Reading("2024-05-01 23:00:00-00", .timestamp, "2024-05-01 23:00:00"),
      Reading("2024-05-01 23:00:00-0530", .timestamp, "2024-05-02 04:30:00"),
      Reading("2024-05-01 23:00:00+05:30", .timestamp, "2024-05-01 17:30:00"),
      Reading("2024-05-01T23:00:00.25-05", .timestamp, "2024-05-02 04:00:00.250000"),
      Reading("2024-05-01 23:00+02", .timestamp, "2024-05-01 21:00:00"),
      Reading("2024-05-01 23:00Z", .timestamp, "2024-05-01 23:00:00"),
      Reading("2024-05-01Z", .timestamp, "2024-05-01 00:00:00"),
      Reading("1890-01-01 00:00:00-00:01:15", .timestamp, "1890-01-01 00:01:15"),
      Reading("2024-01-01 00:00:00+18:00", .timestamp, "2023-12-31 06:00:00"),
      Reading("2024-01-01 00:00:00-18", .timestamp, "2024-01-01 18:00:00"),
      Reading("1969-12-31 23:59:59.999999-01", .timestamp, "1970-01-01 00:59:59.999999"),
      Reading("0001-01-01 00:00:00+01", .timestamp, "0000-12-31 23:00:00"),
      Reading("9999-12-31 23:59:59.999999+00", .timestamp, "9999-12-31 23:59:59.999999"),
      Reading("0000-01-01 00:00:00+01", .timestamp, nil),
      Reading("9999-12-31 23:00:00-01", .timestamp, nil),
      Reading("2024-05-01 23:00:00+25:00", .timestamp, nil),
      Reading("2024-05-01 23:00:00+18:01", .timestamp, nil),
      Reading("2024-05-01 23:00:00+05:60", .timestamp, nil),
      Reading("2024-05-01 23:00:00+5", .timestamp, nil),
      Reading("2024-05-01 23:00:00+05:3", .timestamp, nil),
      Reading("2024-05-01 23:00:00+053", .timestamp, nil),
      Reading("2024-05-01 23:00:00+05:", .timestamp, nil),
      Reading("2024-05-01 23:00:00+053000", .timestamp, nil),
      Reading("2024-05-01 23:00:00+", .timestamp, nil),
      Reading("2024-05-01 23:00:00 +00", .timestamp, nil),
      Reading("2024-05-01 23:00:00+00Z", .timestamp, nil),
      Reading("2024-05-01 23:00:00++00", .timestamp, nil),
      Reading("2024-05-01 23:00:00 UTC", .timestamp, nil),
      Reading("2024-05-01 23:00:00\u{2212}05", .timestamp, nil),
      Reading("2024-05-01+00", .timestamp, nil),
    ])
  func offsets(_ reading: Reading) { check(reading) }

  @Test(
    "a fraction has up to nine digits, of which those beyond the microsecond are zeros",
    arguments: [
      Reading("2024-05-01 23:00:00.123456000", .timestamp, "2024-05-01 23:00:00.123456"),
      Reading("2024-05-01 23:00:00.1234560+01", .timestamp, "2024-05-01 22:00:00.123456"),
      Reading("2024-05-01 23:00:00.123456001", .timestamp, nil),
      Reading("2024-05-01 23:00:00.1234560000", .timestamp, nil),
      Reading("2024-05-01 23:00:00.+01", .timestamp, nil),
      Reading("2024-05-01 23:00:00,5", .timestamp, nil),
    ])
  func fractions(_ reading: Reading) { check(reading) }

  @Test("the spellings of one instant are one value")
  func instants() {
    let raw = [
      "2024-05-01 23:00:00", "2024-05-01T23:00:00Z", "2024-05-01 23:00:00+00",
      "2024-05-02 01:00:00+0200", "2024-05-01 17:30-05:30", "2024-05-01 23:00:00.000000000",
    ]
    #expect(Set(raw.map { PartitionValue(raw: $0, type: .timestamp) }).count == 1)
  }

  @Test("a character with a combining mark is no digit, sign, point or letter of a value")
  func combiningMarks() {
    let texts: [(String, KeyType)] = [
      ("12", .int), ("+1", .bigint), ("-1.5", .decimal(precision: 5, scale: 2)),
      ("2024-05-01", .date), ("2024-05-01T23:00:00.5+05:30", .timestamp),
      ("2024-05-01 23:00Z", .timestamp), ("true", .boolean),
    ]
    for (text, type) in texts {
      #expect(PartitionValue(raw: text, type: type) != nil)
      for count in 1...text.utf8.count {
        let marked = text.prefix(count) + "\u{301}" + text.dropFirst(count)
        #expect(PartitionValue(raw: String(marked), type: type) == nil, "\(marked)")
      }
    }
    let null = "__HIVE_DEFAULT_PARTITION__\u{301}"
    #expect(PartitionValue(raw: null, type: .string) == .string(null))
  }

  @Test(
    "a boolean is true or false in any case",
    arguments: [
      Reading("true", .boolean, "true"), Reading("FALSE", .boolean, "false"),
      Reading("True", .boolean, "true"), Reading("1", .boolean, nil),
      Reading("yes", .boolean, nil), Reading("", .boolean, nil),
    ])
  func booleans(_ reading: Reading) { check(reading) }

  @Test("a string is kept as it is", arguments: ["", "01", " a ", "É", "a/b=c", "NULL", "'"])
  func strings(_ raw: String) { check(Reading(raw, .string, raw)) }

  @Test(
    "Hive's default partition is NULL in every type",
    arguments: [
      KeyType.string, .int, .bigint, .date, .timestamp, .decimal(precision: 5, scale: 2), .boolean,
    ])
  func nulls(_ type: KeyType) {
    #expect(PartitionValue(raw: "__HIVE_DEFAULT_PARTITION__", type: type) == .null)
    #expect(PartitionValue.null.text == "__HIVE_DEFAULT_PARTITION__")
  }

  @Test("values hold the number that they stand for")
  func numbers() {
    #expect(PartitionValue(raw: "007", type: .int) == .integer(7))
    #expect(PartitionValue(raw: "1970-01-02", type: .date) == .date(days: 1))
    #expect(PartitionValue(raw: "2013-12-31", type: .date) == .date(days: 16_070))
    #expect(
      PartitionValue(raw: "2013-12-31 05:00:00", type: .timestamp)
        == .timestamp(microseconds: 1_388_466_000_000_000))
    #expect(
      PartitionValue(raw: "1969-12-31 23:59:59.999999", type: .timestamp)
        == .timestamp(microseconds: -1))
    #expect(
      PartitionValue(raw: "-1.5", type: .decimal(precision: 5, scale: 2))
        == .decimal(unscaled: -150, scale: 2))
  }

  @Test("the order of values is total, with NULL first")
  func order() {
    let ascending: [PartitionValue] = [
      .null, .boolean(false), .boolean(true), .integer(.min), .integer(-1), .integer(2),
      .integer(10), .integer(.max), .decimal(unscaled: -5, scale: 2),
      .decimal(unscaled: 7, scale: 2), .date(days: -1), .date(days: 0),
      .timestamp(microseconds: -1), .timestamp(microseconds: 1), .string(""), .string("10"),
      .string("2"), .string("B"), .string("a"), .string("ab"), .string("\u{e9}"),
      .string("\u{fffd}"), .string("\u{10000}"),
    ]
    for (i, left) in ascending.enumerated() {
      for (j, right) in ascending.enumerated() {
        #expect((left < right) == (i < j), "\(left) < \(right)")
        #expect((left == right) == (i == j), "\(left) == \(right)")
      }
    }
  }

  private func check(_ reading: Reading) {
    let value = PartitionValue(raw: reading.raw, type: reading.type)
    #expect(value?.text == reading.text)
    // Canonical text is a fixed point: what is written is read back as the same value.
    if let value { #expect(PartitionValue(raw: value.text, type: reading.type) == value) }
  }
}
