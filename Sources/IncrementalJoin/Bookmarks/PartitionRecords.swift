public import PartitionPredicate

/// What a ledger holds of the output partitions of one job: at most one record of each.
///
/// A ledger names partitions by their path, as the keys spelled it that the output had then. What the present keys
/// do not spell so, since keys were renamed or retyped, is none of the job's partitions and is kept apart.
public struct PartitionRecords<Record: Sendable>: Sendable {
  /// By partition of the present keys.
  public private(set) var byPartition: [Partition: Record] = [:]
  /// Of other keys, by path.
  public private(set) var others: [ExactText: Record] = [:]

  /// Creates no records.
  public init() {}

  /// Sorts records by the present keys of a job's output; of two of one path the later one counts.
  ///
  /// - Parameters:
  ///   - records: By path.
  ///   - keys: nil for those of each path, see `Partition.init(recorded:keys:)`; then there are no others.
  /// - Throws: `RecordedPathError`.
  public init(
    _ records: some Sequence<(ExactText, Record)>, keys: [PartitionKey]?
  ) throws(RecordedPathError) {
    for (path, record) in records {
      let partition = try Partition(recorded: path, keys: keys)
      if keys == nil || partition.keys == keys {
        byPartition[partition] = record
      } else {
        others[path] = record
      }
    }
  }

  /// The record of a partition of the present keys; nil without one.
  public subscript(partition: Partition) -> Record? { byPartition[partition] }

  /// All records, those of other keys included.
  public var all: [Record] { Array(byPartition.values) + others.values }

  /// The records of other keys whose path these keys can read all the same, such as `day=01` of a key that was text
  /// and is a number now.
  public func respelled(as keys: [PartitionKey]) -> [(partition: Partition, record: Record)] {
    others.compactMap { path, record in
      (try? Partition(path: path, keys: keys)).map { ($0, record) }
    }
  }

  /// The records that a condition holds for.
  public func filter(_ isWanted: (Record) throws -> Bool) rethrows -> PartitionRecords {
    var wanted = PartitionRecords()
    wanted.byPartition = try byPartition.filter { try isWanted($0.value) }
    wanted.others = try others.filter { try isWanted($0.value) }
    return wanted
  }
}

extension PartitionRecords: Equatable where Record: Equatable {}

extension Partition {
  /// A partition as a ledger names it.
  ///
  /// - Parameters:
  ///   - path: The canonical path of the keys that the output had when it was recorded.
  ///   - keys: Those that the output has now; nil when the job is not at hand. A path that they do not spell so
  ///     gives a partition whose keys are the names in the path, all of them text: to be shown, and to be looked
  ///     up among its like only. Its `keys` tell.
  /// - Throws: `RecordedPathError` for a text that never was a partition's path.
  public init(recorded path: ExactText, keys: [PartitionKey]?) throws(RecordedPathError) {
    if let keys, let partition = try? Partition(path: path, keys: keys), partition.path == path {
      self = partition
      return
    }
    let folders = (path == "." ? [] : path.parts(separatedBy: "/")).map { HivePath.split($0.text) }
    let names = folders.compactMap { $0?.name }
    self.init(
      keys: names.map { PartitionKey(name: $0, type: .string) },
      values: folders.compactMap { $0.flatMap { PartitionValue(raw: $0.value, type: .string) } })
    guard self.path == path else { throw RecordedPathError(path: path) }
  }

  /// The same partition under the keys that the output has now, for what cannot go on under others.
  ///
  /// - Throws: `PartitionError` when they cannot read its path.
  public func read(as keys: [PartitionKey]) throws(PartitionError) -> Partition {
    self.keys == keys ? self : try Partition(path: path, keys: keys)
  }
}

/// A ledger names a partition by a text that is not a path.
public struct RecordedPathError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What stands there.
  public let path: ExactText

  /// What is wrong.
  public var description: String { "\(path) is not the path of a partition" }
}
