public import PartitionPredicate

/// What knows the partitions of tables, and the files of each.
public protocol TableReader: Sendable {
  /// Lists a table.
  ///
  /// Whatever cannot be counted as data, a missing location and missing permissions included, is a problem of the
  /// snapshot, not an error. A listing that failed anywhere is incomplete.
  ///
  /// - Parameters:
  ///   - table: As it is declared.
  ///   - predicate: The partitions that are asked for, over the table's keys; nil for all. Of others the snapshot says
  ///     nothing: they may be in it or not.
  /// - Returns: What was found, and what could not be counted as data.
  func snapshot(of table: TableDefinition, where predicate: PushdownPredicate?) async -> Snapshot
}

extension TableReader {
  /// Lists all partitions of a table.
  public func snapshot(of table: TableDefinition) async -> Snapshot {
    await snapshot(of: table, where: nil)
  }
}
