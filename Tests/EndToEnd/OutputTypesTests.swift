import Foundation
import PartitionPredicate
import Testing

@Suite("Whose types the output's columns have")
struct OutputTypesTests {
  private static let whole = "2024-05-01 10:00:00.000001"
  private static let tooExact = "2024-05-01 10:00:00.000001001"
  private static let spark = ["id BIGINT", "u VARCHAR", "tm VARCHAR", "moment TIMESTAMP"]
  private static let duckdb = ["id BIGINT", "u UUID", "tm TIME", "moment TIMESTAMP_NS"]

  /// One table whose columns Spark cannot read, and a job that keeps them.
  private func bench(_ types: String? = nil, published keys: Int...) async throws -> Workbench {
    let bench = try Workbench()
    try set(types, in: bench)
    for key in keys { try await land(key, in: bench) }
    if !keys.isEmpty { try await bench.run() }
    return bench
  }

  private func set(
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

  private func land(_ key: Int, at: String = Self.whole, in bench: Workbench) async throws {
    try await bench.land(
      "t/k=\(key)",
      """
      SELECT \(key)::BIGINT AS id, '00000000-0000-0000-0000-00000000000\(key)'::UUID AS u, \
      TIME '10:00:01' AS tm, TIMESTAMP_NS '\(at)' AS moment
      """)
  }

  /// The columns of every published file, by partition; all rows are there.
  private func published(_ bench: Workbench) async throws -> [String: [String]] {
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

  private func expect(
    _ bench: Workbench, _ columns: [String], in keys: ClosedRange<Int>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let expected = Dictionary(uniqueKeysWithValues: keys.map { ("k=\($0)", columns) })
    #expect(try await published(bench) == expected, sourceLocation: sourceLocation)
  }

  /// Runs a command that is refused with exactly this sentence, and changes nothing in the output.
  private func expectRefusal(
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

  @Test("a switch makes all partitions pending, and publishes all of them or none")
  func switching() async throws {
    let bench = try await bench("duckdb", published: 1, 2, 3)
    try set("spark", in: bench)
    #expect(
      try await bench.pending() == (1...3).map { "k=\($0): types changed from duckdb to spark" })
    for bound in [["--max-partitions", "1"], ["--where", "k = 1"]] {
      try await expectRefusal(
        ["run"] + bound,
        """
        Job j: `types: spark` changes columns of every published partition, and the run would leave \
        k=2 and 1 more as before. Run it for all partitions at once, without --where, \
        --max-partitions or --max-bytes, or take `types:` out.
        """, in: bench)
    }
    try await land(2, at: Self.tooExact, in: bench)
    let before = try bench.facts("out/j")
    let failed = try await bench.dovetail("run")
    #expect(failed.status == 1)
    #expect(
      failed.stderr.contains(
        """
        dovetail: The columns of all partitions get other types together, and 1 of them failed, so \
        nothing was published. Fix the cause, then run again. k=2: Partition k=2: the result's column \
        "moment" (TIMESTAMP_NS) has \(Self.tooExact), and
        """), Comment(rawValue: failed.stderr))
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.pending().count == 3)
    try await land(2, in: bench)
    #expect(try await bench.run()[0]["committed"].integer == 3)
    try await expect(bench, Self.spark, in: 1...3)
    #expect(try await bench.pending() == [])
  }

  @Test("a switch is not staged, since it could be published in parts")
  func stagedSwitch() async throws {
    let bench = try await bench("duckdb", published: 1, 2)
    try set("spark", in: bench)
    try await expectRefusal(
      ["run", "--stage-only"],
      """
      Job j: `types: spark` changes columns of every published partition, which happens to all of \
      them in one run; what is staged could be published in parts. Run it without --stage-only, or \
      take `types:` out.
      """, in: bench)
    #expect(try await bench.json("history").elements.count == 1)
  }

  @Test("what was staged with other types is not published beside what a later run published")
  func stagedBefore() async throws {
    let bench = try await bench()
    for key in 1...3 { try await land(key, in: bench) }
    _ = try await bench.json("run", "--stage-only")
    try set("duckdb", in: bench)
    _ = try await bench.json("run", "--where", "k = 1")
    // All of it would leave k=1 too, which run 2 has published since.
    for partitions in [["k=2"], []] {
      try await expectRefusal(
        ["publish", "1"] + partitions,
        """
        Run 1 of job j has staged columns of `types: spark`, and k=1, which stays published, has \
        those of `types: duckdb`. Nothing was published. Discard what is staged with `dovetail publish \
        1 --none`; `dovetail run` rebuilds it.
        """, in: bench)
    }
    #expect(try await bench.json("history")[1]["state"] == .string("staged"))
    let forgotten = try await bench.dovetail("publish", "1", "--none")
    #expect(forgotten.status == 0, Comment(rawValue: forgotten.stderr))
    try await bench.run()
    try await expect(bench, Self.duckdb, in: 1...3)
  }

  @Test("a switch is undone as a whole, and then held until it is let go")
  func undo() async throws {
    let bench = try await bench("duckdb", published: 1, 2, 3)
    try set("spark", in: bench)
    try await bench.run()
    for (named, back, staying) in [(["k=2"], 2, 1), (["k=2", "k=1"], 1, 3)] {
      try await expectRefusal(
        ["undo", "--confirm", "j"] + named,
        """
        Undoing run 2 of job j in k=\(back) would put back columns of `types: duckdb`, and \
        k=\(staying), which stays published, has others. Nothing was changed. Undo all of run 2: \
        `dovetail undo --run 2`.
        """, in: bench)
    }
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    try await expect(bench, Self.duckdb, in: 1...3)
    #expect(try await bench.run()[0]["held"].integer == 3)
    try await land(4, in: bench)
    try await expectRefusal(
      ["run"],
      """
      Job j: `types: spark` changes columns of every published partition, and the run would leave \
      k=1 and 2 more as before. k=1 is held: run 3 undid what run 2 had built of it; a new \
      arrival or `dovetail bookmarks release` releases it. Run again when nothing holds a published \
      partition any more, or take `types:` out.
      """, in: bench)
    // One way out of two.
    try set(nil, in: bench)
    _ = try await bench.json("run")
    try await expect(bench, Self.duckdb, in: 1...4)
    // The other one.
    try set("spark", in: bench)
    let released = try await bench.dovetail("bookmarks", "release", "--confirm", "j")
    #expect(released.status == 0, Comment(rawValue: released.stderr))
    #expect(try await bench.run()[0]["committed"].integer == 4)
    try await expect(bench, Self.spark, in: 1...4)
  }

  @Test("a switch is undone by naming all its partitions, after what was built since")
  func undoAfterwards() async throws {
    let bench = try await bench("duckdb", published: 1, 2)
    try set("spark", in: bench)
    try await bench.run()
    try await land(3, in: bench)
    try await bench.run()
    for named in [["--run", "2"], ["k=1", "k=2"]] {
      try await expectRefusal(
        ["undo", "--confirm", "j"] + named,
        """
        Undoing run 2 of job j in k=1 would put back columns of `types: duckdb`, and k=3, which \
        stays published, has others. Nothing was changed. Undo run 3 first: `dovetail undo \
        --run 3`.
        """, in: bench)
    }
    // What changes no types is undone as ever.
    _ = try await bench.json("undo", "k=3", "--confirm", "j")
    _ = try await bench.json("undo", "k=1", "k=2", "--confirm", "j")
    try await expect(bench, Self.duckdb, in: 1...2)
    // And so is the undo itself.
    _ = try await bench.json("undo", "--run", "5", "--confirm", "j")
    try await expect(bench, Self.spark, in: 1...2)
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
