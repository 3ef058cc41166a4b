/// A session that steps through the evaluation of a predicate for one partition after another.
///
/// Every partition's evaluation is recorded as a ``PredicateTrace`` when the session comes to it;
/// moving forwards and back only moves along the trace.
public struct PredicateDebugger: Sendable {
  /// Why the session stands where it stands.
  public enum Stop: Hashable, Sendable {
    /// A partition was begun.
    case start
    /// The step that was asked for.
    case step
    /// A breakpoint, by its number.
    case breakpoint(Int)
    /// The evaluation of the partition has ended.
    case end
    /// There is nothing more in that direction; nothing moved.
    case nothingMore
    /// So many partitions went by without a breakpoint; continuing goes on from here.
    case pause(partitions: Int)
  }

  /// How many partitions one `continue` goes through before it pauses.
  public static let partitionsWithoutPause = 10_000

  /// The numbered clauses of the predicate.
  public let outline: PredicateOutline
  /// The partitions of the session, in the order in which `continue` goes through them; at least one.
  public let partitions: [Partition]
  /// The index of the partition at which the session stands.
  public internal(set) var partitionIndex = 0
  /// The evaluation of that partition.
  public internal(set) var trace: PredicateTrace
  /// The index of the current step of the trace.
  public internal(set) var position = 0
  /// Why the session stands here.
  public internal(set) var stop = Stop.start
  /// In the order of their numbers.
  public internal(set) var breakpoints: [PredicateBreakpoint] = []
  /// Sub-expressions whose values are shown with every stop.
  public internal(set) var watches: [PredicateWatch] = []

  let evaluator: PredicateEvaluator
  /// The number of the next breakpoint.
  var nextBreakpoint = 1

  /// Starts at the first step of the first partition; nil without any partition.
  public init?(_ outline: PredicateOutline, partitions: [Partition]) {
    guard let first = partitions.first else { return nil }
    self.outline = outline
    evaluator = PredicateEvaluator(outline.predicate)
    self.partitions = partitions
    trace = PredicateTrace(outline, evaluator, first)
  }

  /// The partition at which the session stands.
  public var partition: Partition { partitions[partitionIndex] }

  /// The step at which the session stands.
  public var current: ClauseStep { trace.steps[position] }

  /// The clauses around the current one, the innermost first: the stack.
  public var stack: [Int] { outline.path(to: current.clause) }

  /// What is known of a clause now: nil when it has not been evaluated up to the current step.
  public func value(of clause: Int) -> PartitionValue? {
    trace.steps[...position].last { $0.clause == clause && $0.isFinished }?.value
  }

  /// What is known now of every clause that has been evaluated up to the current step, by number.
  public func values() -> [Int: PartitionValue] {
    Dictionary(
      trace.steps[...position].compactMap { step in step.value.map { (step.clause, $0) } },
      uniquingKeysWith: { $1 })
  }

  /// The value of an expression over the session's keys for the current partition.
  public func value(of node: PredicateNode) -> PartitionValue {
    evaluator.value(of: node, outline.predicate.keys.map { partition[$0.name] ?? .null })
  }

  /// Whether the current partition's evaluation has ended.
  public var isAtEnd: Bool { position == trace.steps.count - 1 }
}
