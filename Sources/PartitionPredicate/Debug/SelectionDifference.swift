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
    let old = Set(before.filter(known))
    let new = Set(after.filter(known))
    common = known.filter { old.contains($0) && new.contains($0) }
    gained = known.filter { !old.contains($0) && new.contains($0) }
    lost = known.filter { old.contains($0) && !new.contains($0) }
  }
}
