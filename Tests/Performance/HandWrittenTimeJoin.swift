import Foundation

/// The same join by time over the same files, as a script for one DuckDB process.
enum HandWrittenTimeJoin: String, CaseIterable {
  case distinctOn
  case tiesFirst
  case anyTie
  case range

  var title: String {
    switch self {
    case .distinctOn: "by hand, ties by DISTINCT ON"
    case .tiesFirst: "by hand, ties looked for first"
    case .anyTie: "by hand, any of the quotes with one time"
    case .range: "by hand, a plain range join"
    }
  }

  /// Whether the result is that of Dovetail: of quotes with one symbol and time the first one by its columns.
  var isSame: Bool { self != .anyTie }

  /// Joins files into an empty folder, with the keys of the trades' partitions.
  func task(trades: String, quotes: String, into folder: String) -> SQLTask {
    let copy = """
      COPY (\(statement(trades, quotes))) \
      TO '\(folder)' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (date, hour))
      """
    return SQLTask(statements: ["SET preserve_insertion_order = false", copy], durable: folder)
  }

  private func statement(_ trades: String, _ quotes: String) -> String {
    let trades = "read_parquet(\(trades), hive_partitioning = true) t"
    let quotes =
      "(SELECT symbol, ts, quote, bid, ask FROM read_parquet(\(quotes), hive_partitioning = false))"
    let own = "t.symbol, t.ts, t.trade, t.price, t.size"
    let asof = { (quotes: String) in
      let near = ["ts", "quote", "bid", "ask"].map { column in
        "CASE WHEN t.ts - q.ts <= INTERVAL 15 MINUTE THEN q.\(column) END "
          + "AS \(column == "ts" ? "quotes_ts" : column)"
      }.joined(separator: ", ")
      return """
        SELECT \(own), \(near), t.date, t.hour FROM \(trades) \
        ASOF LEFT JOIN \(quotes) q ON t.symbol = q.symbol AND t.ts >= q.ts
        """
    }
    switch self {
    case .range:
      return """
        SELECT \(own), q.ts AS quotes_ts, q.quote, q.bid, q.ask, t.date, t.hour FROM \(trades) \
        JOIN \(quotes) q ON t.symbol = q.symbol \
        AND q.ts BETWEEN t.ts - INTERVAL 1 MINUTE AND t.ts + INTERVAL 1 MINUTE
        """
    case .anyTie: return asof(quotes)
    case .distinctOn:
      return asof(
        "(SELECT DISTINCT ON (symbol, ts) * FROM \(quotes) ORDER BY symbol, ts, quote, bid, ask)")
    case .tiesFirst:
      return """
        WITH hashed AS MATERIALIZED (SELECT *, hash(symbol, ts) AS hash FROM \(quotes)), \
        tied AS MATERIALIZED (SELECT hash FROM hashed GROUP BY hash HAVING count(*) > 1), \
        first AS (SELECT * FROM hashed ANTI JOIN tied USING (hash) UNION ALL \
        SELECT * FROM (SELECT DISTINCT ON (symbol, ts) * FROM hashed SEMI JOIN tied USING (hash) \
        ORDER BY symbol, ts, quote, bid, ask)) \(asof("first"))
        """
    }
  }
}
