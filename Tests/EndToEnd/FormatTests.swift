import Foundation
import Testing

@Suite("Formats of data files")
struct FormatTests {
  @Test(
    "compressed CSV and JSON lines are joined like Parquet",
    arguments: [
      ("csv", "part.csv", "FORMAT csv, HEADER"),
      ("csv", "part.csv.gz", "FORMAT csv, HEADER, COMPRESSION gzip"),
      ("csv", "part.csv.zst", "FORMAT csv, HEADER, COMPRESSION zstd"),
      ("json", "part.jsonl", "FORMAT json"),
      ("json", "part.json.gz", "FORMAT json, COMPRESSION gzip"),
    ])
  func formats(_ format: String, _ file: String, _ options: String) async throws {
    let bench = try Workbench(Workbench.pair(format: format))
    for key in [1, 2] {
      try await bench.land("a/k=\(key)", Workbench.rows("x"), file: file, options: options)
      try await bench.land("b/k=\(key)", Workbench.rows("y"), file: file, options: options)
    }
    try await bench.run()
    try await bench.expect(
      "out/j",
      equals: "SELECT id, x, x AS y, k FROM (\(Workbench.rows("x"))), (VALUES (1), (2)) AS v(k)",
      columns: "")
    try await bench.land("b/k=2", Workbench.rows("y", 2), file: file, options: options)
    #expect(try await bench.pending() == ["k=2: b: 1 rewritten"])
    try await bench.run()
    #expect(try await bench.count(bench.relation("out/j")) == 5)
  }

  @Test(
    "half a compressed file fails its partition, which stays pending until the file is whole",
    arguments: [
      ("csv", "csv.gz", "gzip"), ("csv", "csv.zst", "zstd"), ("json", "jsonl.gz", "gzip"),
    ])
  func cutOff(_ format: String, _ ending: String, _ compression: String) async throws {
    let bench = try Workbench(Workbench.pair(format: format))
    let file = "part.\(ending)"
    let options = "FORMAT \(format), COMPRESSION \(compression)"
    for key in [1, 2] {
      try await bench.land("a/k=\(key)", Workbench.rows("x", 9), file: file, options: options)
      try await bench.land("b/k=\(key)", Workbench.rows("y", 9), file: file, options: options)
    }
    let cut = bench.path("data/a/k=2/\(file)")
    let whole = try Data(contentsOf: URL(fileURLWithPath: cut))
    let count = whole.count / 2
    try whole.prefix(count).write(to: URL(fileURLWithPath: cut))
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 3)
    #expect(
      finished.stderr.contains(
        "dovetail: k=2 failed: \(cut) cannot be read: the \(compression) data ends too early, after "
          + "\(count) bytes; it is truncated or still being written. Replace the file; the partition "
          + "stays pending.\n"),
      Comment(rawValue: finished.stderr))
    #expect(!bench.exists("out/j/k=2"))
    #expect(try await bench.count(bench.relation("out/j")) == 9)
    #expect(try await bench.pending() == ["k=2: a: 1 added; b: 1 added"])
    try whole.write(to: URL(fileURLWithPath: cut))
    try await bench.run()
    #expect(try await bench.count(bench.relation("out/j")) == 18)
  }
}
