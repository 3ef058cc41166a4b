/// Known partitions by column: per key the distinct values, sorted, and one code a row.
///
/// Built once from a listing, it answers many predicates: each clause is decided once a distinct
/// value, not once a partition. Rows are numbered as the partitions were given.
public struct PartitionTable: Sendable {
  /// One key's values.
  struct Column: Sendable {
    /// Distinct and sorted; NULL is the first where it occurs.
    let values: [PartitionValue]
    /// The index of each row's value.
    let codes: [UInt32]
  }

  /// The keys, in the order of the partitions' values.
  public let keys: [PartitionKey]
  /// The number of partitions.
  public let count: Int
  let columns: [Column]

  /// Encodes partitions in about O(n) for values that recur in the same order, as sorted ones do.
  ///
  /// - Parameters:
  ///   - partitions: In any order, each with one value a key.
  ///   - keys: The keys of the partitions' values, in their order.
  public init(_ partitions: [Partition], keys: [PartitionKey]) {
    self.keys = keys
    count = partitions.count
    columns = keys.indices.map { key in
      Column(partitions.lazy.map { $0.values[key] }, keys[key].type)
    }
  }

  /// The values of a row, one a key.
  public func values(at row: Int) -> [PartitionValue] {
    columns.map { $0.values[Int($0.codes[row])] }
  }

  /// The partition of a row.
  public func partition(at row: Int) -> Partition {
    Partition(keys: keys, values: values(at: row))
  }
}
