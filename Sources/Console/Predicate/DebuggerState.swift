import IncrementalJoin
import PartitionPredicate

/// The debugger's session, and the clause selected in its outline.
struct DebuggerState: Sendable {
  var session: PredicateDebugger
  var list = ListState()
  let read: ParsedPredicate
  let map: ClauseMap
  /// The text broken into lines of this width.
  var width = 0
  var lines: [Range<Int>] = []

  init?(_ read: ParsedPredicate, partitions: [Partition], at index: Int) {
    guard var session = PredicateDebugger(read.outline, partitions: partitions) else { return nil }
    session.go(to: index)
    self.session = session
    self.read = read
    map = ClauseMap(read.outline)
  }

  /// The number of the selected clause.
  var selectedClause: Int { max(1, min(list.index + 1, read.outline.clauses.count)) }

  /// The text of a node as it was written.
  func text(of node: PredicateNode) -> String { read.source.text(in: node.range) }

  /// What is known about a clause at the current step.
  func status(of clause: Int) -> Status {
    if let value = session.value(of: clause) { return .value(value) }
    if session.stack.contains(clause) { return .entered }
    let isOver = read.outline.path(to: clause).contains { session.value(of: $0) != nil }
    return isOver ? .neverLookedAt : .ahead
  }

  /// What is known about a clause.
  enum Status: Equatable {
    case ahead
    case entered
    case value(PartitionValue)
    case neverLookedAt
  }
}
