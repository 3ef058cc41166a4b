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

extension PredicateDebugger {
  /// To the next step.
  public mutating func step() { move(to: position + 1) }

  /// To the next step that is not inside the current clause.
  public mutating func next() {
    // After a clause's value comes its neighbor or the clause around it, never one inside.
    guard !current.isFinished else { return move(to: position + 1) }
    let clause = current.clause
    move(to: trace.steps[position...].firstIndex { $0.clause == clause && $0.isFinished })
  }

  /// Out of the current clause: to where the clause around it has its value.
  public mutating func finish() {
    let target = outline[current.clause].parent ?? 1
    move(to: trace.steps[position...].firstIndex { $0.clause == target && $0.isFinished })
  }

  /// One step back.
  public mutating func stepBack() { move(to: position - 1) }

  /// To the next step at a clause; to the end when the evaluation does not come to it any more.
  public mutating func run(to clause: Int) {
    let later = trace.steps.indices.dropFirst(position + 1)
    move(to: later.first { trace.steps[$0].clause == clause } ?? trace.steps.count - 1)
  }

  /// To the first step of the current partition.
  public mutating func restart() {
    position = 0
    stop = .start
  }

  /// To the first step of another partition of the session.
  ///
  /// - Parameter index: An index of `partitions`.
  public mutating func go(to index: Int) {
    partitionIndex = index
    trace = PredicateTrace(outline, evaluator, partitions[index])
    restart()
  }

  /// To the next breakpoint or the end of the partition; from the end, on to the next partitions.
  ///
  /// Partitions without a breakpoint go by; without any breakpoint the next partition's end stops.
  public mutating func resume() {
    if !isAtEnd {
      if let hit = hit(in: (position + 1)..<trace.steps.count) { return stand(at: hit) }
      position = trace.steps.count - 1
      stop = .end
      return
    }
    var passed = 0
    while partitionIndex + 1 < partitions.count {
      go(to: partitionIndex + 1)
      if let hit = hit(in: 0..<trace.steps.count) { return stand(at: hit) }
      position = trace.steps.count - 1
      stop = .end
      if breakpoints.isEmpty { return }
      passed += 1
      if passed == Self.partitionsWithoutPause { return stop = .pause(partitions: passed) }
    }
    stop = passed > 0 ? .end : .nothingMore
  }

  /// Back to the breakpoint before, or to the partition's first step; from there, to the end of the
  /// partition before.
  public mutating func resumeBack() {
    if position > 0 {
      if let hit = hit(in: 0..<position, last: true) { return stand(at: hit) }
      return restart()
    }
    guard partitionIndex > 0 else { return stop = .nothingMore }
    go(to: partitionIndex - 1)
    position = trace.steps.count - 1
    stop = .end
  }

  private mutating func move(to index: Int?) {
    guard let index, trace.steps.indices.contains(index), index != position else {
      return stop = .nothingMore
    }
    position = index
    stop = isAtEnd ? .end : .step
  }

  private mutating func stand(at hit: (index: Int, breakpoint: Int)) {
    position = hit.index
    stop = .breakpoint(hit.breakpoint)
  }

  private func hit(in range: Range<Int>, last: Bool = false) -> (index: Int, breakpoint: Int)? {
    let active = breakpoints.filter { $0.partitions?.contains(partition) ?? true }
    guard !active.isEmpty else { return nil }
    for index in last ? Array(range.reversed()) : Array(range) {
      let step = trace.steps[index]
      let hit = active.first { $0.stops(at: step, index: index, in: trace) }
      if let hit { return (index, hit.number) }
    }
    return nil
  }
}

extension PredicateBreakpoint {
  /// Whether a step is where it stops; the filter has been asked already.
  fileprivate func stops(at step: ClauseStep, index: Int, in trace: PredicateTrace) -> Bool {
    if isForPartitionsOnly { return index == 0 }
    if let clause, clause != step.clause { return false }
    if let result { return step.value.flatMap { Truth($0) } == result }
    // A clause with clauses inside is stopped at where it is entered, and not again with its value.
    return !step.isFinished || !trace.steps[..<index].contains { $0.clause == step.clause }
  }
}
