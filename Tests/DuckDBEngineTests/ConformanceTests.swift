import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import DuckDBEngine

@Suite("DuckDB does what every engine does")
struct ConformanceTests {
  @Test(arguments: Conformance<StoredLines>.engine)
  func duckDB(_ conformance: Conformance<StoredLines>) async throws {
    let bench = try Workbench()
    try await conformance.check(
      StoredLines(
        bench.engine, in: bench.folder,
        write: { lines, path in
          try Self.makeFolder((path as NSString).deletingLastPathComponent)
          let list = lines.map(\.sqlLiteral).joined(separator: ", ")
          try await bench.sql(
            """
            COPY (SELECT unnest(CAST([\(list)] AS VARCHAR[])) AS line) \
            TO \(path.sqlLiteral) (FORMAT parquet)
            """)
        }, makeFolder: Self.makeFolder,
        files: { folder in
          try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
        },
        read: { path in
          try await bench.sql("SELECT line FROM read_parquet(\(path.sqlPath))").map { $0[0] ?? "" }
        }))
  }

  @Sendable private static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}
