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

  @OptionGroup var options: Options

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  func run() throws {
    let session = try Session(options)
    let terminal = try Terminal()
    defer { terminal.restore() }
    var loop = ConsoleLoop(session: session, terminal: terminal, ascii: ascii)
    let signal = loop.run()
    terminal.restore()
    if signal != 0 { throw ExitCode(128 + signal) }
  }
}
