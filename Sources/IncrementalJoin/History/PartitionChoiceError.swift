public import PartitionPredicate

/// Why a choice of partitions cannot be resolved.
public enum PartitionChoiceError: CategorizedError, Hashable, Sendable {
  /// A text that is not a path of the output's keys.
  case path(PartitionError)
  /// A range `A..B` of which one end is not a path of the output's keys.
  case rangeEnd(range: ExactText, PartitionError)
  /// A range that ends before it begins.
  case reversedRange(from: ExactText, to: ExactText)

  /// Every case is about something that the operator named.
  public var category: ErrorCategory { .usage }
}

extension PartitionChoiceError: CustomStringConvertible {
  /// The sentence for the operator: what does not fit, and what is possible instead.
  public var description: String {
    switch self {
    case .path(let error):
      return "\(error)"
    case .rangeEnd(let range, let error):
      return "\"\(range)\" is not a range: \(error) Both ends of A..B are paths."
    case .reversedRange(let from, let to):
      return "The range \(from)..\(to) ends before it begins: write \(to)..\(from)."
    }
  }
}
