public import PartitionPredicate

/// What a ledger has about the output partitions of one job: at most one record for each.
///
/// A ledger names partitions by their path, spelled with the keys that the output had then. A path that the present
/// keys do not spell that way, because keys were renamed or retyped, is not one of the job's partitions and is kept
/// separately.
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

  /// The records under other keys whose path these keys can still read, such as `day=01` of a key that was text and is
  /// now a number.
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
  /// A partition as named in a ledger.
  ///
  /// - Parameters:
  ///   - path: The canonical path with the keys that the output had when it was recorded.
  ///   - keys: The output's current keys; nil when the job is not at hand. A path that they do not spell that way gives
  ///     a partition whose keys are the names in the path, all of them text: it can be shown, and looked up among
  ///     partitions of the same kind. Its `keys` reveal this.
  /// - Throws: `RecordedPathError` for text that was never a partition's path.
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

  /// The same partition under the output's current keys, for work that cannot continue under others.
  ///
  /// - Throws: `PartitionError` when they cannot read its path.
  public func read(as keys: [PartitionKey]) throws(PartitionError) -> Partition {
    self.keys == keys ? self : try Partition(path: path, keys: keys)
  }
}

/// A ledger names a partition by a text that is not a path.
public struct RecordedPathError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The recorded text.
  public let path: ExactText

  /// What is wrong.
  public var description: String { "\(path) is not the path of a partition" }
}
