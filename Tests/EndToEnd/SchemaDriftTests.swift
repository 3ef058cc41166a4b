import Foundation
import Testing

@Suite("Schema drift")
struct SchemaDriftTests {
  /// A workspace whose table `a` has seen one file, and then gets one with other columns.
  private func bench(_ policy: String, _ select: String) async throws -> (Workbench, Finished) {
    let bench = try Workbench(Workbench.pair(table: ", schema: \(policy)"))
    try await bench.landPair(["1"])
    try await bench.run()
    try await bench.land("a/k=2", select)
    try await bench.land("b/k=2", Workbench.rows("y"))
    return (bench, try await bench.dovetail("run"))
  }

  private static let added = "SELECT n AS id, n * 10 AS x, 'new' AS z FROM range(1, 4) AS r(n)"
  private static let missing = "SELECT n AS id FROM range(1, 4) AS r(n)"
  private static let retyped = "SELECT n AS id, 'x' || n AS x FROM range(1, 4) AS r(n)"

  @Test("a new column is left out and reported with the file, unless the policy is strict")
  func added() async throws {
    for policy in ["additive", "lenient"] {
      let (bench, run) = try await bench(policy, Self.added)
      #expect(run.status == 0, Comment(rawValue: run.stderr))
      #expect(run.stderr.contains("k=2/part.parquet"), Comment(rawValue: run.stderr))
      #expect(run.stderr.contains("z"))
      let columns = try await bench.sql(
        "SELECT column_name FROM (DESCRIBE SELECT * FROM \(bench.relation("out/j")))")
      #expect(!columns.contains(["z"]))
      #expect(try await bench.pending() == [])
    }
    let (bench, run) = try await bench("strict", Self.added)
    #expect(run.status == 1)
    #expect(run.stderr.contains("k=2/part.parquet"))
    #expect(!bench.exists("out/j/k=2"))
    #expect(try await bench.pending() == ["k=2: a: 1 added; b: 1 added"])
  }

  @Test(
    "a missing column fails its partition with the file, and reads as NULL where that is allowed")
  func missing() async throws {
    for policy in ["strict", "additive"] {
      let (bench, run) = try await bench(policy, Self.missing)
      #expect(run.status == 1)
      #expect(run.stderr.contains("k=2/part.parquet"))
      #expect(run.stderr.contains("x"))
      #expect(!bench.exists("out/j/k=2"))
    }
    let (bench, run) = try await bench("lenient", Self.missing)
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    #expect(run.stderr.contains("k=2/part.parquet"))
    let rows = try await bench.sql(
      "SELECT DISTINCT x FROM \(bench.relation("out/j")) WHERE k = 2")
    #expect(rows == [[nil]])
  }

  @Test(
    "a column of another type fails its partition whatever the policy",
    arguments: [
      "strict", "additive", "lenient",
    ])
  func retyped(_ policy: String) async throws {
    let (bench, run) = try await bench(policy, Self.retyped)
    #expect(run.status == 1)
    #expect(run.stderr.contains("k=2/part.parquet"), Comment(rawValue: run.stderr))
    #expect(!bench.exists("out/j/k=2"))
  }
}
