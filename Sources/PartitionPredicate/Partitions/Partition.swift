/// A partition of a table: the typed tuple of its partition values.
///
/// Identity is the tuple alone; `keys` travel with it so that a partition can always be written down.
public struct Partition: Sendable {
  /// In the order of the folders, outermost first.
  public let keys: [PartitionKey]
  /// One value a key, in the order of `keys`.
  public let values: [PartitionValue]

  /// Creates a partition from one value a key.
  public init(keys: [PartitionKey], values: [PartitionValue]) {
    precondition(keys.count == values.count, "a partition has one value a key")
    self.keys = keys
    self.values = values
  }

  /// The canonical Hive path, percent-encoded: `month=1/day=31`.
  ///
  /// It names the partition in the ledger, on the command line and in the output's folders.
  public var path: ExactText {
    ExactText(
      zip(keys, values).map { "\(HivePath.encode($0.name))=\(HivePath.encode($1.text))" }
        .joined(separator: "/"))
  }

  /// The value of a key by its name, ignoring case; nil when there is no such key.
  public subscript(name: String) -> PartitionValue? {
    keys.firstIndex { $0.name.isSameName(as: name) }.map { values[$0] }
  }

  /// The same partition with its values in the order of other keys of the same names.
  ///
  /// - Returns: nil when a name is missing here.
  public func reordered(to order: [PartitionKey]) -> Partition? {
    var values: [PartitionValue] = []
    for key in order {
      guard let index = keys.firstIndex(where: { $0.name.isSameName(as: key.name) }) else {
        return nil
      }
      values.append(self.values[index])
    }
    return Partition(keys: order, values: values)
  }
}

extension Partition: Hashable, Comparable, CustomStringConvertible {
  /// Two partitions are equal when their values are; the keys do not count.
  public static func == (left: Partition, right: Partition) -> Bool { left.values == right.values }

  /// Orders by the outermost key first, each by its typed value: int `day=2` before `day=10`.
  public static func < (left: Partition, right: Partition) -> Bool {
    left.values.lexicographicallyPrecedes(right.values)
  }

  /// Hashes what equality compares: the values.
  public func hash(into hasher: inout Hasher) { hasher.combine(values) }

  /// The canonical path: `month=1/day=31`.
  public var description: String { path.text }
}
