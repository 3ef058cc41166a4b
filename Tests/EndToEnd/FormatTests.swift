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
}
