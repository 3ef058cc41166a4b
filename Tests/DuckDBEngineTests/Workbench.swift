import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import DuckDBEngine

/// A temporary folder with real files, and an engine.
///
/// The folder goes when the test ends.
final class Workbench: Sendable {
  let folder: String
  let engine: DuckDBEngine
  private let database: Database

  init(name: String = "dovetail", settings: EngineSettings = EngineSettings(threads: 2)) throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("\(name)-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // The bound is of a process, and all tests are one.
    engine = DuckDBEngine(settings: settings, memory: nil)
    database = try Database()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Runs SQL beside the engine, on a database of its own.
  @discardableResult
  func sql(_ text: String) async throws -> [[String?]] {
    try await Connection(to: database).query(text).rows.map { try $0.spelled() }
  }

  /// Writes the rows of a SELECT as a Parquet file and returns its path.
  func parquet(_ name: String, _ select: String) async throws -> String {
    let path = try file(name)
    try await sql("COPY (\(select)) TO \(path.sqlLiteral) (FORMAT parquet)")
    return path
  }

  /// Writes a text file and returns its path.
  func text(_ name: String, _ content: String) throws -> String {
    let path = try file(name)
    try content.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  /// The path of a file to be, its folders made.
  func file(_ name: String) throws -> String {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    return path
  }

  /// Stages a unit into a new folder and returns what was written, in the order of all columns.
  func staged(_ unit: JoinUnit) async throws -> (account: StagedRows, rows: [[String?]]) {
    let folder = try newFolder()
    let account = try await engine.stage(unit, into: folder, countsMatches: true)
    return (account, try await rows(in: folder, of: account))
  }

  /// The rows in a folder, which has to hold what an account says.
  func rows(in folder: String, of account: StagedRows) async throws -> [[String?]] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.count == (account.rows == 0 ? 0 : 1))
    guard let file = files.first else { return [] }
    let path = "\(folder)/\(file)"
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64
    #expect(size == account.bytes)
    let rows = try await sql(
      "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(\(path.sqlPath)) ORDER BY ALL")
    #expect(rows.count == Int(account.rows))
    return rows
  }

  /// The error of staging a unit.
  func failure(_ unit: JoinUnit) async -> EngineError? {
    await #expect(throws: EngineError.self) { try await self.staged(unit) }
  }

  /// The error of validating a unit.
  func rejection(_ unit: JoinUnit) async -> EngineError? {
    await #expect(throws: EngineError.self) { try await self.engine.validate(unit) }
  }
}

extension Partition {
  /// A partition of one int key called `month`.
  static func month(_ value: Int64?) -> Partition {
    Partition(
      keys: [PartitionKey(name: "month", type: .int)],
      values: [value.map { .integer($0) } ?? .null])
  }
}

extension JoinUnit.Input {
  /// An input with columns written as `name TYPE, name TYPE`.
  static func named(
    _ name: String, _ columns: String, format: DataFormat = .parquet,
    partition: Partition = .month(1), files: [String] = [], schema: SchemaPolicy = .additive
  ) -> JoinUnit.Input {
    let columns = columns.split(separator: ", ").map { text in
      let parts = text.split(separator: " ", maxSplits: 1).map { String($0) }
      return Column(name: parts[0], type: parts[1])
    }
    return JoinUnit.Input(
      name: name, format: format, columns: columns, partition: partition, files: files,
      schemaPolicy: schema)
  }
}

extension JoinUnit {
  /// A join of inputs on columns.
  static func join(
    _ type: JoinType = .inner, on: [String], select: [String]? = nil, _ inputs: [Input],
    partition: Partition = .month(1)
  ) -> JoinUnit {
    JoinUnit(
      transformation: .join(type: type, on: on, select: select), inputs: inputs,
      partition: partition)
  }

  /// A free SELECT over inputs.
  static func sql(_ text: String, _ inputs: [Input], partition: Partition = .month(1)) -> JoinUnit {
    JoinUnit(transformation: .sql(text), inputs: inputs, partition: partition)
  }
}

extension Workbench {
  /// The columns that one file shows, with a text for the type of one without values.
  func columns(ofFile path: String, format: DataFormat, keys: [PartitionKey]) async throws
    -> [Column]
  {
    let table = TableDefinition(name: "t", location: "/", format: format, keys: keys)
    return try await engine.columns(ofFiles: [path], of: table).columns.map {
      Column(name: $0.name, type: $0.type ?? "?")
    }
  }
}
