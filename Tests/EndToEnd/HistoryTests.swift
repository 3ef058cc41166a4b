import Foundation
import TestSupport
import Testing

@Suite("An incremental history")
struct HistoryTests {
  @Test(
    "equals one full recompute after every run, whatever came, changed or went (I3)",
    arguments: [1, SeededGenerator.chooseSeed()])
  func history(seed: UInt64) async throws {
    let bench = try Workbench(Self.definition)
    try bench.makeFolder("data/a")
    try bench.makeFolder("data/b")
    var random = SeededGenerator(seed: seed)
    var files: [String] = []
    for round in 1...5 {
      for change in 0..<Int.random(in: round == 1 ? 8...12 : 1...4, using: &random) {
        // A deletion, a rewriting or a new file, in this order of likelihood from below.
        let choice = Int.random(in: 0..<10, using: &random)
        if choice < 2, let file = files.randomElement(using: &random) {
          try bench.remove("data/\(file)")
          files.removeAll { $0 == file }
        } else if choice < 4, let file = files.randomElement(using: &random) {
          try await land(file, in: bench, &random)
        } else {
          let table = Bool.random(using: &random) ? "a" : "b"
          let key = ["0", "1", "2", "3", "__HIVE_DEFAULT_PARTITION__"].randomElement(using: &random)
          let file = "\(table)/k=\(key ?? "0")/part-\(round)-\(change).parquet"
          try await land(file, in: bench, &random)
          files.append(file)
        }
      }
      let finished = try await bench.dovetail("run", "--allow-removals")
      #expect(finished.status == 0, "seed \(seed), round \(round): \(finished.stderr)")
      try await expectRecompute(bench)
      #expect(try await bench.pending() == [], "seed \(seed), round \(round)")
    }
  }

  private static let definition = """
    tables:
      a:
        location: data/a
        partitions: { k: int }
        columns: { id: INTEGER, x: INTEGER, v: VARCHAR }
      b:
        location: data/b
        partitions: { k: int }
        columns: { id: INTEGER, y: INTEGER, v: VARCHAR }
    jobs:
      j_inner:
        { inputs: [a, b], join: { type: inner, on: [id] }, limits: { removals: 1 }, output: { location: out/inner } }
      j_left:
        { inputs: [a, b], join: { type: left, on: [id] }, limits: { removals: 1 }, output: { location: out/left } }
      j_right:
        { inputs: [a, b], join: { type: right, on: [id] }, limits: { removals: 1 }, output: { location: out/right } }
      j_full:
        { inputs: [a, b], join: { type: full, on: [id] }, limits: { removals: 1 }, output: { location: out/full } }
      j_sql:
        inputs: [a, b]
        sql: |
          SELECT id, count(*) AS n, max(x) AS top FROM a GROUP BY id
          UNION ALL SELECT count(*), NULL, max(y) FROM b HAVING count(*) > 1
        limits: { removals: 1 }
        output: { location: out/sql }
    """

  /// Writes up to twelve rows, with equal ids and NULLs among them.
  private func land(_ file: String, in bench: Workbench, _ random: inout SeededGenerator)
    async throws
  {
    let rows = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      let id = Int.random(in: 0...6, using: &random)
      return "(\(id == 0 ? "NULL" : "\(id)"), \(Int.random(in: 0...99, using: &random)), 'é\(id)')"
    }
    let parts = file.split(separator: "/")
    let column = parts[0] == "a" ? "x" : "y"
    try await bench.land(
      "\(parts[0])/\(parts[1])",
      """
      SELECT id::INTEGER AS id, \(column)::INTEGER AS \(column), v \
      FROM (VALUES \(rows.joined(separator: ", "))) AS t(id, \(column), v)
      """, file: String(parts[2]))
  }

  private func expectRecompute(_ bench: Workbench) async throws {
    let a = bench.relation("data/a", empty: "id INTEGER, x INTEGER, v VARCHAR")
    let b = bench.relation("data/b", empty: "id INTEGER, y INTEGER, v VARCHAR")
    for type in ["inner", "left", "right", "full"] {
      try await bench.expect(
        "out/\(type)",
        equals: """
          SELECT coalesce(a.id, b.id) AS id, x, a.v AS v, y, b.v AS b_v, coalesce(a.k, b.k) AS k
          FROM \(a) AS a \(type) JOIN \(b) AS b ON a.id = b.id AND a.k IS NOT DISTINCT FROM b.k
          """, columns: "id INTEGER, x INTEGER, v VARCHAR, y INTEGER, b_v VARCHAR")
    }
    try await bench.expect(
      "out/sql",
      equals: """
        SELECT id::BIGINT AS id, count(*) AS n, max(x) AS top, k FROM \(a) GROUP BY id, k
        UNION ALL SELECT count(*), NULL, max(y), k FROM \(b) GROUP BY k HAVING count(*) > 1
        """, columns: "id BIGINT, n BIGINT, top INTEGER")
  }
}
