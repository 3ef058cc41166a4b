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

/// A truth value of SQL's three-valued logic.
public enum Truth: String, Hashable, Sendable, CaseIterable {
  case isTrue = "TRUE"
  case isFalse = "FALSE"
  /// Unknown; a predicate that is NULL selects nothing.
  case isNull = "NULL"
}

extension Truth {
  /// The truth of a boolean value or NULL; nil for a value of another type.
  public init?(_ value: PartitionValue) {
    switch value {
    case .boolean(let flag): self = flag ? .isTrue : .isFalse
    case .null: self = .isNull
    default: return nil
    }
  }

  /// TRUE or FALSE.
  init(_ flag: Bool) { self = flag ? .isTrue : .isFalse }

  /// NOT, which leaves NULL.
  var negated: Truth {
    switch self {
    case .isTrue: .isFalse
    case .isFalse: .isTrue
    case .isNull: .isNull
    }
  }

  /// The boolean value, or NULL.
  var value: PartitionValue {
    switch self {
    case .isTrue: .boolean(true)
    case .isFalse: .boolean(false)
    case .isNull: .null
    }
  }
}

/// A comparison as one type: both operands are cast to it, then compared.
struct ValueComparison: Sendable {
  let operation: ComparisonOperator
  /// The type as which the operands compare.
  let type: ValueType

  /// The truth of the comparison for two values already cast to the type.
  ///
  /// `.double` is the one type that values cannot be cast to; they become doubles here.
  func truth(_ left: PartitionValue, _ right: PartitionValue) -> Truth {
    type == .double
      ? compared(Cast.double(left).map(SparkDouble.init), Cast.double(right).map(SparkDouble.init))
      : compared(left == .null ? nil : left, right == .null ? nil : right)
  }

  private func compared<Value: Comparable>(_ left: Value?, _ right: Value?) -> Truth {
    guard let left, let right else {
      return operation == .nullSafeEqual ? Truth(left == nil && right == nil) : .isNull
    }
    return switch operation {
    case .equal, .nullSafeEqual: Truth(left == right)
    case .notEqual: Truth(left != right)
    case .less: Truth(left < right)
    case .lessOrEqual: Truth(!(right < left))
    case .greater: Truth(right < left)
    case .greaterOrEqual: Truth(!(left < right))
    }
  }
}

/// A double in Spark's order: NaN equals NaN and is the greatest.
private struct SparkDouble: Comparable {
  let value: Double

  static func == (left: SparkDouble, right: SparkDouble) -> Bool {
    left.value == right.value || (left.value.isNaN && right.value.isNaN)
  }

  static func < (left: SparkDouble, right: SparkDouble) -> Bool {
    left.value < right.value || (right.value.isNaN && !left.value.isNaN)
  }
}
