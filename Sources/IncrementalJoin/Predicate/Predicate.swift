/// A boolean expression over partition keys: what decides which partitions are loaded.
///
/// Conjunctions and disjunctions are n-ary, so that thousands of partitions make no deep tree.
public indirect enum Predicate: Hashable, Sendable {
  /// TRUE or FALSE. Nothing pending is FALSE, never the empty text, which would mean "no filter".
  case constant(Bool)
  case equals(PartitionKey, PartitionValue)
  case isNull(PartitionKey)
  /// The values are sorted and are not NULL.
  case isIn(PartitionKey, [PartitionValue])
  /// Both bounds belong to it.
  case isBetween(PartitionKey, PartitionValue, PartitionValue)
  case and([Predicate])
  case or([Predicate])
}
