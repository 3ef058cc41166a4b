/// Why a predicate selects a partition, or why it does not: the clauses that decided.
public struct PartitionExplanation: Hashable, Sendable {
  /// A clause on the way from the whole predicate to what decided.
  public struct Line: Hashable, Sendable {
    /// The clause's number in the outline.
    public let clause: Int
    /// What it is for the partition.
    public let truth: Truth
    /// How many lines of the way are above it.
    public let depth: Int
    /// Whether the way ends here: nothing inside it has to be asked.
    public let decides: Bool
    /// Why it is so, as the end of a sentence: `month is 12`; nil where the lines below say it, and for what asks for no
    /// key, which is the same for every partition.
    public let reason: String?
  }

  /// How many alternatives of an OR that is not TRUE are shown, the nearest misses first.
  public static let alternatives = 3

  /// The partition.
  public let partition: Partition
  /// What the predicate is for it.
  public let truth: Truth
  /// From the whole predicate inwards.
  public private(set) var lines: [Line] = []
  /// How many alternatives of ORs are left out of `lines`.
  public private(set) var omitted = 0

  /// Explains what a predicate is for a partition.
  public init(_ outline: PredicateOutline, _ partition: Partition) {
    self.partition = partition
    let ground = Ground(outline, partition)
    truth = ground.truth(of: 1)
    follow(1, depth: 0, ground)
  }

  /// The clauses that decided, without those that only contain them.
  public var deciding: [Line] { lines.filter(\.decides) }

  private mutating func follow(_ number: Int, depth: Int, _ ground: Ground) {
    let clause = ground.outline[number]
    let truth = ground.truth(of: number)
    let inner = ground.deciding(clause, truth)
    lines.append(
      Line(
        clause: number, truth: truth, depth: depth, decides: inner.isEmpty,
        reason: inner.isEmpty ? ground.reason(clause.node) : nil))
    let isMiss = inner.count > Self.alternatives && truth != .isTrue
    let shown = isMiss ? ground.nearest(inner, Self.alternatives) : inner
    omitted += inner.count - shown.count
    for child in shown { follow(child, depth: depth + 1, ground) }
  }
}

/// A predicate with the values of one partition.
private struct Ground {
  let outline: PredicateOutline
  let evaluator: PredicateEvaluator
  let values: [PartitionValue]

  init(_ outline: PredicateOutline, _ partition: Partition) {
    self.outline = outline
    evaluator = PredicateEvaluator(outline.predicate)
    values = outline.predicate.keys.map { partition[$0.name] ?? .null }
  }

  func truth(of number: Int) -> Truth {
    Truth(evaluator.value(of: outline[number].node, values)) ?? .isNull
  }

  /// The clauses inside one that make it what it is; none for one that is decided by its operands.
  func deciding(_ clause: PredicateClause, _ truth: Truth) -> [Int] {
    func first(_ wanted: Truth) -> [Int] {
      clause.children.first { self.truth(of: $0) == wanted }.map { [$0] } ?? []
    }
    return switch (clause.node.kind, truth) {
    case (.and, .isFalse): first(.isFalse)
    case (.or, .isTrue): first(.isTrue)
    case (.and, .isNull), (.or, .isNull): clause.children.filter { self.truth(of: $0) == .isNull }
    case (.and, .isTrue), (.or, .isFalse), (.not, _): clause.children
    default: []
    }
  }

  /// The clauses in which most leaves are TRUE, in the order of the text.
  func nearest(_ numbers: [Int], _ count: Int) -> [Int] {
    let ranked = numbers.map { (number: $0, hits: hits($0)) }
      .sorted { ($1.hits, $0.number) < ($0.hits, $1.number) }
    return ranked.prefix(count).map(\.number).sorted()
  }

  private func hits(_ number: Int) -> Int {
    let children = outline[number].children
    if children.isEmpty { return truth(of: number) == .isTrue ? 1 : 0 }
    return children.reduce(0) { $0 + hits($1) }
  }

  /// The values of the keys that a node asks for: `month is 12, day is NULL`.
  ///
  /// nil for a node that asks for none.
  func reason(_ node: PredicateNode) -> String? {
    var keys: [Int] = []
    collectKeys(node, into: &keys)
    guard !keys.isEmpty else { return nil }
    return keys.map { "\(outline.predicate.keys[$0].name) is \(values[$0].literalText)" }
      .joined(separator: ", ")
  }

  private func collectKeys(_ node: PredicateNode, into keys: inout [Int]) {
    if case .key(let index) = node.kind, !keys.contains(index) { keys.append(index) }
    for child in node.children { collectKeys(child, into: &keys) }
  }
}

extension PartitionValue {
  /// The value as a short text for people: `12`, `'01'`, `2013-12-31`, `NULL`.
  public var literalText: String {
    switch self {
    case .null: "NULL"
    case .string(let string):
      {
        var literal = ""
        SparkText(keys: []).write(string: string, to: &literal)
        return literal
      }()
    case .boolean(let flag): flag ? "TRUE" : "FALSE"
    case .integer, .decimal, .date, .timestamp: text
    }
  }
}

extension PartitionExplanation {
  /// The explanation as one sentence.
  ///
  /// Such as: `month=12/day=31 is not selected: "month = 2" is FALSE, since month is 12.`
  public func sentence(_ outline: PredicateOutline) -> String {
    let verdict = truth == .isTrue ? "is selected" : "is not selected"
    let because = deciding.map { line -> String in
      let text = outline.text(of: line.clause)
      if let reason = line.reason {
        return "\"\(text)\" is \(line.truth.rawValue), since \(reason)"
      }
      guard case .literal = outline[line.clause].node.kind else {
        return "\"\(text)\" is \(line.truth.rawValue) for every partition"
      }
      return line.clause == 1
        ? "\(text) selects \(line.truth == .isTrue ? "every" : "no") partition"
        : "\(text) decides for every partition"
    }
    let rest =
      omitted == 0 ? "" : "; and so for \(omitted) more alternative\(omitted == 1 ? "" : "s")"
    let null = truth == .isNull ? " (the predicate is NULL, which selects nothing)" : ""
    return "\(partition) \(verdict)\(null): \(because.joined(separator: "; "))\(rest)."
  }
}
