import IncrementalJoin
import PartitionPredicate
import Testing

@testable import DuckDBEngine

@Suite("Times of rows")
struct TimeReadingTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The readings that meet the events, one an event at 1970-01-01 00:10:00 UTC unless said otherwise.
  private func met(
    _ type: String, _ values: String, unit: EpochUnit? = nil, zone: String = "UTC",
    event: String = "1970-01-01 00:10:00", tolerance: Duration = .seconds(60)
  ) async throws -> [String?] {
    let events = try await bench.timed("events", "ts TIMESTAMP", "('\(event)')")
    let readings = try await bench.timed(
      "readings", "at \(type), v INTEGER", values, at: "at", unit: unit, zone: zone)
    return try await bench.staged(
      .toFirst(
        .left, .asof(direction: .backward, tolerance: tolerance, isStrict: false),
        [events, readings],
        select: ["v"])
    ).rows.map { $0[0] }
  }

  @Test(
    "integers count from 1970 in their unit",
    arguments: [
      (EpochUnit.seconds, "(600, 1), (540, 2), (601, 3), (9223372036854775807, 4)"),
      (.milliseconds, "(600000, 1), (600001, 3)"),
      (.microseconds, "(600000000, 1), (600000001, 3)"),
    ])
  func integers(unit: EpochUnit, values: String) async throws {
    #expect(try await met("BIGINT", values, unit: unit) == ["1"])
  }

  @Test(
    "integers may have any size, and numbers that are no time are none",
    arguments: [
      ("TINYINT", "127"), ("UTINYINT", "255"), ("USMALLINT", "65535"), ("UINTEGER", "4294967295"),
      ("UBIGINT", "18446744073709551615"),
      ("HUGEINT", "170141183460469231731687303715884105727"),
      ("UHUGEINT", "340282366920938463463374607431768211455"),
    ])
  func sizes(type: String, largest: String) async throws {
    let event = "1970-01-01 00:01:41"
    let events = try await bench.timed("events", "ts TIMESTAMP", "('\(event)')")
    // Parquet has no integers of 128 bits.
    let file = try bench.text("readings/month=1.csv", "at,v\n100,1\n\(largest),2\n,3\n")
    let named = JoinUnit.Input.named("readings", "at \(type), v INTEGER", format: .csv)
    let readings = JoinUnit.Input(
      name: "readings", format: .csv, columns: named.columns, keys: named.keys,
      members: [.init(partition: .month(1), files: [file])],
      time: .init(column: "at", unit: .seconds))
    let condition = TimeCondition.asof(
      direction: .backward, tolerance: .seconds(1), isStrict: false)
    #expect(
      try await bench.staged(.toFirst(.left, condition, [events, readings], select: ["v"])).rows
        == [["1"]])
  }

  @Test("an instant is the same whatever its zone, and infinity is not a time")
  func instants() async throws {
    #expect(
      try await met(
        "TIMESTAMP WITH TIME ZONE",
        "('1970-01-01 02:10:00+02', 1), ('1970-01-01 00:10:00+02', 2), ('-infinity', 3), ('infinity', 4)"
      ) == ["1"])
    #expect(try await met("TIMESTAMP", "('-infinity', 3), ('infinity', 4), (NULL, 5)") == [nil])
    #expect(try await met("TIMESTAMP_NS", "('-infinity', 3), ('infinity', 4), (NULL, 5)") == [nil])
  }

  @Test("nanoseconds are told apart, also before 1970")
  func nanoseconds() async throws {
    #expect(
      try await met(
        "TIMESTAMP_NS",
        "('1969-12-31 23:59:59.999999999', 1), ('1970-01-01 00:00:00.000000001', 2)",
        event: "1970-01-01 00:00:00", tolerance: .nanoseconds(1)) == ["1"])
    #expect(
      try await met(
        "TIMESTAMP_NS", "('1969-12-31 23:59:59.999999998', 1)", event: "1970-01-01 00:00:00",
        tolerance: .nanoseconds(1)) == [nil])
    #expect(
      try await met(
        "TIMESTAMP_NS", "('1969-12-31 18:59:59.999999999', 1)", zone: "America/New_York",
        event: "1970-01-01 00:00:00", tolerance: .nanoseconds(1)) == ["1"])
  }

  @Test("a date is its midnight on the clock of the keys")
  func dates() async throws {
    #expect(
      try await met("DATE", "('1970-01-01', 1), ('1969-12-31', 2)", tolerance: .seconds(600))
        == ["1"])
    #expect(
      try await met(
        "DATE", "('2024-07-02', 2), ('2024-07-01', 1)", zone: "Europe/Berlin",
        event: "2024-06-30 22:00:00") == ["1"])
  }

  @Test("a time without a zone stands on the clock of the keys")
  func zones() async throws {
    #expect(
      try await met(
        "TIMESTAMP", "('2024-07-01 14:00:00', 1), ('2024-07-01 12:00:00', 2)",
        zone: "Europe/Berlin",
        event: "2024-07-01 12:00:00") == ["1"])
  }

  @Test(
    "a time that a clock shows twice or never is misplaced",
    arguments: [
      ("Europe/Berlin", "2024-10-27 02:30:00", true),
      ("Europe/Berlin", "2024-03-31 02:30:00", true),
      ("Europe/Berlin", "2024-10-27 02:00:00", true),
      ("Europe/Berlin", "2024-10-27 03:00:00", false),
      ("Europe/Berlin", "2024-10-27 01:59:59.999999", false),
      ("Europe/Berlin", "2024-03-31 03:00:00", false),
      ("Europe/Berlin", "2024-03-31 02:00:00", true),
      ("Australia/Lord_Howe", "2024-04-07 01:45:00", true),
      ("Australia/Lord_Howe", "2024-04-07 01:29:00", false),
      ("Pacific/Apia", "2011-12-30 12:00:00", true),
      ("Europe/Berlin", "2024-10-28 02:30:00", false),
      ("Europe/Berlin", "2024-10-26 02:30:00", false),
    ])
  func doubtful(zone: String, time: String, isDoubtful: Bool) async throws {
    let input = try await bench.timed(
      "readings", "ts TIMESTAMP", "('\(time)'), (NULL)", zone: zone, misplaced: .skip)
    let staged = try await bench.staged(.sql("SELECT count(*) AS n FROM readings", [input]))
    #expect(staged.rows == [[isDoubtful ? "1" : "2"]])
    #expect(staged.account.warnings.isEmpty == !isDoubtful)
  }

  @Test("what a clock shows twice or never is said so, with what helps")
  func doubtfulSentences() async throws {
    func sentence(_ values: String) async throws -> String? {
      let input = try await bench.timed(
        "readings", "ts TIMESTAMP", values, zone: "Europe/Berlin")
      return await bench.failure(.sql("SELECT count(*) AS n FROM readings", [input]))?.description
    }
    let file = "readings, partition month=1: 1 row of \(bench.folder)/readings/month=1.parquet"
    let advice =
      "Write the column as TIMESTAMP WITH TIME ZONE, which says the instant; or, under `time:` of the table, correct "
      + "`zone:` (UTC if times and keys are in UTC), or leave them out with `misplaced: skip`; the partition stays "
      + "pending."
    #expect(
      try await sentence("('2024-10-27 02:05:00'), ('2024-10-27 01:05:00')")
        == "\(file) has a time that the clock of Europe/Berlin shows twice: the column \"ts\" is for example "
        + "2024-10-27 02:05:00. \(advice)")
    #expect(
      try await sentence("('2024-03-31 02:05:00'), ('2024-03-31 03:05:00')")
        == "\(file) has a time that the clock of Europe/Berlin never shows: the column \"ts\" is for example "
        + "2024-03-31 02:05:00. \(advice)")
  }

  @Test("rows outside of their partition's span fail the unit, or are left out and counted")
  func misplaced() async throws {
    let values = "('1970-01-01 00:59:59'), ('1970-01-01 01:00:00'), ('1970-01-01 02:00:00')"
    func unit(_ misplaced: MisplacedRows, _ values: String = values) async throws -> JoinUnit {
      let input = try await bench.timed(
        "readings", "ts TIMESTAMP", values, misplaced: misplaced, span: .hours(1..<2))
      return .sql("SELECT ts FROM readings", [input])
    }
    let place = "readings, partition month=1:"
    let file = "\(bench.folder)/readings/month=1.parquet"
    let found =
      "\(place) 2 rows of \(file) are not in the time that the partition covers on the clock of UTC: the column \"ts\" "
      + "is for example 1970-01-01 00:59:59."
    let failure = await bench.failure(try await unit(.fail))
    #expect(
      failure?.description
        == "\(found) Under `time:` of the table, correct `zone:`, `keys:` or `unit:`, allow with `slack:` how far outside rows "
        + "may be, or leave them out with `misplaced: skip`; the partition stays pending.")
    let untimed = "\(place) 1 row of \(file) has no time: the column \"ts\" is NULL."
    let skipped = try await bench.staged(try await unit(.skip, values + ", (NULL)"))
    #expect(skipped.rows == [["1970-01-01 01:00:00"]])
    #expect(
      skipped.account.warnings == ["\(found) They were left out.", "\(untimed) It was left out."])
    #expect(
      await bench.failure(try await unit(.fail, "('1970-01-01 01:00:00'), (NULL)"))?.description
        == "\(untimed) Rows without a time belong in the partition whose time keys are NULL "
        + "(`__HIVE_DEFAULT_PARTITION__`), or in a table without partitions. Move them there, or leave them out with "
        + "`misplaced: skip` under `time:` of the table; the partition stays pending.")
    #expect(
      await bench.failure(try await unit(.fail, "(NULL), ('infinity')"))?.description.hasPrefix(
        "\(place) 2 rows of \(file) have no time: the column \"ts\" is for example infinity.")
        == true)
    let known = try await bench.timed(
      "readings", "ts TIMESTAMP", "(NULL), ('1970-01-01 00:00:00')", misplaced: .skip,
      span: .unknown)
    #expect(try await bench.staged(.sql("SELECT ts FROM readings", [known])).rows == [[nil]])
  }

  @Test("rows are not looked through where the file says that all of them are in their place")
  func toldByFiles() async throws {
    func isLookedThrough(
      _ values: String, _ type: String = "TIMESTAMP", zone: String = "UTC"
    ) async throws -> Bool {
      let unit = JoinUnit.sql(
        "SELECT ts FROM readings",
        [
          try await bench.timed(
            "readings", "ts \(type)", values, zone: zone, misplaced: .skip, span: .hours(1..<2))
        ])
      return try await bench.engine.pool.withConnection(isLarge: false) { connection in
        let query = try await bench.engine.prepare([unit], on: connection).query
        let relation = query.relations[0]
        return query.misplacedRows(relation, try #require(relation.reading)) != nil
      }
    }
    let inside = "('1970-01-01 01:00:00'), ('1970-01-01 01:59:59.999999')"
    #expect(try await !isLookedThrough(inside))
    #expect(try await !isLookedThrough(inside, "TIMESTAMPTZ", zone: "America/New_York"))
    // The clock of a zone may show a time twice or never, and no NULL may be among the values.
    #expect(try await isLookedThrough(inside, zone: "America/New_York"))
    #expect(try await isLookedThrough(inside + ", (NULL)"))
    #expect(try await isLookedThrough(inside + ", ('1970-01-01 02:00:00')"))
    #expect(try await isLookedThrough(inside + ", ('1970-01-01 00:59:59.999999')"))
  }

  @Test("a column that holds no times is refused")
  func types() async throws {
    func rejection(_ type: String) async throws -> String? {
      let input = try await bench.timed("readings", "ts \(type)", "('1')")
      return await bench.rejection(.sql("SELECT ts FROM readings", [input]))?.description
    }
    #expect(
      try await rejection("VARCHAR")
        == "The time column \"ts\" of the input readings is VARCHAR, which is not a time. Name under `time:` of its table "
        + "a column of dates or timestamps, or of integers with `unit:`.")
    #expect(
      try await rejection("INTEGER")
        == "The time column \"ts\" of the input readings is INTEGER, which is not a time. Declare its unit under `time:` "
        + "of its table: `unit: s`, ms or us.")
    let input = try await bench.timed("readings", "ts DATE", "('2024-01-01')", at: "at")
    #expect(
      await bench.rejection(.sql("SELECT ts FROM readings", [input]))?.description
        == "The time column \"at\" does not exist in the input readings, which has ts, month. Correct `time:` of its "
        + "table.")
  }
}
