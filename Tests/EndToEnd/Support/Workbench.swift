import DuckDBEngine
import Foundation
import Testing

/// A temporary workspace with real files, and DuckDB to make them and to check what comes out.
///
/// The folder goes when the test ends.
final class Workbench: Sendable {
  let folder: String
  private let engine: DuckDBEngine

  /// Makes a workspace of this `dovetail.yaml`; without one, an empty folder.
  init(_ yaml: String? = nil, in parent: String? = nil) throws {
    // Without symbolic links, so that paths in sentences are the ones that tests know.
    let place = URL(fileURLWithPath: parent ?? NSTemporaryDirectory()).resolvingSymlinksInPath()
    folder = place.appendingPathComponent("end-to-end-\(UUID().uuidString.prefix(8))").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    engine = DuckDBEngine(settings: EngineSettings(threads: 1))
    if let yaml { try write("dovetail.yaml", yaml) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The `dovetail.yaml` of two tables `a` and `b`, partitioned by `k`, and one job `j` that joins them.
  static func pair(
    join: String = "inner", key: String = "int", format: String = "parquet", table: String = "",
    job: String = ""
  ) -> String {
    """
    tables:
      a: { location: data/a, format: \(format), partitions: { k: \(key) }\(table) }
      b: { location: data/b, format: \(format), partitions: { k: \(key) }\(table) }
    jobs:
      j:
        inputs: [a, b]
        join: { type: \(join), on: [id] }
        output: { location: out/j }
    \(job)
    """
  }

  /// The rows that `land` writes when a test does not care: ids 1 to `count`.
  static func rows(_ column: String, _ count: Int = 3) -> String {
    "SELECT n AS id, n * 10 AS \(column) FROM range(1, \(count + 1)) AS r(n)"
  }

  /// Both tables with one small partition for each key.
  func landPair(_ keys: [String] = ["1", "2", "3"]) async throws {
    for key in keys {
      try await land("a/k=\(key)", Self.rows("x"))
      try await land("b/k=\(key)", Self.rows("y"))
    }
  }

  func path(_ name: String) -> String { name.hasPrefix("/") ? name : "\(folder)/\(name)" }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Makes a folder with those above it.
  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
  }

  /// Writes a text file, its folders made.
  func write(_ name: String, _ text: String) throws {
    try makeFolder((name as NSString).deletingLastPathComponent)
    try text.write(toFile: path(name), atomically: false, encoding: .utf8)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  /// Cuts a file to its first half.
  func truncate(_ name: String) throws {
    let content = try #require(FileManager.default.contents(atPath: path(name)))
    try content.prefix(content.count / 2).write(to: URL(fileURLWithPath: path(name)))
  }

  /// Every file below a folder, as paths relative to it, sorted.
  func files(_ name: String) -> [String] {
    var found: [String] = []
    let files = FileManager.default.enumerator(atPath: path(name))
    while let file = files?.nextObject() as? String {
      if files?.fileAttributes?[.type] as? FileAttributeType == .typeRegular { found.append(file) }
    }
    return found.sorted()
  }

  /// The facts of every file below a folder, by path.
  func facts(_ name: String) throws -> [String: FileFacts] {
    var facts: [String: FileFacts] = [:]
    for file in files(name) { facts[file] = try FileFacts("\(path(name))/\(file)") }
    return facts
  }

  /// Runs SQL; a relative path in it is not the workspace's.
  @discardableResult
  func sql(_ text: String) async throws -> [[String?]] { try await engine.execute(text) }

  /// Writes the rows of a SELECT as one file of a partition below `data`: `a/k=1`.
  ///
  /// The file appears by renaming, as careful writers do it.
  func land(
    _ partition: String, _ select: String, file: String = "part.parquet",
    options: String = "FORMAT parquet"
  ) async throws {
    try makeFolder("data/\(partition)")
    let target = path("data/\(partition)/\(file)")
    let (sibling, name) = (path("landing"), UUID().uuidString)
    try makeFolder(sibling)
    try await sql("COPY (\(select)) TO '\(sibling)/\(name)' (\(options))")
    try #require(rename("\(sibling)/\(name)", target) == 0)
  }
}
