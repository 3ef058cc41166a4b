import ArgumentParser
import DuckDBEngine
import Foundation
import IncrementalJoin
import Ledger
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
      var command = try CommandWords.parsed(arguments)
      if let warning = LibraryVersion.warning { StandardError.write("dovetail: \(warning)") }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      end(.done)
    } catch {
      var failure = Failure(error)
      if failure.isAnswer {
        StandardStream.output.write(Dovetail.fullMessage(for: error) + "\n")
        end(.done)
      }
      failure.say()
      end(failure.status, failure.row)
    }
  }

  /// The fewest threads that a process needs: those for interruptions, Swift's pool, a run and its queries.
  private static let threads = 7

  /// Writes the answer and ends the process; if the answer cannot be written, that is not a success (I11).
  private static func end(
    _ status: ExitStatus, _ failure: @autoclosure () -> FailureJSON? = nil
  ) -> Never {
    var status = status
    var reason: String?
    do {
      try Answer.write(failure())
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
    ReadOnlyLedger.closeAll()
    // DuckDB is not shut down while a query that nobody waits for is still running.
    guard RunawayQueries.isEmpty else { _exit(status.code) }
    exit(status.code)
  }

  /// Moves options that stand before the subcommand but apply to every subcommand behind it, where the parser looks for
  /// them: `dovetail -C warehouse --read-only status` is what people write, as with make and git.
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
    // After `--` everything is an argument, so the options go before it.
    var result = Array(words)
    result.insert(
      contentsOf: moved, at: result.firstIndex(where: { $0.exact == "--" }) ?? result.endIndex)
    return result
  }
}
