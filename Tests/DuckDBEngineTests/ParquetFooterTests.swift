import Foundation
import TestSupport
import Testing

@testable import DuckDBEngine

@Suite("Footers of Parquet files")
struct ParquetFooterTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test("the number of rows is DuckDB's, and files of one writer have one schema")
  func rows() async throws {
    let selects = [
      "SELECT range AS a FROM range(0)", "SELECT range AS a FROM range(7)",
      "SELECT range AS a FROM range(300000)", "SELECT range AS b FROM range(7)",
      "SELECT {'x': 1, 'y': [MAP {'k': 1.5::DECIMAL(9,2)}]} AS s, NULL::TIMESTAMPTZ AS t, 'x'::BLOB AS b",
    ]
    var schemas: [[UInt8]] = []
    for (index, select) in selects.enumerated() {
      let file = try await bench.parquet("\(index).parquet", select)
      let footer = try #require(ParquetFooter(ofFile: file))
      let counted = try await bench.sql("SELECT count(*) FROM read_parquet('\(file)')")
      #expect(counted == [["\(footer.rows)"]])
      schemas.append(footer.schema)
    }
    #expect(schemas[0] == schemas[1] && schemas[1] == schemas[2])
    #expect(Set(schemas).count == 3)
  }

  @Test("a footer that is larger than what is read at first is read whole")
  func large() async throws {
    let columns = (1...2_000).map { "\($0) AS column_with_a_long_name_\($0)" }.joined(
      separator: ", ")
    let file = try await bench.parquet("wide.parquet", "SELECT \(columns) FROM range(3)")
    let footer = try #require(ParquetFooter(ofFile: file))
    #expect(footer.rows == 3)
    #expect(footer.schema.count > 16 << 10)
  }

  @Test("what is not a whole footer is none")
  func broken() async throws {
    let file = try await bench.parquet("t.parquet", "SELECT 1 AS a, 'x' AS b")
    let bytes = try Data(contentsOf: URL(filePath: file))
    func footer(_ data: Data) throws -> ParquetFooter? {
      let path = try bench.file("broken.parquet")
      try data.write(to: URL(filePath: path))
      return ParquetFooter(ofFile: path)
    }
    #expect(try footer(bytes) != nil)
    #expect(try footer(Data()) == nil)
    #expect(try footer(bytes.dropLast()) == nil)
    #expect(try footer(bytes.suffix(8)) == nil)
    #expect(try footer(bytes.dropLast(4) + Data("PARE".utf8)) == nil)
    #expect(ParquetFooter(ofFile: "\(bench.folder)/none") == nil)
    #expect(ParquetFooter(ofFile: bench.folder) == nil)
    let length = bytes.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    let metadata = Array(bytes.suffix(length + 8).dropLast(8))
    #expect(ParquetFooter(metadata: metadata)?.rows == 1)
    // Whatever the bytes are, they are read to an end, and never beyond it.
    for end in metadata.indices { _ = ParquetFooter(metadata: Array(metadata[..<end])) }
    var random = SeededGenerator()
    for _ in 1...20_000 {
      var mutant = metadata
      for _ in 0...Int.random(in: 0...3, using: &random) {
        mutant[Int.random(in: mutant.indices, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      _ = ParquetFooter(metadata: mutant)
    }
  }
}
