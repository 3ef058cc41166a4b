/// What an edited predicate selects beside another one, among the known partitions.
public struct SelectionDifference: Hashable, Sendable {
  /// The partitions that both select.
  public let common: [Partition]
  /// Selected by the edited predicate only.
  public let gained: [Partition]
  /// Selected by the other predicate only.
  public let lost: [Partition]

  /// Compares two predicates over the known partitions, in their order.
  public init(from before: PushdownPredicate, to after: PushdownPredicate, among known: [Partition])
  {
    let old = PredicateEvaluator(before)
    let new = PredicateEvaluator(after)
    var common: [Partition] = []
    var gained: [Partition] = []
    var lost: [Partition] = []
    for partition in known {
      switch (old.selects(partition), new.selects(partition)) {
      case (true, true): common.append(partition)
      case (false, true): gained.append(partition)
      case (true, false): lost.append(partition)
      case (false, false): break
      }
    }
    self.common = common
    self.gained = gained
    self.lost = lost
  }
}
