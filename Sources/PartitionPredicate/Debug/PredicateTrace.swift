/// The evaluation of a predicate for one partition, as the list of its steps.
///
/// A clause without clauses inside is one step; any other is entered first. Going back is looking at
/// an earlier step: nothing is evaluated twice.
public struct PredicateTrace: Sendable {
  /// The partition that was evaluated.
  public let partition: Partition
  /// The steps in the order of evaluation; the last one is the whole predicate's value.
  public private(set) var steps: [ClauseStep] = []
  /// What the predicate is for the partition.
  public private(set) var truth = Truth.isNull

  /// Evaluates the predicate of an outline.
  ///
  /// - Parameters:
  ///   - outline: The predicate's clauses.
  ///   - evaluator: The evaluator of the same predicate.
  ///   - partition: A partition that has the predicate's keys, in any order.
  public init(
    _ outline: PredicateOutline, _ evaluator: PredicateEvaluator, _ partition: Partition
  ) {
    self.partition = partition
    let values = outline.predicate.keys.map { partition[$0.name] ?? .null }
    let walk = Walk(outline: outline, evaluator: evaluator, values: values)
    truth = Truth(walk.evaluate(1, into: &steps)) ?? .isNull
  }

  /// The values of all clauses that were looked at, by number.
  public func values() -> [Int: PartitionValue] {
    Dictionary(
      steps.compactMap { step in step.value.map { (step.clause, $0) } }, uniquingKeysWith: { $1 })
  }
}

/// Evaluates clause by clause, as deep as the parser lets a predicate be.
private struct Walk {
  let outline: PredicateOutline
  let evaluator: PredicateEvaluator
  let values: [PartitionValue]

  func evaluate(_ number: Int, into steps: inout [ClauseStep]) -> PartitionValue {
    let clause = outline[number]
    if !clause.children.isEmpty { steps.append(ClauseStep(entering: number)) }
    switch clause.node.kind {
    case .and: return chain(clause, decidedBy: false, into: &steps)
    case .or: return chain(clause, decidedBy: true, into: &steps)
    default:
      for child in clause.children { _ = evaluate(child, into: &steps) }
      let value = evaluator.value(of: clause.node, values)
      let operands = clause.node.children.map { evaluator.value(of: $0, values) }
      steps.append(ClauseStep(clause: number, value: value, operands: operands))
      return value
    }
  }

  private func chain(
    _ clause: PredicateClause, decidedBy flag: Bool, into steps: inout [ClauseStep]
  ) -> PartitionValue {
    var result = PartitionValue.boolean(!flag)
    for (index, child) in clause.children.enumerated() {
      let value = evaluate(child, into: &steps)
      if value == .null { result = .null }
      if value == .boolean(flag) {
        steps.append(
          ClauseStep(
            clause: clause.number, value: value, skipped: clause.children.count - index - 1))
        return value
      }
    }
    steps.append(ClauseStep(clause: clause.number, value: result))
    return result
  }
}

/// One small step of an evaluation: a clause is entered, or has its value.
public struct ClauseStep: Hashable, Sendable {
  /// The clause's number in the outline.
  public let clause: Int
  /// The clause's value; nil where it is entered.
  public let value: PartitionValue?
  /// The values of its operands in the order of the text; empty for AND, OR and where it is entered.
  public let operands: [PartitionValue]
  /// How many of the last terms of an AND or OR were never looked at, since the ones before decided.
  public let skipped: Int

  init(
    entering clause: Int
  ) {
    self.clause = clause
    value = nil
    operands = []
    skipped = 0
  }

  init(clause: Int, value: PartitionValue, operands: [PartitionValue] = [], skipped: Int = 0) {
    self.clause = clause
    self.value = value
    self.operands = operands
    self.skipped = skipped
  }

  /// Whether the clause has its value.
  public var isFinished: Bool { value != nil }
}
