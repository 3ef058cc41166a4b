import DuckDBEngine
import Foundation

/// SQL that one DuckDB process runs, and what it has to make durable before it ends.
///
/// The driver itself never starts DuckDB: the peak memory that the system reports for a child is
/// never less than its parent's.
struct SQLTask: Codable {
  /// The first argument of a process that runs a task.
  static let mode = "task"

  /// Folders to be made first.
  var folders: [String] = []
  /// Run one after the other.
  var statements: [String]
  /// A folder to be fsynced with everything in it, as a publish must; nil for none.
  var durable: String?

  init(folders: [String] = [], statements: [String], durable: String? = nil) {
    self.folders = folders
    self.statements = statements
    self.durable = durable
  }

  init(file: String) throws {
    self = try JSONDecoder().decode(
      SQLTask.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
  }

  /// Runs the task, and prints the sum of the counts that COPY returns, or else the one text that a
  /// statement returned.
  func run() async throws {
    // What goes beyond the memory that a script may take is spilled, as it is by DuckDB itself.
    let spill = FileManager.default.temporaryDirectory.appendingPathComponent("spill-\(getpid())")
      .path
    let engine = DuckDBEngine(settings: EngineSettings(spillFolder: spill))
    defer { try? FileManager.default.removeItem(atPath: spill) }
    for folder in folders {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    }
    var count = 0
    var text: String?
    for statement in statements {
      guard let value = try await engine.execute(statement).first?.first ?? nil else { continue }
      if let rows = Int(value) { count += rows } else { text = value }
    }
    if let durable { try Self.sync(durable) }
    print(text ?? String(count))
  }

  private static func sync(_ path: String) throws {
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) + [""] {
      let descriptor = open(name.isEmpty ? path : "\(path)/\(name)", O_RDONLY)
      guard descriptor >= 0, fsync(descriptor) == 0, close(descriptor) == 0 else {
        throw BenchError("\(path)/\(name) cannot be synced: \(String(cString: strerror(errno))).")
      }
    }
  }
}
