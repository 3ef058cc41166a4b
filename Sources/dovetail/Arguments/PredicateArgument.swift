import ArgumentParser
import Operations
import PartitionPredicate
import Workspace

/// A predicate on the command line.
struct PredicateArgument: ParsableArguments {
  @Argument(help: "The predicate, or @NAME for a saved one; by default the generated one.")
  var predicate: String?

  /// The text; nil for the generated predicate.
  func text(_ session: Session) throws -> String? {
    try predicate.map { try session.workspace.predicateText($0) }
  }
}

/// Restricts a command to the partitions that a predicate selects.
struct WhereOption: ParsableArguments {
  @Option(
    name: .customLong("where"), parsing: .unconditional,
    help: ArgumentHelp(
      "Only partitions that this predicate over the keys selects; @NAME is a saved one.",
      valueName: "predicate"))
  var text: String?

  @OptionGroup var clock: ClockOption

  /// The predicate over some keys; nil when none was given.
  ///
  /// - Throws: `PushdownPredicateError`, or `LookupError` or `WorkspaceError` for a saved one.
  func predicate(_ session: Session, keys: [PartitionKey]) throws -> PushdownPredicate? {
    try text.map {
      try PushdownPredicate(
        session.workspace.predicateText($0), keys: keys, today: clock.days)
    }
  }
}

extension Workspace {
  /// The text that an argument stands for: a predicate's text, or the saved predicate named after `@`.
  func predicateText(_ argument: String) throws -> String {
    argument.exact.begins(with: "@")
      ? try predicates.text(of: String(argument.unicodeScalars.dropFirst())) : argument
  }
}
