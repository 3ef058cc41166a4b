/// A part of a predicate that an operator can name, step through and count: every node but plain
/// keys and literals, which show as the operands of their clause.
public struct PredicateClause: Hashable, Sendable {
  /// Its place in the outline: 1 is the whole predicate, then in the order of the text.
  public let number: Int
  /// What it computes.
  public let node: PredicateNode
  /// The number of the clause around it; nil for the whole.
  public let parent: Int?
  /// How many clauses are around it.
  public let depth: Int
  /// The numbers of the clauses directly inside it, in the order of the text.
  public internal(set) var children: [Int] = []
  /// Its index among all nodes of the tree in pre-order, keys and literals included; the root is 0.
  public let treeIndex: Int
}

extension PredicateNode {
  /// Whether its terms are evaluated from left to right until one decides.
  var isChain: Bool {
    switch kind {
    case .and, .or: true
    default: false
    }
  }

  /// Whether it is a plain key or literal.
  var isOperand: Bool {
    switch kind {
    case .key, .literal: true
    default: false
    }
  }

  /// Whether its children stand where a truth value is asked for, so that a key or literal among
  /// them is a clause of its own.
  var takesConditions: Bool {
    switch kind {
    case .and, .or, .not: true
    default: false
    }
  }
}
