import IncrementalJoin
import PartitionPredicate
import Wording

/// Partitions that an action may be meant for.
struct ActionScope: Sendable {
  /// What they have in common.
  enum Kind: Sendable {
    case marked
    /// What the list's filter shows.
    case filtered
    case selected
    /// What the edited predicate selects, of what is pending.
    case edited
    case allPending
  }

  let kind: Kind
  /// How many there are.
  let count: Int
  /// What tells them apart from others, in a few words.
  let detail: String
  /// In order; nothing where a predicate or the job says which they are.
  var partitions: [Partition] = []

  /// In a few words: `Marked (3)`.
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

  /// The first of some names: `month=1/day=5, month=1/day=9 and 3 more`.
  static func names(_ partitions: [Partition]) -> String {
    let first = partitions.prefix(2).map(\.path.text).joined(separator: ", ")
    let rest = partitions.count - 2
    return rest > 0 ? "\(first) and \(Quantity.number(rest)) more" : first
  }
}
