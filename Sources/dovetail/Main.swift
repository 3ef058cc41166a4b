import ArgumentParser
import Foundation

/// Parses the arguments, runs the subcommand, and ends with the exit status of docs/guide/commands.md.
@main
enum Main {
  static func main() async {
    // A reader that goes away (`dovetail pending | head`) must end the process quietly.
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try Dovetail.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(ExitStatus.report(error).rawValue)
    }
  }
}
