import Foundation
import PartitionPredicate
import TestSupport
import Testing

@Suite("Names that look alike, on real files")
struct TextIdentityTests {
  private static let yaml = """
    tables: { a: { location: a, partitions: [k] } }
    jobs: { j: { inputs: [a], sql: SELECT id FROM a, output: { location: out }, limits: { removals: 1 } } }
    """

  /// What is published: the ids by the bytes of their partition's value.
  private func published(_ bench: Workbench) async throws -> [ExactText: Int] {
    let rows = try await bench.sql(
      """
      SELECT filename, CAST(id AS VARCHAR) FROM read_parquet('\(bench.path("out"))/**/*.parquet', \
      filename = true, hive_partitioning = false)
      """)
    return Dictionary(
      rows.map { row in
        let folder = (row[0] ?? "").exact.parts(separatedBy: "/").dropLast().last?.text ?? ""
        return (ExactText(HivePath.split(folder)?.value ?? ""), row[1].flatMap { Int($0) } ?? -1)
      }, uniquingKeysWith: { _, _ in -1 })
  }

  @Test("N values are N partitions, settle after one run, and the deletion of any is noticed")
  func values() async throws {
    var random = SeededGenerator()
    let texts = HostileText.distinct(24, using: &random)
    let bench = try Workbench(Self.yaml)
    for (id, text) in texts.enumerated() {
      try await land(
        "SELECT \(id) AS id", "a/k=\(HivePath.encode(text))/\(fileName(text)).parquet", bench)
    }
    let expected = Dictionary(
      uniqueKeysWithValues: texts.enumerated().map { ($1.exact, $0) })
    try await bench.run()
    #expect(try await published(bench) == expected, "seed \(random.seed)")
    let again = try await bench.dovetail("run")
    #expect(again.stdout.contains("nothing to do"), "seed \(random.seed): \(again.stdout)")
    let verified = try await bench.json("verify", "--all")
    #expect(
      verified["partitions"].elements.count + verified[0]["partitions"].elements.count
        == texts.count)
    var left = expected
    for text in texts.shuffled(using: &random).prefix(3) {
      try bench.remove("a/k=\(HivePath.encode(text))")
      left[text.exact] = nil
      #expect(try await bench.pending().count == 1, "seed \(random.seed)")
      try await bench.run()
      #expect(try await published(bench) == left, "seed \(random.seed)")
    }
    // A partition is named by its path, and none that looks like it is meant.
    let named = try #require(left.keys.sorted().first)
    let run = try await bench.json("rerun", "k=\(HivePath.encode(named.text))")
    #expect(run[0]["committed"].integer == 1)
  }

  @Test("files whose names look alike are read each, and a change of either is noticed")
  func files() async throws {
    let bench = try Workbench(Self.yaml)
    let names = [
      "\u{E9}", "e\u{301}", "*\u{301}", "[e]\u{301}", "'\u{301}", "\u{212B}", "\u{C5}", "?",
    ]
    for (id, name) in names.enumerated() {
      try await land("SELECT \(id) AS id", "a/k=1/\(name).parquet", bench)
    }
    func ids() async throws -> [String?] {
      try await bench.sql(
        "SELECT CAST(id AS VARCHAR) FROM \(bench.relation("out", keys: "k VARCHAR")) ORDER BY id"
      )
      .map { $0[0] }
    }
    try await bench.run()
    #expect(try await ids() == names.indices.map { "\($0)" })
    try await land("SELECT 9 AS id", "a/k=1/e\u{301}.parquet", bench)
    #expect(try await bench.pending() == ["k=1: a: 1 rewritten"])
    try await bench.run()
    #expect(try await ids() == ["0", "2", "3", "4", "5", "6", "7", "9"])
  }

  @Test("columns whose names look alike stay apart")
  func columns() async throws {
    let bench = try Workbench(
      """
      tables: { a: { location: a, partitions: [k], schema: lenient } }
      jobs: { j: { inputs: [a], sql: 'SELECT "\u{E9}" AS x, "e\u{301}" AS y FROM a', output: { location: out } } }
      """)
    try await land("SELECT 1 AS \"\u{E9}\", 2 AS \"e\u{301}\"", "a/k=1/a.parquet", bench)
    try await land("SELECT 3 AS \"e\u{301}\"", "a/k=1/b.parquet", bench)
    try await land("SELECT 4 AS \"\u{E9}\"", "a/k=1/c.parquet", bench)
    try await bench.run()
    let rows = try await bench.sql(
      "SELECT CAST(x AS VARCHAR), CAST(y AS VARCHAR) FROM \(bench.relation("out", keys: "k VARCHAR")) ORDER BY ALL"
    )
    #expect(rows == [["1", "2"], ["4", nil], [nil, "3"]])
  }

  #if os(Linux)
    @Test("a name that is not UTF-8 fails its partition, not the table")
    func notUTF8() async throws {
      let bench = try Workbench(Self.yaml)
      for value in ["1", "2", "3"] {
        try await land("SELECT \(value) AS id", "a/k=\(value)/a.parquet", bench)
      }
      try await bench.run()
      try await land("SELECT 4 AS id", "a/k=4/a.parquet", bench)
      // A tool renamed a file of one partition and the folder of another.
      let renaming =
        "cd \"$1\" && mv a/k=1/a.parquet a/k=1/$'\\xFC'.parquet && mv a/k=2 a/k=$'\\xFC'"
      #expect(try await bench.shell(renaming).status == 0)
      let finished = try await bench.dovetail("run")
      #expect(finished.status == 3)
      #expect(
        finished.stderr.contains(
          "a/k=1/\\xFC.parquet: the name is not UTF-8, so that the file is not read. Its partition is held"
        ))
      #expect(
        finished.stderr.contains(
          "a/k=\\xFC: the name is not UTF-8, so that the folder is not read. No partition that may be in it "
            + "counts as deleted; the others are processed. Rename it."))
      #expect(try await published(bench) == ["1": 1, "2": 2, "3": 3, "4": 4])
      // Every command counts what the sentence says.
      let status = try await bench.json("status")[0]
      #expect([status["pending"].integer, status["held"].integer] == [0, 1])
      #expect(try await bench.pending() == ["k=1: a: a name that is not UTF-8"])
      let hold =
        "held: a name is not UTF-8, so that files may be missing: k=1/\\xFC.parquet of a; rename it"
      #expect(try await bench.dovetail("plan").stdout.contains("k=1  \(hold)\n"))
      #expect(try await bench.shell("mv \"$1\"/a/k=1/* \"$1\"/a/k=1/b.parquet").status == 0)
      #expect(try await bench.json("status")[0]["held"].integer == 0)
    }
  #endif

  /// A name that a file may have and DuckDB can open; not both a backslash and a pattern's mark, and none of
  /// a hidden file.
  private func fileName(_ text: String) -> String {
    "f"
      + String(
        String.UnicodeScalarView(
          text.unicodeScalars.filter { !"/\\\n\r".unicodeScalars.contains($0) }))
  }

  private func land(_ select: String, _ path: String, _ bench: Workbench) async throws {
    let file = bench.path(path)
    let slash = try #require(file.utf8.lastIndex(of: UInt8(ascii: "/")))
    try FileManager.default.createDirectory(
      atPath: String(file[..<slash]), withIntermediateDirectories: true)
    let landing = bench.path("landing")
    try await bench.sql("COPY (\(select)) TO '\(landing)' (FORMAT parquet)")
    try #require(rename(landing, file) == 0)
  }
}
