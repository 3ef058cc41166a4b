/// Evaluates a predicate for partitions, with the value semantics of Spark SQL without ANSI mode.
///
/// Literals, patterns and lists of literals are prepared once, so that one evaluator serves a million
/// partitions.
public struct PredicateEvaluator: Sendable {
  /// What is evaluated.
  public let predicate: PushdownPredicate
  private let root: Condition

  /// Prepares the evaluation of a predicate.
  public init(_ predicate: PushdownPredicate) {
    self.predicate = predicate
    root = Preparation(today: predicate.today).condition(of: predicate.root)
  }

  /// The predicate's truth for the values of one partition, one a key, in the order of the predicate's
  /// keys.
  public func truth(_ values: [PartitionValue]) -> Truth {
    root(values)
  }

  /// The value of a node, which may be any node over the predicate's keys.
  ///
  /// The node is prepared at every call; to evaluate one node for many partitions, make an evaluator
  /// of a predicate with that root. The values are one a key, in the order of the predicate's keys.
  public func value(of node: PredicateNode, _ values: [PartitionValue]) -> PartitionValue {
    Preparation(today: predicate.today).evaluation(of: node)(values)
  }

  /// Whether the predicate is TRUE for a partition, whose keys may be in another order.
  ///
  /// A partition that lacks a key of the predicate is not selected.
  public func selects(_ partition: Partition) -> Bool {
    if partition.keys == predicate.keys { return truth(partition.values) == .isTrue }
    guard let reordered = partition.reordered(to: predicate.keys) else { return false }
    return truth(reordered.values) == .isTrue
  }
}

/// A prepared node: from the values of the keys to the value of the node.
typealias Evaluation = @Sendable ([PartitionValue]) -> PartitionValue

/// A prepared condition: from the values of the keys to its truth.
typealias Condition = @Sendable ([PartitionValue]) -> Truth
