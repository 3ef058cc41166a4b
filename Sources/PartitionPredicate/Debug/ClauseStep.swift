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
