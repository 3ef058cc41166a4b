import ArgumentParser
import Foundation
import Workspace

/// `dovetail init`: writes a commented starting file.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a commented dovetail.yaml to start from.",
    discussion: "Example: dovetail init warehouse")

  @Argument(help: "The folder to write it to; it is created if it does not exist.")
  var folder = "."

  @Flag(help: "Print JSON in the shape of docs/guide/json.md.")
  var json = false

  func run() throws {
    let path = try Workspace.create(in: folder)
    if json { return try Report.json(["path": path]) }
    Report.line("Wrote \(path).")
    Report.line("Edit its tables and its job, then look: dovetail -C \(folder) status")
  }
}
