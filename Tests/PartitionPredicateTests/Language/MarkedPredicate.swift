import PartitionPredicate
import Testing

/// A text in which « and » mark the place of the mistake, and the sentence for it.
struct MarkedPredicate: CustomTestStringConvertible, Sendable {
  let text: String
  let range: Range<Int>
  let message: String

  init(_ marked: String, _ message: String) {
    let parts = marked.split(separator: "«", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = (parts.last ?? "").split(
      separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
    text = marked.replacing("«", with: "").replacing("»", with: "")
    let start = parts[0].utf8.count
    range = start..<start + rest[0].utf8.count
    self.message = message
  }

  var testDescription: String { text }

  /// Expects that the text is refused with the sentence at the marked place.
  func check() {
    do {
      let predicate = try PushdownPredicate(text, keys: PredicateKeys.all, today: 0)
      Issue.record("accepted as \(predicate.root)")
    } catch {
      #expect(error.message == message)
      #expect(error.range == range)
      #expect(error.source == text)
    }
  }
}

/// The keys of the tests of the language, one of every type.
enum PredicateKeys {
  static let all: [PartitionKey] = [
    PartitionKey(name: "station", type: .string), PartitionKey(name: "month", type: .int),
    PartitionKey(name: "serial", type: .bigint), PartitionKey(name: "day", type: .date),
    PartitionKey(name: "at", type: .timestamp),
    PartitionKey(name: "share", type: .decimal(precision: 5, scale: 2)),
    PartitionKey(name: "wide", type: .decimal(precision: 38, scale: 10)),
    PartitionKey(name: "final", type: .boolean), PartitionKey(name: "odd name", type: .string),
  ]

  /// Predicates that are right over these keys, of every part of the language.
  static let corpus = [
    "month = 1 AND day = '2013-12-31'", "station == 'JFK' or station<>\"LGA\"",
    "NOT month <=> NULL", "! final", "!final and not (month IN (1, 2, -3))",
    "month NOT IN (1) OR station not in ('a','b''c')", "month BETWEEN 1 AND 12 AND serial > 17L",
    "day NOT BETWEEN '2013-01-01' AND DATE '2013-12-31'", "station LIKE 'J%' ESCAPE '!'",
    "station NOT LIKE '\\%\\_' AND station RLIKE r'^\\d+$'", "station not regexp '[A-Z]{3}'",
    "at IS NULL OR at IS NOT NULL", "final IS TRUE OR month IS NOT FALSE",
    "month = serial IS NULL", "(month = 1) = (serial = 2) = final", "month !> 1 OR month !< 2",
    "CAST(station AS decimal(5, 2)) = share", "cast(month as string) = '1'", "share >= +.5",
    "wide < 5.25BD AND wide != -12345678901234567890", "year(day) = 2013 AND month(day) = 12",
    "date_add(day, 1) = date_sub(current_date(), '7')", "date_trunc('month', at) < current_date",
    "`odd name` = 'x' -- the end", "/* a /* nested */ comment */ final\n\tAND\r\nfinal",
    "station = '\\u00e9\\U0001F600\\101\\n\\t\\q' 'and more'",
    "at >= TIMESTAMP '2013-01-01 05:00:00'",
    "to_date(station, 'yyyyMMdd') + INTERVAL 1 MONTH >= day - 1",
    "-month * 2 % 3 = 1 + serial DIV 2",
    "CASE month WHEN 1 THEN 'a' ELSE lpad(station, 2, '0') END || 'x' = substr(station FROM 2 FOR 3)",
    "if(final, coalesce(month, 1), nvl(NULL, 2)) IN (1) OR isnull(date_format(at, 'HH'))",
    "TRUE", "NULL", "((((final))))", "STATION = 'Zürich 東京'",
  ]
}
