import ArgumentParser
import DuckDBEngine
import Foundation
import IncrementalJoin

/// Parses the arguments, runs the subcommand, and ends with the exit status of docs/guide/commands.md.
@main
enum Main {
  static func main() async {
    // A reader that goes away (`dovetail pending | head`) must end the process quietly.
    signal(SIGPIPE, SIG_DFL)
    do {
      try ThreadExecutor.check(count: threads)
      var command = try Dovetail.parseAsRoot(
        Self.workspaceLast(Array(CommandLine.arguments.dropFirst())))
      if let warning = LibraryVersion.warning { StandardError.write("dovetail: \(warning)") }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(ExitStatus.report(error))
    }
    end(.done)
  }

  /// How many threads a process needs at least: those of Swift's pool, of a run and of its queries.
  private static let threads = 6

  /// Ends the process; without taking DuckDB down where a query of it goes on that nobody waits for.
  private static func end(_ status: ExitStatus) -> Never {
    guard !RunawayQueries.isEmpty else { exit(status.rawValue) }
    fflush(nil)
    _exit(status.rawValue)
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
