import Foundation
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

/// What a catalog is asked for, in how many requests.
@Suite("Questions to a catalog")
struct PartitionQuestionTests {
  private func filled(
    _ keys: [(String, String)], pageSize: Int = 1000, _ values: [[String]],
    time: TableTime? = nil, watch: TableWatch? = nil
  ) throws -> (CatalogLake, TableDefinition) {
    let lake = try CatalogLake(pageSize: pageSize)
    let table = try lake.table(keys, time: time, watch: watch)
    for (index, values) in values.enumerated() {
      lake.add(values, at: "s3://lake/p/\(index)")
      lake.write("p/\(index)/a")
    }
    return (lake, table)
  }

  private func list(
    _ lake: CatalogLake, _ table: TableDefinition, _ source: String
  ) async throws -> Set<ExactText> {
    lake.catalog.resetCounts()
    let predicate = try PushdownPredicate(source, keys: table.keys, today: 0)
    let snapshot = await lake.reader.snapshot(of: table, in: .selected(predicate))
    #expect(snapshot.problems == [] && !snapshot.isWhole)
    return Set(snapshot.partitions.keys.map(\.path))
  }

  private static let days = (1...3).flatMap { month in (1...9).map { ["\(month)", "\($0)"] } }

  @Test(arguments: [false, true])
  func `a predicate is asked for in Glue's words, and looked at again`(ignores: Bool) async throws {
    let (lake, table) = try filled([("month", "int"), ("day", "int")], Self.days)
    lake.catalog.ignoresExpressions = ignores
    #expect(
      try await list(lake, table, "month = 1 AND day IN (2, 3) OR month = 2 AND day = 9")
        == ["month=1/day=2", "month=1/day=3", "month=2/day=9"])
    #expect(
      lake.catalog.expressions.sorted { $0.exact < $1.exact } == [
        "month = 1 AND day IN (2, 3)", "month = 2 AND day = 9",
      ])
    // What Glue cannot say is left out, and looked at afterwards.
    #expect(
      try await list(lake, table, "month = 3 AND day % 4 = 0") == [
        "month=3/day=4", "month=3/day=8",
      ])
    #expect(lake.catalog.expressions == ["month = 3"])
    #expect(try await list(lake, table, "FALSE") == [])
    #expect(lake.catalog.counts[.partitions] == nil)
  }

  @Test func `partitions of text keys are asked for by their values`() async throws {
    let (lake, table) = try filled(
      [("month", "string"), ("day", "string")],
      Self.days + [["01", "1"], ["1", "__HIVE_DEFAULT_PARTITION__"]])
    #expect(
      try await list(lake, table, "month = '1' AND (day IN ('1', '77') OR day IS NULL)")
        == ["month=1/day=1", "month=1/day=__HIVE_DEFAULT_PARTITION__"])
    #expect(lake.catalog.counts == [.batchGet: 1])
  }

  @Test func `a large table is asked for in segments`() async throws {
    let (lake, table) = try filled(
      [("id", "int")], pageSize: 500, (0..<1200).map { ["\($0)"] })
    #expect(await lake.reader.snapshot(of: table).partitions.count == 1200)
    // The first page, and five segments of 240.
    #expect(lake.catalog.counts[.partitions] == 6)
  }

  @Test func `where the catalog refuses an expression everything is asked for`() async throws {
    let (lake, table) = try filled([("month", "int"), ("day", "int")], Self.days)
    lake.catalog.failure = .failed(
      call: "glue:GetPartitions", resource: "t", code: "InvalidInputException", message: "NULL")
    lake.catalog.faults.fail(at: 0, of: "partitions")
    #expect(try await list(lake, table, "month = 1 AND day = 1") == ["month=1/day=1"])
    #expect(lake.catalog.counts[.partitions] == 2)
    lake.catalog.failure = .busy(status: 400, attempts: 8)
    lake.catalog.faults.fail(at: 0, of: "partitions")
    let predicate = try PushdownPredicate("month = 1", keys: table.keys, today: 0)
    let failed = await lake.reader.snapshot(of: table, in: .selected(predicate))
    #expect(failed.failure != nil)
  }

  @Test(
    "what is watched is asked for by its time",
    arguments: [
      (
        [("year", "int"), ("month", "int"), ("day", "int")], ["2013", "5", "20"],
        ["2013", "5", "9"], "year BETWEEN 2013 AND 9999"
      ),
      (
        [("dt", "date")], ["2013-05-20"], ["2013-05-09"],
        "dt BETWEEN '2013-05-17' AND '9999-12-31'"
      ),
      (
        [("year", "string"), ("month", "string"), ("day", "string")], ["2013", "05", "20"],
        ["2013", "05", "09"], "year >= '2013'"
      ),
    ] as [([(String, String)], [String], [String], String)])
  func watched(
    _ keys: [(String, String)], _ late: [String], _ early: [String], _ expression: String
  ) async throws {
    let types = keys.map { PartitionKey(name: $0.0, type: KeyType($0.1) ?? .string) }
    let nulls = keys.map { _ in "__HIVE_DEFAULT_PARTITION__" }
    let (lake, table) = try filled(
      keys, [late, early, nulls],
      time: TableTime(column: "ts", keys: try TimeKeys(keys: types)),
      watch: .lately(.seconds(3 * 86_400)))
    let now = Date(timeIntervalSince1970: 1_369_094_400)  // 2013-05-21
    let snapshot = await lake.reader { now }.snapshot(of: table, in: .watched)
    let names = Set(snapshot.partitions.keys.map { $0.values.map(\.text) })
    #expect(names == [late, nulls])
    // Of numbers beside NULL the expression is refused, and everything is asked for.
    #expect(
      lake.catalog.expressions == (keys[0].1.exact == "int" ? [expression, ""] : [expression]))
  }

  @Test(
    "what is watched is never asked for too narrowly, wherever a year or a month begins",
    arguments: [
      ([("month", "int"), ("day", "int")], [("year", "2013")]),
      ([("month", "int"), ("year", "int"), ("day", "int")], []),
      ([("ym", "string"), ("day", "int")], [("ym", "yyyyMM")]),
      ([("year", "int"), ("month", "string"), ("day", "int")], []),
    ] as [([(String, String)], [(String, String)])])
  func edges(_ keys: [(String, String)], _ declared: [(String, String)]) async throws {
    let days = (1...12).flatMap { month in [1, 15, 28].map { (month, $0) } }
    let types = keys.map { PartitionKey(name: $0.0, type: KeyType($0.1) ?? .string) }
    let (lake, table) = try filled(
      keys, days.map { month, day in keys.map { Self.value($0.0, $0.1, month, day) } },
      time: TableTime(
        column: "ts",
        keys: try TimeKeys(
          keys: types, declared: declared.map { DeclaredTimeKey(name: $0.0, value: $0.1) })))
    // From 2012-12-20 on, every tenth day.
    for day in stride(from: 15_694, to: 16_070, by: 10) {
      let scope = PartitionScope.spans(SpanScope(since: Int64(day) * 86_400_000_000))
      lake.catalog.ignoresExpressions = false
      let asked = await lake.reader.snapshot(of: table, in: scope)
      lake.catalog.ignoresExpressions = true
      let all = await lake.reader.snapshot(of: table, in: scope)
      #expect(asked.partitions.keys.sorted() == all.partitions.keys.sorted(), "since \(day)")
    }
  }

  /// What a key says of a day of 2013; as text with two digits.
  private static func value(_ key: String, _ type: String, _ month: Int, _ day: Int) -> String {
    let padded = month < 10 ? "0\(month)" : "\(month)"
    return switch key.exact {
    case "year": "2013"
    case "month": type.exact == "int" ? "\(month)" : padded
    case "ym": "2013\(padded)"
    default: "\(day)"
    }
  }
}
