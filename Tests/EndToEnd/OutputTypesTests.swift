import Foundation
import PartitionPredicate
import Testing

@Suite("Whose types the output's columns have")
struct OutputTypesTests {
  static let whole = "2024-05-01 10:00:00.000001"
  static let tooExact = "2024-05-01 10:00:00.000001001"
  static let spark = ["id BIGINT", "u VARCHAR", "tm VARCHAR", "moment TIMESTAMP"]
  static let duckdb = ["id BIGINT", "u UUID", "tm TIME", "moment TIMESTAMP_NS"]

  /// One table whose columns Spark cannot read, and a job that keeps them.
  func bench(_ types: String? = nil, published keys: Int...) async throws -> Workbench {
    let bench = try Workbench()
    try set(types, in: bench)
    for key in keys { try await land(key, in: bench) }
    if !keys.isEmpty { try await bench.run() }
    return bench
  }

  func set(
    _ types: String?, sql: String = "SELECT * FROM t", in bench: Workbench
  ) throws {
    try bench.write(
      "dovetail.yaml",
      """
      tables:
        t: { location: data/t, format: parquet, partitions: { k: int } }
      jobs:
        j:
          inputs: [t]
          sql: \(sql)
          output: { location: out/j\(types.map { ", types: \($0)" } ?? "") }
      """)
  }

  func land(_ key: Int, at: String = Self.whole, in bench: Workbench) async throws {
    try await bench.land(
      "t/k=\(key)",
      """
      SELECT \(key)::BIGINT AS id, '00000000-0000-0000-0000-00000000000\(key)'::UUID AS u, \
      TIME '10:00:01' AS tm, TIMESTAMP_NS '\(at)' AS moment
      """)
  }

  /// The columns of every published file, by partition; all rows are there.
  func published(_ bench: Workbench) async throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for file in bench.files("out/j") {
      let path = "read_parquet('\(bench.path("out/j/\(file)"))', hive_partitioning = false)"
      #expect(try await bench.count(path) == 1)
      found[(file as NSString).deletingLastPathComponent] =
        try await bench.sql("SELECT column_name, column_type FROM (DESCRIBE FROM \(path))")
        .map { "\($0[0] ?? "") \($0[1] ?? "")" }
    }
    return found
  }

  func expect(
    _ bench: Workbench, _ columns: [String], in keys: ClosedRange<Int>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let expected = Dictionary(uniqueKeysWithValues: keys.map { ("k=\($0)", columns) })
    #expect(try await published(bench) == expected, sourceLocation: sourceLocation)
  }

  /// Runs a command that is refused with exactly this sentence, and changes nothing in the output.
  func expectRefusal(
    _ arguments: [String], _ sentence: String, in bench: Workbench,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let before = try bench.facts("out/j")
    let refused = try await bench.dovetail(arguments)
    #expect(refused.status == 4, sourceLocation: sourceLocation)
    #expect(refused.stderr == "dovetail: \(sentence)\n", sourceLocation: sourceLocation)
    #expect(try bench.facts("out/j") == before, sourceLocation: sourceLocation)
  }

  @Test("a new output has types that Spark reads, exactly, and the plan says which columns change")
  func new() async throws {
    let bench = try await bench()
    try await land(1, in: bench)
    let notes =
      [("u", "UUID", "VARCHAR"), ("tm", "TIME", "VARCHAR")] + [
        ("moment", "TIMESTAMP_NS", "TIMESTAMP")
      ]
    let plan = try await bench.dovetail("plan")
    for (column, type, written) in notes {
      let note = """
        Column \(column) (\(type)) is written as \(written), which Spark and Glue can read; `types: \
        duckdb` on the output keeps it.
        """
      #expect(plan.stdout.contains("\(note)\n"), Comment(rawValue: plan.stdout))
    }
    let run = try await bench.run()
    #expect(run[0]["warnings"].elements.count == 3)
    try await expect(bench, Self.spark, in: 1...1)
    let rows = try await bench.sql(
      "SELECT u, tm, moment::VARCHAR FROM \(bench.relation("out/j"))")
    #expect(rows == [["00000000-0000-0000-0000-000000000001", "10:00:01", Self.whole]])
  }

  @Test(
    "nanoseconds that microseconds do not hold fail their partition; `types: duckdb` keeps them")
  func nanoseconds() async throws {
    let bench = try await bench()
    try await land(1, in: bench)
    try await land(2, at: Self.tooExact, in: bench)
    let run = try await bench.run(status: 3)
    #expect(
      run[0]["failed"][0]["message"].text == """
        Partition k=2: the result's column "moment" (TIMESTAMP_NS) has \(Self.tooExact), and `types: \
        spark` writes microseconds. Round it in the job's SQL, or cast it to VARCHAR.
        """)
    try await expect(bench, Self.spark, in: 1...1)
    try set("duckdb", in: bench)
    #expect(
      try await bench.pending() == ["k=1: types changed from spark to duckdb", "k=2: t: 1 added"])
    try await bench.run()
    try await expect(bench, Self.duckdb, in: 1...2)
    let kept = try await bench.sql(
      "SELECT moment::VARCHAR FROM \(bench.relation("out/j")) WHERE id = 2")
    #expect(kept == [[Self.tooExact]])
  }

  @Test("an output that has DuckDB's types keeps them without the setting, and is warned")
  func kept() async throws {
    let bench = try await bench("duckdb", published: 1)
    try set(nil, in: bench)
    #expect(try await bench.pending() == [])
    try await land(2, in: bench)
    let run = try await bench.run()
    #expect(
      run[0]["warnings"].elements.first?.text == """
        Column u (UUID) is written as it is; Spark 3.5 cannot read it. `types: spark` on the output \
        rebuilds all partitions with types that it reads.
        """)
    try await expect(bench, Self.duckdb, in: 1...2)
  }

  @Test("where nothing is converted, the setting makes nothing pending")
  func nothingConverted() async throws {
    let bench = try await bench()
    let sql = "SELECT id, u::VARCHAR AS u FROM t"
    try set(nil, sql: sql, in: bench)
    try await land(1, in: bench)
    try await bench.run()
    for types in ["duckdb", "spark"] {
      try set(types, sql: sql, in: bench)
      #expect(try await bench.pending() == [])
      #expect(try await bench.run()[0]["run"] == .null)
    }
  }

  @Test("an INTERVAL is text for Spark, and with DuckDB's types fails where it has microseconds")
  func intervals() async throws {
    let bench = try await bench()
    let sql =
      "SELECT id, id * INTERVAL 1 millisecond + (id // 2) * INTERVAL 1 microsecond AS took FROM t"
    for key in 1...2 { try await land(key, in: bench) }
    try set("duckdb", sql: sql, in: bench)
    let run = try await bench.run(status: 3)
    #expect(
      run[0]["failed"][0]["message"].text == """
        Partition k=2: the result's column "took" (INTERVAL) has 00:00:00.002001, and Parquet keeps \
        only milliseconds of an INTERVAL. Round it in the job's SQL, or cast it to VARCHAR.
        """)
    try await expect(bench, ["id BIGINT", "took INTERVAL"], in: 1...1)
    try set("spark", sql: sql, in: bench)
    try await bench.run()
    try await expect(bench, ["id BIGINT", "took VARCHAR"], in: 1...2)
    let text = try await bench.sql("SELECT took FROM \(bench.relation("out/j")) ORDER BY id")
    #expect(text == [["00:00:00.001"], ["00:00:00.002001"]])
  }
}
