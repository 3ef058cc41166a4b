import Foundation

/// The made data: trades and quotes of 50 symbols, a partition an hour, sorted by time in each file.
///
/// Every value is a hash of its place, so that the data is the same on every machine. One quote in fifty has the
/// symbol and the time of another one. A late file brings one trade in twenty more.
struct TimeHistory {
  let days: Int
  /// Rows an hour in each table, but for the quotes with the time of another one.
  let rows: Int

  static let trades = "trades"
  static let quotes = "quotes"
  private static let symbols = 50

  var hours: [History.Hour] {
    (0..<days).flatMap { day in (0..<24).map { History.Hour(day: day, hour: $0) } }
  }

  /// Makes both tables below a folder, one file a partition.
  func task(into folder: String) -> SQLTask {
    // With two threads, each would write a file of its own.
    var statements = ["SET threads = 1"]
    for day in 0..<days {
      for (table, rows) in [(Self.trades, trades(day, 0..<rows)), (Self.quotes, quotes(day))] {
        statements.append(
          """
          COPY (SELECT *, DATE '\(History.Hour.date(day))' AS date FROM (\(rows)) ORDER BY ts) \
          TO '\(folder)/\(table)' \
          (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (date, hour), OVERWRITE_OR_IGNORE)
          """)
      }
    }
    return SQLTask(folders: [folder], statements: statements)
  }

  /// Makes one late file of trades for each of some hours, below a folder.
  func lateTask(_ hours: [History.Hour], into folder: String) -> SQLTask {
    SQLTask(
      folders: hours.map { "\(folder)/\($0.path)" },
      statements: hours.map { hour in
        let rows = trades(hour.day, rows..<rows + max(1, rows / 20))
        return """
          COPY (SELECT * EXCLUDE (hour) FROM (\(rows)) WHERE hour = \(hour.hour) ORDER BY ts) \
          TO '\(folder)/\(hour.path)/late.parquet' (FORMAT parquet, COMPRESSION zstd)
          """
      })
  }

  private func trades(_ day: Int, _ numbers: Range<Int>) -> String {
    """
    SELECT hour, \(keys("trade", day)), \(number("trade", day)) % 1000000000 AS trade,
      20 + \(number("price", day)) % 10000 / 100 AS price,
      CAST(1 + \(number("size", day)) % 500 AS INTEGER) AS size
    FROM (SELECT hour, number, number AS place FROM range(24) hours(hour),
      range(\(numbers.lowerBound), \(numbers.upperBound)) numbers(number))
    """
  }

  private func quotes(_ day: Int) -> String {
    """
    SELECT hour, \(keys("quote", day)), \(number("quote", day)) % 1000000000 AS quote,
      20 + \(number("bid", day)) % 10000 / 100 AS bid,
      20 + \(number("ask", day)) % 10000 / 100 AS ask
    FROM (SELECT hour, number, CASE WHEN number < \(rows) THEN number ELSE (number - \(rows)) * 50 END
      AS place FROM range(24) hours(hour), range(\(rows + rows / 50)) numbers(number))
    """
  }

  private func keys(_ row: String, _ day: Int) -> String {
    let place = { (column: String) in "hash('\(row) \(column)', \(day), hour, place)" }
    return """
      printf('S%02d', \(place("symbol")) % \(Self.symbols)) AS symbol, \
      TIMESTAMP '\(History.Hour.date(day))' + to_hours(hour) \
      + to_microseconds(CAST(\(place("time")) % 3600000000 AS BIGINT)) AS ts
      """
  }

  private func number(_ column: String, _ day: Int) -> String {
    "CAST(hash('\(column)', \(day), hour, number) % 1000000000 AS BIGINT)"
  }
}
