/// A boolean expression over a table's partition keys: what decides which partitions are loaded.
///
/// The entry to this library: it is read from text (``init(_:keys:today:)``) or made of partitions
/// (`compact`, `plain`), and is applied (`filter`), simplified (`simplified`) and written for an engine
/// (`texts`). See docs/predicate-library.md.
public struct PushdownPredicate: Hashable, Sendable {
  /// The keys that the nodes' indices mean, in the table's order.
  public let keys: [PartitionKey]
  /// The expression, of type boolean (or NULL, which selects nothing).
  public let root: PredicateNode
  /// What `current_date` means, in days since 1970-01-01.
  public let today: Int

  /// Creates a predicate from a bound expression.
  ///
  /// - Parameters:
  ///   - keys: The keys that the nodes' indices mean.
  ///   - root: The expression.
  ///   - today: What `current_date` means, in days since 1970-01-01.
  public init(keys: [PartitionKey], root: PredicateNode, today: Int = 0) {
    self.keys = keys
    self.root = root
    self.today = today
  }
}
