import ArgumentParser
import IncrementalJoin

/// Forbids every change, of a command that needs no workspace.
struct ReadOnlyOption: ParsableArguments {
  static let help: ArgumentHelp = """
    Only look: whatever would change an output, a position, the ledger or a file of the workspace is refused.
    """

  @Flag(help: Self.help) var readOnly = false

  /// - Throws: `ReadOnlyRefusal` when nothing may be changed.
  func allowChanges() throws(ReadOnlyRefusal) {
    if readOnly { throw ReadOnlyRefusal() }
  }
}

/// The error when the command line says that nothing may be changed.
struct ReadOnlyRefusal: CategorizedError, CustomStringConvertible {
  var category: ErrorCategory { .refused }

  var description: String {
    "Nothing was changed: with --read-only nothing can be. Leave the option out to change something."
  }
}
