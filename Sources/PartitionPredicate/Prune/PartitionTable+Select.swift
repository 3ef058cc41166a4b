extension PartitionTable {
  /// The rows that a predicate selects: those for which it is TRUE.
  ///
  /// Every part that depends on one key becomes a set of that key's values: by binary search for
  /// comparisons as the key's own type, else by evaluating it once a distinct value. Alternatives are
  /// chosen by a key's value, so that the work does not grow as terms times partitions. Only what
  /// compares keys with each other is evaluated row by row, last and only where the rest is TRUE.
  ///
  /// - Parameter predicate: Bound to this table's keys.
  /// - Returns: The rows, in ascending order.
  public func select(_ predicate: PushdownPredicate) -> RowSet {
    precondition(predicate.keys == keys, "the predicate is bound to the table's keys")
    let filter = PredicateCompiler(predicate, self).compile(predicate.root.withNegationsDown)
    var selection = RowSelection(self)
    var rows = RowSet(capacity: count)
    rows.insert(selection.rows(filter, among: Array(0..<UInt32(count))))
    return rows
  }
}

extension PushdownPredicate {
  /// The partitions that the predicate selects, in their order.
  ///
  /// Their keys are found by name, ignoring case; a partition that lacks one is not selected. The work
  /// does not grow as terms times partitions.
  public func filter(_ partitions: [Partition]) -> [Partition] {
    var reordered: [Partition] = []
    var places: [Int] = []
    for (place, partition) in partitions.enumerated() {
      guard let same = partition.keys == keys ? partition : partition.reordered(to: keys) else {
        continue
      }
      reordered.append(same)
      places.append(place)
    }
    return PartitionTable(reordered, keys: keys).select(self).map { partitions[places[$0]] }
  }
}

/// What an edited predicate selects beside another one, among the known partitions.
public struct SelectionDifference: Hashable, Sendable {
  /// The partitions that both select.
  public let common: [Partition]
  /// Selected by the edited predicate only.
  public let gained: [Partition]
  /// Selected by the other predicate only.
  public let lost: [Partition]

  /// Compares two predicates over the known partitions, in their order.
  public init(from before: PushdownPredicate, to after: PushdownPredicate, among known: [Partition])
  {
    let old = Set(before.filter(known))
    let new = Set(after.filter(known))
    common = known.filter { old.contains($0) && new.contains($0) }
    gained = known.filter { !old.contains($0) && new.contains($0) }
    lost = known.filter { old.contains($0) && !new.contains($0) }
  }
}

/// Turns a predicate whose NOTs are moved down into a filter of a table's rows.
private struct PredicateCompiler {
  private let predicate: PushdownPredicate
  private let table: PartitionTable
  private let builder: RowFilterBuilder

  init(_ predicate: PushdownPredicate, _ table: PartitionTable) {
    self.predicate = predicate
    self.table = table
    builder = RowFilterBuilder(sizes: table.columns.map(\.values.count))
  }

  /// The filter of the rows for which a node is TRUE.
  func compile(_ node: PredicateNode) -> RowFilter {
    switch node.kind {
    case .and(let terms): return builder.all(terms.map(compile))
    case .or(let terms): return builder.any(terms.map(compile))
    default:
      if let (key, code) = equality(node) {
        return code.map { builder.codes(key, CodeSet([$0..<($0 + 1)])) } ?? .none
      }
      switch LeafTruths(node, predicate, table) {
      case .constant(let truth): return truth == .isTrue ? .all : .none
      case .codes(let key, let isTrue, _): return builder.codes(key, isTrue)
      case .evaluate(let leaf): return .evaluate(leaf)
      }
    }
  }

  /// The key and the code of `key = literal`, of which there may be very many; the code is nil where
  /// no row has the value, and the whole is nil for other nodes.
  private func equality(_ node: PredicateNode) -> (key: Int, code: UInt32?)? {
    guard case .comparison(.equal, let left, let right, let type) = node.kind,
      let key = left.keyIndex, case .literal(let value) = right.kind, right.type == type,
      ValueType(predicate.keys[key].type) == type
    else { return nil }
    return (key, value == .null ? nil : table.columns[key].code(of: value))
  }
}
