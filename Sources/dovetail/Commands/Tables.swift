import ArgumentParser
import Foundation
import IncrementalJoin
import LocalStorage
import Workspace

/// `dovetail tables`: the catalog.
struct Tables: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the tables with their partitions, files and bytes.",
    discussion: "Example: dovetail tables")

  @OptionGroup var options: Options

  func run() throws {
    let session = try Session(options.workspace)
    let snapshots = session.workspace.tables.map { session.storage.list($0) }
    if options.json { return try Report.json(snapshots.map(Shape.init)) }
    Report.table(
      ["TABLE", "FORMAT", "KEYS", "PARTITIONS", "FILES", "BYTES", "NEWEST FILE"],
      snapshots.map { snapshot in
        let newest = snapshot.partitions.values.map(\.version.newest).max()
        return [
          snapshot.table.name, snapshot.table.format.rawValue,
          snapshot.table.keys.map { "\($0.name) \($0.type)" }.joined(separator: ", "),
          "\(snapshot.partitions.count)", "\(snapshot.fileCount)", "\(snapshot.bytes)",
          newest.map(timestamp) ?? "",
        ]
      })
    for problem in snapshots.flatMap(\.problems) { Report.line(problem.description) }
  }

  private struct Shape: Encodable {
    let table: String
    let location: String
    let format: String
    let keys: [String]
    let partitions: Int
    let files: Int
    let bytes: Int64
    let problems: [String]

    init(_ snapshot: Snapshot) {
      table = snapshot.table.name
      location = snapshot.table.location
      format = snapshot.table.format.rawValue
      keys = snapshot.table.keys.map { "\($0.name) \($0.type)" }
      partitions = snapshot.partitions.count
      files = snapshot.fileCount
      bytes = snapshot.bytes
      problems = snapshot.problems.map(\.description)
    }
  }
}
