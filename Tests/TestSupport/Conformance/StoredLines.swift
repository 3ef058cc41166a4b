import Foundation
public import IncrementalJoin
import PartitionPredicate
import Synchronization
import Testing

/// An engine, and a folder of files with one column `line`, which a test fills, stages into and looks at.
public struct StoredLines: Sendable {
  static let keys = [PartitionKey(name: "k", type: .int)]

  let engine: any JoinEngine
  let folder: String
  let write: @Sendable (_ lines: [String], _ path: String) async throws -> Void
  let makeFolder: @Sendable (_ path: String) throws -> Void
  let files: @Sendable (_ folder: String) throws -> [String]
  let read: @Sendable (_ path: String) async throws -> [String]

  /// Names an engine and an empty folder.
  ///
  /// - Parameters:
  ///   - engine: Reads and writes below the folder.
  ///   - folder: A full path.
  ///   - write: Writes a file of Parquet's name by its full path, as the engine reads it: a row a line, with the
  ///     line in the column `line`. It makes the folders above it.
  ///   - makeFolder: Makes an empty folder, and those above it.
  ///   - files: The full paths of the files in a folder.
  ///   - read: The column `line` of a file that the engine has staged, in any order.
  public init(
    _ engine: any JoinEngine, in folder: String,
    write: @escaping @Sendable (_ lines: [String], _ path: String) async throws -> Void,
    makeFolder: @escaping @Sendable (_ path: String) throws -> Void,
    files: @escaping @Sendable (_ folder: String) throws -> [String],
    read: @escaping @Sendable (_ path: String) async throws -> [String]
  ) {
    self.engine = engine
    self.folder = folder
    self.write = write
    self.makeFolder = makeFolder
    self.files = files
    self.read = read
  }

  static func partition(_ key: Int64) -> Partition {
    Partition(keys: keys, values: [.integer(key)])
  }

  /// Writes a file of a new name.
  func file(_ lines: [String]) async throws -> String {
    let path = "\(folder)/in/\(UUID().uuidString).parquet"
    try await write(lines, path)
    return path
  }

  func table(_ name: String = "t") -> TableDefinition {
    TableDefinition(
      name: name, location: Location(folder), format: .parquet, keys: Self.keys)
  }

  func input(_ name: String, _ files: [String], k: Int64 = 1) -> JoinUnit.Input {
    JoinUnit.Input(
      name: name, format: .parquet, columns: [Column(name: "line", type: "VARCHAR")],
      partition: Self.partition(k), files: files)
  }

  func join(_ type: JoinType, _ inputs: [JoinUnit.Input], k: Int64 = 1) -> JoinUnit {
    JoinUnit(
      transformation: .join(type: type, on: ["line"], select: nil), inputs: inputs,
      partition: Self.partition(k))
  }

  /// A join of a file a side.
  func join(
    _ left: [String], _ right: [String], _ type: JoinType = .inner, k: Int64 = 1
  ) async throws -> JoinUnit {
    let files = (try await file(left), try await file(right))
    return join(type, [input("a", [files.0], k: k), input("b", [files.1], k: k)], k: k)
  }

  /// What became of a unit of a batch.
  struct Outcome: Sendable {
    let folder: String
    var begun = 0
    var results: [Result<StagedRows, any Error>] = []
  }

  /// Stages units as one batch; `beginning` is called with a unit's place before its folder is handed out.
  func stage(
    _ units: [JoinUnit], countsMatches: Bool = false,
    beginning: @escaping @Sendable (Int) async throws -> Void = { _ in }
  ) async throws -> [Outcome] {
    let batch = Batch(units.map { _ in Outcome(folder: "\(folder)/staged/\(UUID().uuidString)") })
    try await stage(units, as: batch, countsMatches: countsMatches, beginning: beginning)
    return batch.outcomes
  }

  func stage(
    _ units: [JoinUnit], as batch: Batch, countsMatches: Bool = false,
    beginning: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    let folders = batch.outcomes.map(\.folder)
    for folder in folders { try makeFolder(folder) }
    try await engine.stage(
      units.indices.map { index in
        StagingOrder(
          unit: units[index], countsMatches: countsMatches,
          begin: {
            batch.change(index) { outcome in
              #expect(outcome.results.isEmpty, "a unit begins before it is finished")
              outcome.begun += 1
            }
            try await beginning(index)
            return folders[index]
          }, progress: { #expect((0...1).contains($0)) },
          finish: { result in batch.change(index) { $0.results.append(result) } })
      })
  }

  /// The lines that were staged, sorted by their bytes; the folder has to hold what the account says.
  func lines(of outcome: Outcome) async throws -> [String] {
    #expect(outcome.begun == 1 && outcome.results.count == 1)
    let account = try #require(outcome.results.first).get()
    let files = try files(outcome.folder)
    #expect(files.isEmpty == (account.rows == 0) && (account.bytes == 0) == (account.rows == 0))
    var lines: [String] = []
    for file in files { lines += try await read(file) }
    #expect(lines.count == Int(account.rows))
    return lines.map(\.exact).sorted().map(\.text)
  }

  /// The lines of one unit.
  func lines(of unit: JoinUnit) async throws -> [String] {
    try await lines(of: #require(try await stage([unit]).first))
  }
}

/// What becomes of the units of a batch, told from any thread.
final class Batch: Sendable {
  private let state: Mutex<[StoredLines.Outcome]>

  init(_ outcomes: [StoredLines.Outcome]) { state = Mutex(outcomes) }

  var outcomes: [StoredLines.Outcome] { state.withLock { $0 } }

  func change(_ index: Int, _ change: (inout StoredLines.Outcome) -> Void) {
    state.withLock { change(&$0[index]) }
  }
}
