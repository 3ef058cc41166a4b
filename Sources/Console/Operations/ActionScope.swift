import IncrementalJoin
import PartitionPredicate
import Wording

/// A set of partitions that an action may apply to.
struct ActionScope: Sendable {
  /// What they have in common.
  enum Kind: Sendable {
    case marked
    /// What passes the list's filter.
    case filtered
    case selected
    /// The pending partitions that the edited predicate selects.
    case edited
    case allPending
  }

  let kind: Kind
  /// How many there are.
  let count: Int
  /// What sets them apart, in a few words.
  let detail: String
  /// In order; empty where a predicate or the job determines which they are.
  var partitions: [Partition] = []

  /// The set in a few words: `Marked (3)`.
  var label: String {
    let word =
      switch kind {
      case .marked: "Marked"
      case .filtered: "Filtered"
      case .selected: "Selected"
      case .edited: "Edited predicate"
      case .allPending: "All pending"
      }
    return "\(word) (\(Quantity.number(count)))"
  }

  /// The first few names: `month=1/day=5, month=1/day=9 and 3 more`.
  static func names(_ partitions: [Partition]) -> String {
    let first = partitions.prefix(2).map(\.path.text).joined(separator: ", ")
    let rest = partitions.count - 2
    return rest > 0 ? "\(first) and \(Quantity.number(rest)) more" : first
  }
}
