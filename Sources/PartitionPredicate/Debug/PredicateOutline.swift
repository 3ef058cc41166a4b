/// The clauses of a predicate as a numbered outline.
public struct PredicateOutline: Hashable, Sendable {
  /// The predicate.
  public let predicate: PushdownPredicate
  /// The text that it was read from: what the clauses' ranges mean.
  public let source: String
  /// Its clauses; the one with number n is at index n - 1.
  public private(set) var clauses: [PredicateClause] = []

  /// Reads a predicate and numbers its clauses.
  ///
  /// - Parameters:
  ///   - source: The predicate's text.
  ///   - keys: The keys that it may name.
  ///   - today: What `current_date` means, in days since 1970-01-01.
  /// - Throws: `PushdownPredicateError` when the text is not a predicate over the keys.
  public init(_ source: String, keys: [PartitionKey], today: Int) throws(PushdownPredicateError) {
    predicate = try PushdownPredicate(source, keys: keys, today: today)
    self.source = source
    var treeIndex = 0
    append(predicate.root, parent: nil, depth: 0, isClause: true, treeIndex: &treeIndex)
  }

  /// The clause with a number from 1.
  public subscript(number: Int) -> PredicateClause { clauses[number - 1] }

  /// A clause as it was written.
  public func text(of number: Int) -> String { text(of: self[number].node) }

  /// Where a clause begins in the text, in characters from 1.
  public func column(of number: Int) -> Int {
    let before = source.utf8.prefix(self[number].node.range.lowerBound)
    return String(decoding: before, as: UTF8.self).unicodeScalars.count + 1
  }

  /// A node as it was written.
  public func text(of node: PredicateNode) -> String {
    let utf8 = source.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: node.range.lowerBound)
    return String(Substring(utf8[start..<utf8.index(start, offsetBy: node.range.count)]))
  }

  /// The numbers from a clause out to the whole predicate.
  public func path(to number: Int) -> [Int] {
    Array(sequence(first: number) { self[$0].parent })
  }

  private mutating func append(
    _ node: PredicateNode, parent: Int?, depth: Int, isClause: Bool, treeIndex: inout Int
  ) {
    let index = treeIndex
    treeIndex += 1
    var inner = parent
    if isClause {
      let number = clauses.count + 1
      clauses.append(
        PredicateClause(
          number: number, node: node, parent: parent, depth: depth, treeIndex: index))
      if let parent { clauses[parent - 1].children.append(number) }
      inner = number
    }
    for child in node.children {
      append(
        child, parent: inner, depth: isClause ? depth + 1 : depth,
        isClause: node.takesConditions || !child.isOperand, treeIndex: &treeIndex)
    }
  }
}

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
