import ArgumentParser
import Console
import Foundation
import Terminal

/// `dovetail`: the console.
struct OpenConsole: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console",
    abstract: "Open the console. This is what dovetail does without a subcommand.",
    discussion: "Example: dovetail -C warehouse")

  @OptionGroup var workspace: WorkspaceOption

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  func run() throws {
    let session = try Session(workspace)
    let terminal = try Terminal()
    defer { terminal.restore() }
    var loop = try ConsoleLoop(session: session, terminal: terminal, ascii: ascii)
    let number = loop.run()
    terminal.restore()
    guard number != 0 else { return }
    // The terminal is whole again: end as anybody who sends the signal expects it.
    signal(number, SIG_DFL)
    raise(number)
  }
}
