extension PartitionTable {
  /// The rows that a predicate selects: those for which it is TRUE.
  ///
  /// - Parameter predicate: Bound to this table's keys.
  /// - Returns: The rows, in ascending order.
  public func select(_ predicate: PushdownPredicate) -> RowSet {
    CompiledPredicate(predicate, for: self).selectedRows()
  }
}

/// A predicate compiled for one partition table.
///
/// Every part that depends on one key becomes a set of that key's values: by binary search for
/// comparisons as the key's own type, else by evaluating it once a distinct value. Alternatives are
/// chosen by a key's value, so that the work does not grow as terms times partitions. Only what
/// compares keys with each other is evaluated row by row, last and only where the rest is TRUE.
public struct CompiledPredicate: Sendable {
  let table: PartitionTable
  let filter: RowFilter

  /// Compiles a predicate that is bound to the table's keys.
  public init(_ predicate: PushdownPredicate, for table: PartitionTable) {
    precondition(predicate.keys == table.keys, "the predicate is bound to the table's keys")
    self.table = table
    filter = PredicateCompiler(predicate, table).compile(predicate.root.withNegationsDown)
  }

  /// The rows for which the predicate is TRUE.
  public func selectedRows() -> RowSet {
    var selection = RowSelection(table)
    var rows = RowSet(capacity: table.count)
    rows.insert(selection.rows(filter, among: Array(0..<UInt32(table.count))))
    return rows
  }
}
