import ArgumentParser
import Console
import Foundation
import Ledger
import Terminal

/// `dovetail`: opens the console.
struct OpenConsole: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console",
    abstract: "Open the console. This is what dovetail does without a subcommand.",
    discussion: """
      Example: dovetail -C warehouse

      It needs a terminal. `?` shows the keys of a screen, and `q` on the overview ends it.
      """)

  @OptionGroup var workspace: WorkspaceOption

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  func run() async throws {
    let session = try await Session(workspace)
    let settings = try ConsoleSettingsReader.settings(of: ConsoleSettingsReader.path())
    let terminal = try openTerminal()
    defer { terminal.restore() }
    var loop = try ConsoleLoop(
      session: session, terminal: terminal, settings: settings, ascii: ascii)
    let number = loop.run()
    terminal.restore()
    guard number != 0 else { return }
    ReadOnlyLedger.closeAll()
    // The terminal is restored, so end the way the sender of the signal expects.
    signal(number, SIG_DFL)
    raise(number)
  }

  /// - Throws: `ExitStatus.failed` when there is no terminal that the console can use.
  private func openTerminal() throws -> Terminal {
    do {
      return try Terminal()
    } catch {
      StandardError.write(
        "dovetail: The console cannot open: \(error). `dovetail --help` lists the commands that need no "
          + "terminal.")
      throw ExitStatus.failed
    }
  }
}
