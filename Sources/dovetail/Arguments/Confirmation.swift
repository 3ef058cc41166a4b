import ArgumentParser
import Foundation
import PartitionPredicate

/// Asks the operator to name the job before something that is not undone lightly.
struct Confirmation: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Do it: the job's name. Without it a terminal asks for the name, and elsewhere nothing is "
        + "changed.", valueName: "job"))
  var confirm: String?

  @Flag(help: "Only show what would be done.")
  var dryRun = false

  /// Asks unless the name was given.
  ///
  /// - Parameters:
  ///   - job: The job's name.
  ///   - session: Its workspace, which has to allow changes.
  /// - Returns: False when only a preview is wanted.
  /// - Throws: `Refusal` when the name is another, or when there is nobody to ask; `ReadOnlyRefusal`.
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

/// Whether somebody can be asked.
var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

/// Asks a question on the terminal; anything but `y` or `yes` is no.
func ask(_ question: String) -> Bool {
  StandardError.draw("\(question) [y/N] ")
  return ["y", "yes"].contains(readLine()?.exact.lowercased)
}
