import Foundation
import Testing

@Suite("Partition values")
struct PartitionValueTests {
  @Test("NULL meets NULL as a partition, and reads back as NULL")
  func null() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["__HIVE_DEFAULT_PARTITION__", "1"])
    #expect(
      try await bench.pending() == [
        "k=__HIVE_DEFAULT_PARTITION__: a: 1 added; b: 1 added", "k=1: a: 1 added; b: 1 added",
      ])
    let predicate = try await bench.dovetail("predicate", "--input", "a")
    #expect(predicate.stdout.contains("k IS NULL"))
    try await bench.run()
    #expect(try await bench.count("\(bench.relation("out/j")) WHERE k IS NULL") == 3)
    #expect(try await bench.count("\(bench.relation("out/j")) WHERE k = 1") == 3)
    try await bench.land("b/k=__HIVE_DEFAULT_PARTITION__", Workbench.rows("y", 2))
    _ = try await bench.json("rerun", "k=__HIVE_DEFAULT_PARTITION__")
    #expect(try await bench.count("\(bench.relation("out/j")) WHERE k IS NULL") == 2)
  }

  @Test("values that a path must encode survive from input to predicate to output")
  func encoded() async throws {
    let value = "a/b:c d%'\u{e9}\\\""
    let bench = try Workbench(Workbench.pair(key: "string"))
    // Two spellings of one value.
    try await bench.land("a/k=a%2Fb%3Ac d%25%27\u{e9}%5C%22", Workbench.rows("x"))
    try await bench.land("b/k=a%2fb%3ac%20d%25'%C3%A9%5c%22", Workbench.rows("y"))
    let name = "k=a%2Fb%3Ac d%25%27\u{e9}%5C%22"
    #expect(try await bench.pending() == ["\(name): a: 1 added; b: 1 added"])
    for dialect in ["plain", "compact"] {
      let text = try await bench.dovetail("predicate", "--input", "b", "--dialect", dialect)
      #expect(text.stdout.contains("a/b:c d%\\'\u{e9}\\\\\""), Comment(rawValue: text.stdout))
    }
    try await bench.run()
    #expect(bench.exists("out/j/\(name)"))
    let rows = try await bench.sql(
      "SELECT DISTINCT k FROM \(bench.relation("out/j", keys: "k VARCHAR"))")
    #expect(rows == [[value]])
    try await bench.land("a/\(name)", Workbench.rows("x", 2))
    let rerun = try await bench.json("rerun", name)
    #expect(rerun[0]["rows"].integer == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("out/j")) == [name])
  }

  @Test("a timestamp key with an offset is published under its instant, and found by any spelling")
  func offsets() async throws {
    let bench = try Workbench(Workbench.pair(key: "timestamp"))
    try await bench.land("a/k=2024-05-01 23%3A00%3A00%2B00", Workbench.rows("x"))
    try await bench.land("b/k=2024-05-02 04:30:00+05:30", Workbench.rows("y"))
    try await bench.run()
    let instant = "k=2024-05-01 23%3A00%3A00"
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("out/j")) == [instant])
    #expect(try await bench.pending() == [])
    let rerun = try await bench.json("rerun", "k=2024-05-02T01:00:00+02")
    #expect(rerun[0]["unchanged"].integer == 1)
  }

  @Test("an empty string as a key is read, and not published where Spark reads")
  func emptyKey() async throws {
    let bench = try Workbench(Workbench.pair(key: "string"))
    try await bench.landPair(["", "1"])
    #expect(
      try await bench.json("partitions", "a").elements.map { $0["partition"].text }
        == ["k=", "k=1"])
    let run = try await bench.dovetail("run")
    #expect(run.status == 3)
    #expect(
      run.stderr.contains("The partition key k of k= is an empty string, "),
      Comment(rawValue: run.stderr))
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("out/j")) == ["k=1"])
    #expect(try await bench.pending() == ["k=: a: 1 added; b: 1 added"])
    for table in ["a", "b"] {
      try FileManager.default.moveItem(
        atPath: bench.path("data/\(table)/k="),
        toPath: bench.path("data/\(table)/k=__HIVE_DEFAULT_PARTITION__"))
    }
    try await bench.run()
    #expect(try await bench.count("\(bench.relation("out/j", keys: "k VARCHAR"))") == 6)
  }

  @Test("an empty string as a key is published where only readers such as DuckDB read")
  func publishedEmptyKey() async throws {
    let bench = try Workbench(
      Workbench.pair(key: "string").replacing("out/j }", with: "out/j, types: duckdb }"))
    try await bench.landPair(["", "1"])
    try await bench.run()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: bench.path("out/j")).sorted()
        == ["k=", "k=1"])
    #expect(try await bench.pending() == [])
    let rows = try await bench.sql(
      "SELECT k, count(*)::VARCHAR FROM \(bench.relation("out/j", keys: "k VARCHAR")) "
        + "GROUP BY k ORDER BY k")
    #expect(rows == [["", "3"], ["1", "3"]])
  }

  @Test("01 and 1 are two partitions of a string key and one of an int key")
  func spellings() async throws {
    for (key, partitions) in [("string", ["k=01", "k=1"]), ("int", ["k=1"])] {
      let bench = try Workbench(Workbench.pair(key: key))
      try await bench.land("a/k=01", Workbench.rows("x", 3))
      try await bench.land("a/k=1", Workbench.rows("x", 2))
      try await bench.land("b/k=1", Workbench.rows("y", 3))
      try await bench.land("b/k=01", "SELECT 7::BIGINT AS id, 7::BIGINT AS y")
      let listed = try await bench.json("partitions", "a")
      #expect(listed.elements.map { $0["partition"].text } == partitions)
      try await bench.run()
      // As strings, k=01 has no equal ids; as one int partition, five rows meet.
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: bench.path("out/j")) == ["k=1"])
      #expect(
        try await bench.count(bench.relation("out/j", keys: "k VARCHAR"))
          == (key == "int" ? 5 : 2))
      #expect(try await bench.pending() == [])
    }
  }

  @Test("names of columns and keys ignore case")
  func columnCase() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.land("a/K=1", "SELECT 1::BIGINT AS ID, 2::BIGINT AS X")
    try await bench.land("b/k=1", "SELECT 1::BIGINT AS id, 3::BIGINT AS y")
    try await bench.run()
    #expect(bench.files("out/j").allSatisfy { $0.hasPrefix("k=1/") })
    let rows = try await bench.sql("SELECT id, x, y FROM \(bench.relation("out/j"))")
    #expect(rows == [["1", "2", "3"]])
  }

  @Test("a key inside the files: the path wins, and a difference is reported")
  func keyInside() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.land("a/k=1", "SELECT 1::BIGINT AS id, 2::BIGINT AS x, 5 AS k")
    try await bench.land("b/k=1", "SELECT 1::BIGINT AS id, 3::BIGINT AS y, 1 AS k")
    let run = try await bench.dovetail("run")
    #expect(run.status == 0)
    #expect(
      run.stderr.contains(
        "dovetail: warning: a, partition k=1: the files hold another value of the partition key k "
          + "than the path in 1 row; the path's value was used.\n"))
    #expect(try await bench.count("\(bench.relation("out/j")) WHERE k = 1") == 1)
  }
}
