import DuckDBEngine
import Foundation
import PartitionPredicate

/// The partitions as a table of a DuckDB instance: their row numbers and a typed column a key.
struct DuckDBPartitions {
  private let engine: DuckDBEngine

  /// Fills the table `partitions`, from a file that is removed again.
  init(_ known: KnownPartitions) async throws {
    engine = DuckDBEngine(settings: EngineSettings(connections: 1))
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("dovetail-bench-\(UUID().uuidString.prefix(8)).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    var lines = ""
    for (row, partition) in known.partitions.enumerated() {
      lines += "\(row),\(partition.values.map(\.text).joined(separator: ","))\n"
    }
    try Data(lines.utf8).write(to: file)
    try await engine.execute(
      """
      CREATE TABLE partitions (row BIGINT, region VARCHAR, day DATE, hour INTEGER);
      COPY partitions FROM '\(file.path)' (FORMAT csv, HEADER false);
      CREATE TABLE empty AS FROM partitions LIMIT 0
      """)
    let count = try await engine.execute("SELECT count(*) FROM partitions").first?.first
    guard count == String(known.partitions.count) else {
      throw BenchError("DuckDB has \(count as Any) partitions.")
    }
  }

  /// The rows for which a condition is TRUE, in any order.
  func rows(where condition: String) async throws -> [Int] {
    try await engine.execute("SELECT row FROM partitions WHERE \(condition)")
      .compactMap { $0.first?.flatMap { Int($0) } }
  }

  /// Reads, binds and plans a condition over all partitions, but does not run it; then `forget`.
  func plan(where condition: String) async throws {
    try await engine.execute("PREPARE selection AS SELECT row FROM partitions WHERE \(condition)")
  }

  /// Reads and binds a condition over a table without rows; nothing is optimized; then `forget`.
  func read(_ condition: String) async throws {
    try await engine.execute("PRAGMA disable_optimizer")
    try await engine.execute("PREPARE selection AS SELECT row FROM empty WHERE \(condition)")
  }

  /// Frees what was planned or read.
  func forget() async throws {
    try await engine.execute("DEALLOCATE selection; PRAGMA enable_optimizer")
  }

  /// Its name and version.
  var version: String {
    get async throws {
      try await engine.execute("SELECT 'DuckDB ' || version()").first?.first?.map { $0 } ?? "DuckDB"
    }
  }
}
