/// How many partitions reach a clause when a predicate is evaluated from left to right, and what it
/// makes of them.
public struct ClauseCount: Hashable, Sendable {
  /// The partitions for which the clause is evaluated at all: AND stops at the first FALSE term, OR
  /// at the first TRUE one.
  public internal(set) var reached = 0
  /// Of these, the partitions for which it is TRUE.
  public internal(set) var isTrue = 0
  /// Of these, the partitions for which it is FALSE.
  public internal(set) var isFalse = 0
  /// Of these, the partitions for which it is NULL.
  public internal(set) var isNull = 0
  /// The partitions whose result the clause decides, found by following the result from the root.
  ///
  /// An OR that is TRUE leads to its first TRUE term, an AND that is FALSE to its first FALSE one,
  /// either one that is NULL to its first NULL term, and NOT to its operand. An AND that is TRUE and
  /// an OR that is FALSE decide themselves, since all terms do so together.
  public internal(set) var decides = 0

  /// Creates a count of nothing.
  public init() {}

  mutating func add(_ truth: Truth, _ count: Int = 1) {
    reached += count
    switch truth {
    case .isTrue: isTrue += count
    case .isFalse: isFalse += count
    case .isNull: isNull += count
    }
  }
}

extension PartitionTable {
  /// What each clause of a predicate makes of the partitions.
  ///
  /// - Parameter predicate: Bound to this table's keys.
  /// - Returns: One count a node in pre-order over `PredicateNode.children`, the root first; zero for
  ///   nodes that are not boolean.
  public func clauseCounts(_ predicate: PushdownPredicate) -> [ClauseCount] {
    precondition(predicate.keys == keys, "the predicate is bound to the table's keys")
    var counter = ClauseCounter(predicate, self)
    return counter.counted()
  }
}
