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

  func run() throws {
    let path = try Workspace.create(in: folder)
    Report.line("Wrote \(path).")
    Report.line("Edit its tables and its job, then look: dovetail -C \(folder) status")
  }
}
