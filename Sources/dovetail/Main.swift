import ArgumentParser
import DuckDBEngine
import Foundation
import IncrementalJoin
import PartitionPredicate

/// Parses the arguments, runs the subcommand, and ends with the exit status of docs/guide/commands.md.
@main
enum Main {
  static func main() async {
    let arguments = Self.workspaceLast(Array(CommandLine.arguments.dropFirst()))
    Answer.expect(arguments)
    do {
      try StandardStream.prepare()
      try ThreadExecutor.check(count: threads)
      try Interruption.shared.begin()
      var command = try Dovetail.parseAsRoot(CommandWords.checked(arguments))
      if let warning = LibraryVersion.warning { StandardError.write("dovetail: \(warning)") }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      end(.done)
    } catch  where Dovetail.exitCode(for: error) == .success {
      // Help, versions and completion scripts are answers.
      StandardStream.output.write(Dovetail.fullMessage(for: error) + "\n")
      end(.done)
    } catch {
      var failure = Failure(error)
      failure.say()
      end(failure.status, failure.row)
    }
  }

  /// How many threads a process needs at least: those of interruptions, of Swift's pool, of a run and of its
  /// queries.
  private static let threads = 7

  /// Writes the answer and ends the process; an answer that cannot be written is no success (I11).
  private static func end(_ status: ExitStatus, _ failure: FailureJSON? = nil) -> Never {
    var status = status
    var reason: String?
    do {
      try Answer.write(failure)
      reason = StandardStream.output.failure
    } catch {
      reason = "\(error)"
    }
    if let reason {
      StandardError.write(
        "dovetail: The answer could not be written whole to standard output: \(reason). What was done "
          + "stays done; `dovetail history` shows the runs.")
      if status.isSuccess { status = .failed }
    }
    SpillFolder.removeOwn()
    // DuckDB is not taken down where a query of it goes on that nobody waits for.
    guard RunawayQueries.isEmpty else { _exit(status.code) }
    exit(status.code)
  }

  /// Moves what stands before the subcommand and is meant for all of them behind it, where the parser looks for it:
  /// `dovetail -C warehouse --read-only status` is what people write, as they do with make and git.
  private static func workspaceLast(_ arguments: [String]) -> [String] {
    var words = arguments[...]
    while let word = words.first {
      if ["-C", "--workspace"].contains(word), words.count > 1 {
        words = words.dropFirst(2)
      } else if word == "--read-only" {
        words = words.dropFirst()
      } else {
        break
      }
    }
    let moved = arguments[..<words.startIndex]
    guard !moved.isEmpty, let command = words.first, !command.exact.begins(with: "-") else {
      return arguments
    }
    // Behind `--` everything is an argument, so the options go before it.
    var result = Array(words)
    result.insert(
      contentsOf: moved, at: result.firstIndex(where: { $0.exact == "--" }) ?? result.endIndex)
    return result
  }
}
