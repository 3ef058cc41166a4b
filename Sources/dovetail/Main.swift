import ArgumentParser
import Foundation

/// Parses the arguments, runs the subcommand, and ends with the exit status of docs/guide/commands.md.
@main
enum Main {
  static func main() async {
    // A reader that goes away (`dovetail pending | head`) must end the process quietly.
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try Dovetail.parseAsRoot(
        CommandWords.checked(Self.workspaceLast(Array(CommandLine.arguments.dropFirst()))))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(ExitStatus.report(error).rawValue)
    }
  }

  /// Moves a workspace that stands before the subcommand behind it, where the parser looks for it:
  /// `dovetail -C warehouse status` is what people write, as they do with make and git.
  private static func workspaceLast(_ arguments: [String]) -> [String] {
    guard arguments.count > 2, ["-C", "--workspace"].contains(arguments[0]),
      !arguments[2].hasPrefix("-")
    else { return arguments }
    // Behind `--` everything is an argument, so the option goes before it.
    var words = Array(arguments.dropFirst(2))
    words.insert(contentsOf: arguments.prefix(2), at: words.firstIndex(of: "--") ?? words.endIndex)
    return words
  }
}
