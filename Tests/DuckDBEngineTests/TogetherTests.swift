import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import DuckDBEngine
import PartitionPredicate

@Suite("Units that are computed together")
struct TogetherTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Expects of units together what each of them gives alone; returns the rows.
  @discardableResult
  private func expectSame(_ units: [JoinUnit], _ comment: Comment? = nil) async throws
    -> [[[String?]]]
  {
    let all = try await bench.together(units)
    for (unit, staged) in zip(units, all) {
      let alone = try await bench.staged(unit)
      #expect(staged.rows == alone.rows, comment)
      #expect(staged.account.warnings == alone.account.warnings, comment)
      #expect(staged.account.matches == alone.account.matches, comment)
      #expect(try await bench.engine.matches(of: unit) == alone.account.matches, comment)
    }
    return all.map(\.rows)
  }

  private func refuses(_ units: [JoinUnit]) async {
    await #expect(throws: NotForBatches.self) { try await bench.together(units) }
  }

  /// A file with some rows of the columns `n` and `m`, at random; NULL is among their values.
  private func file(_ random: inout SeededGenerator, more columns: String = "") async throws
    -> String
  {
    let rows = Int.random(in: 0...6, using: &random)
    let seed = Int.random(in: 0...1_000_000, using: &random)
    return try await bench.parquet(
      "\(UUID().uuidString).parquet",
      """
      SELECT nullif(hash(range, \(seed)) % 5, 4)::INTEGER AS n, (hash(range, 'm', \(seed)) % 3)::BIGINT AS m, \
      hash(range, 'v', \(seed))::VARCHAR AS v\(columns) FROM range(\(rows))
      """)
  }

  @Test("they have the rows, the matches and the warnings that each has alone")
  func random() async throws {
    var random = SeededGenerator()
    let keys = [PartitionKey(name: "month", type: .int), PartitionKey(name: "hour", type: .int)]
    for round in 1...12 {
      let type = try #require(JoinType.allCases.randomElement(using: &random))
      let on = try #require(
        [["n"], ["n", "m"], [], ["n", "hour"], ["month", "m"]].randomElement(using: &random))
      let select =
        [
          nil, nil, ["l0.n", "l0.v AS a", "coalesce(l1.v, 'none') || month AS b"],
          ["month * 2 AS twice", "l0.m"],
        ].randomElement(using: &random) ?? nil
      let inputs = Int.random(in: 2...3, using: &random)
      var units: [JoinUnit] = []
      for month in 1...Int64.random(in: 2...7, using: &random) {
        let value: PartitionValue = month == 3 ? .null : .integer(month)
        var read: [JoinUnit.Input] = []
        for index in 0..<inputs {
          var members: [JoinUnit.Input.Member] = []
          for hour in 0..<Int64.random(in: 0...2, using: &random) {
            var files: [String] = []
            for _ in 0..<Int.random(in: 0...2, using: &random) {
              // Some files have a column more, and some another idea of a key.
              let more = [", 7 AS extra", ", \(hour)::INTEGER AS hour", ", 9 AS month", "", "", ""]
              files.append(try await file(&random, more: more.randomElement(using: &random) ?? ""))
            }
            members.append(
              .init(
                partition: Partition(keys: keys, values: [value, .integer(hour)]), files: files))
          }
          read.append(
            JoinUnit.Input(
              name: "l\(index)", format: .parquet,
              columns: [
                Column(name: "n", type: "INTEGER"), Column(name: "m", type: "BIGINT"),
                Column(name: "v", type: "VARCHAR"),
              ], keys: keys, members: members))
        }
        units.append(
          .join(
            type, on: on, select: select, read,
            partition: Partition(keys: [keys[0]], values: [value])))
      }
      guard units.count > 1 else { continue }
      try await expectSame(units, "seed \(random.seed), round \(round)")
    }
  }

  private typealias Side = (sql: String, columns: String)

  private func unit(_ month: Int64, _ sides: [Side], select: [String]? = nil) async throws
    -> JoinUnit
  {
    var inputs: [JoinUnit.Input] = []
    for (index, side) in sides.enumerated() {
      let file = try await bench.parquet("\(UUID().uuidString).parquet", side.sql)
      inputs.append(
        .named("t\(index)", side.columns, partition: .month(month), files: [file]))
    }
    return .join(on: ["n"], select: select, inputs, partition: .month(month))
  }

  @Test("types are written as for a unit alone, and names that look like its own hide nothing")
  func types() async throws {
    var units: [JoinUnit] = []
    for month in Int64(1)...3 {
      let file = try await bench.parquet(
        "\(month).parquet",
        """
        SELECT \(month) AS n, md5('\(month)')::UUID AS u, 7 AS "dovetail unit", 8 AS "Dovetail Row", \
        TIME '01:02:03' AS t
        """)
      let columns = [
        ("n", "INTEGER"), ("u", "UUID"), ("dovetail unit", "INTEGER"), ("Dovetail Row", "INTEGER"),
        ("t", "TIME"),
      ].map { Column(name: $0, type: $1) }
      units.append(
        .join(
          .full, on: ["n"],
          ["a", "b"].map {
            JoinUnit.Input(
              name: $0, format: .parquet, columns: columns, partition: .month(month), files: [file])
          }, partition: .month(month)))
    }
    let rows = try await expectSame(units)
    #expect(rows[0][0].count == 9)
    #expect(try await bench.engine.validate(units[0]).columns.map(\.type).contains("UUID") == false)
  }

  @Test("what is selected must follow from one row of the join")
  func selected() async throws {
    let side = ("SELECT range AS n, range * 10 AS v FROM range(3)", "n BIGINT, v BIGINT")
    func units(_ select: [String]) async throws -> [JoinUnit] {
      [
        try await unit(1, [side, side], select: select),
        try await unit(2, [side, side], select: select),
      ]
    }
    let rows = try await expectSame(
      units([
        "t0.n + month AS n", "list_sum([t0.v, t1.v]) AS s", "CASE WHEN n > 1 THEN 'x' END AS c",
      ]))
    #expect(rows[1] == [["2", "0", nil], ["3", "20", nil], ["4", "40", "x"]])
    for beyond in [
      "sum(t0.v) AS s", "row_number() OVER (ORDER BY t0.n) AS r", "t0.*", "* EXCLUDE (v)",
      "COLUMNS('n')",
      "(SELECT max(v) FROM t1) AS m", "n IN (SELECT v FROM t1) AS i", "geomean(t0.v + 1) AS g",
      "max(t0.v) FILTER (n > 0) AS f", "#2 AS second", "list(t0.v ORDER BY t0.v) AS l",
    ] {
      let refused = try await units([beyond])
      await refuses(refused)
      for staged in try await bench.staged(refused) { _ = try staged.get() }
    }
    // A key that the result has is checked against the unit's own partition.
    await refuses(try await units(["month", "t0.v AS v"]))
  }

  @Test("text, SELECTs, large units and other definitions stay alone")
  func alone() async throws {
    let file = try await bench.parquet("t.parquet", "SELECT 1 AS n")
    func order(_ unit: JoinUnit, counts: Bool = true) -> StagingOrder {
      StagingOrder(
        unit: unit, countsMatches: counts, begin: { "" }, progress: { _ in }, finish: { _ in })
    }
    func join(_ month: Int64, _ files: [String], format: DataFormat = .parquet, on: [String] = [])
      -> JoinUnit
    {
      .join(
        on: on, [.named("t", "n INTEGER", format: format, partition: .month(month), files: files)],
        partition: .month(month))
    }
    func sizes(_ units: [JoinUnit]) -> [Int] {
      bench.engine.divided(units.map { order($0) }).map(\.count)
    }
    // With two connections each has two groups.
    #expect(sizes((1...64).map { join($0, [file]) }) == [16, 16, 16, 16])
    #expect(sizes((1...9).map { join($0, [file]) }) == [3, 3, 3])
    #expect(sizes((1...3).map { join($0, [file]) }) == [1, 1, 1])
    #expect(sizes((1...400).map { join($0, [file]) }).max() == 64)
    let text = try bench.text("t.csv", "n\n1\n")
    #expect(sizes((1...9).map { join($0, [text], format: .csv) }) == Array(repeating: 1, count: 9))
    let sql = JoinUnit.sql("SELECT n FROM t", join(1, [file]).inputs)
    #expect(sizes(Array(repeating: sql, count: 9)) == Array(repeating: 1, count: 9))
    let large = try bench.text("large.parquet", String(repeating: "x", count: 8 << 20))
    #expect(sizes((1...9).map { join($0, [large]) }) == Array(repeating: 1, count: 9))
    let half = try bench.text("half.parquet", String(repeating: "x", count: 3 << 20))
    #expect(sizes((1...16).map { join($0, [half]) }) == Array(repeating: 2, count: 8))
    let mixed = (1...16).map { join($0, [file], on: $0 > 4 && $0 < 8 ? ["n"] : []) }
    #expect(sizes(mixed) == [4, 3, 4, 4, 1])
  }

  @Test("a column of a file that hides which file a row is of keeps its unit alone")
  func hiddenLocations() async throws {
    for name in ["file_index", "FILE_ROW_NUMBER"] {
      let side = ("SELECT 1 AS n, 0::BIGINT AS \(name)", "n INTEGER")
      let units = [try await unit(1, [side, side]), try await unit(2, [side, side])]
      await refuses(units)
      for staged in try await bench.staged(units) {
        #expect(try staged.get().rows == [["1"]])
        #expect(try staged.get().account.matches.map(\.pairs) == [1])
      }
    }
  }

  @Test("a file that several units and inputs read is read for each of them")
  func sharedFile() async throws {
    let file = try await bench.parquet("t.parquet", "SELECT range AS n FROM range(5)")
    let units = (1...4).map { month in
      JoinUnit.join(
        on: ["n"],
        ["a", "b"].map { .named($0, "n BIGINT", partition: .month(month), files: [file, file]) },
        partition: .month(month))
    }
    let rows = try await expectSame(units)
    #expect(rows.map(\.count) == [20, 20, 20, 20])
  }

  @Test("a row that meets more than a mark holds is counted by a query, in a batch and alone")
  func manyPairs() async throws {
    let one = ("SELECT 1 AS n", "n INTEGER")
    let many = ("SELECT 1 AS n FROM range(70000)", "n INTEGER")
    let units = [try await unit(1, [one, many]), try await unit(2, [one, one])]
    for staged in [try await bench.together(units), [try await bench.staged(units[0])]] {
      #expect(
        staged[0].account.matches == [
          InputMatch(
            left: "t0", right: "t1", leftRows: 1, rightRows: 70_000, leftMatched: 1,
            rightMatched: 70_000, pairs: 70_000, fanOut: 70_000)
        ])
    }
  }

  @Test("a statement that fails leaves nothing in any folder")
  func failure() async throws {
    let good = try await unit(1, [("SELECT 1 AS n", "n INTEGER")])
    let bad = try await unit(2, [("SELECT 1 AS n", "n INTEGER")])
    let path = bad.inputs[0].files[0]
    var bytes = try Data(contentsOf: URL(filePath: path))
    // A page, not the footer.
    for index in 4..<24 { bytes[index] ^= 0xFF }
    try bytes.write(to: URL(filePath: path))
    let folders = try [bench.newFolder(), bench.newFolder()]
    await #expect(throws: (any Error).self) {
      try await bench.engine.stageTogether([good, bad], into: folders, countsMatches: true)
    }
    for folder in folders {
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }
}
