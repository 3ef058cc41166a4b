import ArgumentParser
import Foundation
import PartitionPredicate

/// Asks the operator to name the job before something that cannot easily be undone.
struct Confirmation: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Do it: the job's name. Without it a terminal asks for the name, and elsewhere nothing is "
        + "changed.", valueName: "job"))
  var confirm: String?

  @Flag(help: "Only show what would be done.")
  var dryRun = false

  /// Asks, unless the name was given as an argument.
  ///
  /// - Parameters:
  ///   - job: The job's name.
  ///   - session: Its workspace, which must allow changes.
  /// - Returns: False when only a preview is wanted.
  /// - Throws: `Refusal` when the name does not match, or when there is nobody to ask; `ReadOnlyRefusal`.
  func isGiven(for job: String, in session: Session) throws -> Bool {
    if dryRun { return false }
    try session.allowChanges()
    if confirm == nil, isatty(STDIN_FILENO) == 1, StandardError.isTerminal {
      StandardError.draw("Type the job's name (\(job)) to do it: ")
    }
    let answer = confirm ?? (isatty(STDIN_FILENO) == 1 ? readLine() : nil)
    guard let answer, !answer.isEmpty else {
      throw Refusal("Nothing was changed: add --confirm \(job).")
    }
    guard answer == job else {
      throw Refusal("Nothing was changed: the job is \(job), and \"\(answer)\" was typed.")
    }
    return true
  }
}

/// Whether there is somebody to ask.
var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

/// Asks a question on the terminal; anything but `y` or `yes` means no.
func ask(_ question: String) -> Bool {
  StandardError.draw("\(question) [y/N] ")
  return ["y", "yes"].contains(readLine()?.exact.lowercased)
}
