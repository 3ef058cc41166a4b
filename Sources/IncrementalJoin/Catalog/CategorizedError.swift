public import PartitionPredicate

/// Who has to act after an error, which decides the exit status.
public enum ErrorCategory: Hashable, Sendable {
  /// The operator named something that does not exist, or the definition has to change.
  case usage
  /// Nothing was done, since something that the operator can allow or wait for was in the way.
  case refused
  /// Something went wrong with the data, the disk or the engine.
  case failed
}

/// An error that knows its category; every other error is of `.failed`.
public protocol CategorizedError: Error {
  /// Whose turn it is.
  var category: ErrorCategory { get }
}

extension PartitionError: CategorizedError {
  /// A partition that is written so is in no table.
  public var category: ErrorCategory { .usage }
}

extension PushdownPredicateError: CategorizedError {
  /// A predicate is the operator's text.
  public var category: ErrorCategory { .usage }
}
