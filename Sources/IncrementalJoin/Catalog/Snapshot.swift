public import Foundation
public import PartitionPredicate

/// A table's listing at one instant.
public struct Snapshot: Sendable {
  /// The table that was listed, as it was declared then.
  public let table: TableDefinition
  /// When the listing began, so nothing written later can count as seen.
  public let listedAt: Date
  /// The partitions that have at least one data file.
  public let partitions: [Partition: PartitionListing]
  /// What the listing found and did not count, sorted by path.
  public let problems: [ListingProblem]

  /// The places where a name is not UTF-8.
  public let unreadNames: [UnreadName]
  /// Whether all partitions were requested.
  public let isWhole: Bool

  /// Creates a snapshot from what a listing found.
  public init(
    table: TableDefinition, listedAt: Date, partitions: [Partition: PartitionListing],
    problems: [ListingProblem], unreadNames: [UnreadName] = [], isWhole: Bool = true
  ) {
    self.table = table
    self.listedAt = listedAt
    self.partitions = partitions
    self.problems = problems
    self.unreadNames = unreadNames
    self.isWhole = isWhole
  }

  /// The same snapshot with more problems, except those it already has.
  func adding(_ more: [ListingProblem]) -> Snapshot {
    let new = more.filter { !problems.contains($0) }
    return new.isEmpty
      ? self
      : Snapshot(
        table: table, listedAt: listedAt, partitions: partitions,
        problems: (problems + new).sorted { $0.path < $1.path }, unreadNames: unreadNames,
        isWhole: isWhole)
  }

  /// The same snapshot with what a later listing found about other partitions.
  func adding(_ other: Snapshot) -> Snapshot {
    let names = Set(unreadNames)
    return Snapshot(
      table: table, listedAt: min(listedAt, other.listedAt),
      partitions: partitions.merging(other.partitions) { own, _ in own }, problems: problems,
      unreadNames: unreadNames + other.unreadNames.filter { !names.contains($0) },
      isWhole: isWhole
    ).adding(other.problems)
  }

  /// The same snapshot without partitions that were not requested.
  func only(_ filter: PrefixFilter?) -> Snapshot {
    guard let filter else { return self }
    return Snapshot(
      table: table, listedAt: listedAt,
      partitions: partitions.filter { filter.admits($0.key.values) }, problems: problems,
      unreadNames: unreadNames.filter { filter.admits($0.values) }, isWhole: false)
  }

  /// The files whose names are not UTF-8, which belong to a known partition.
  var unreadFiles: [UnreadName] { unreadNames.filter { $0.values.count == table.keys.count } }

  /// The first failure that left a part of the table unseen: then nothing may count as deleted.
  public var failure: ListingProblem? { problems.first { $0.severity == .incomplete } }

  /// A name that is not UTF-8 and may belong to this partition, so the listing may not have all of it.
  ///
  /// - Parameters:
  ///   - partition: In the order of the table's keys.
  ///   - wasSeen: Whether it is known from an earlier listing; if it is not listed now, a folder with such a name may
  ///     hold it.
  /// - Returns: The first in the order of the paths; nil when the listing has all of it.
  func unreadName(in partition: Partition, wasSeen: Bool) -> UnreadName? {
    let mayBeHidden = wasSeen && partitions[partition] == nil
    return unreadNames.first { name in
      name.values.count == partition.values.count
        ? name.values == partition.values
        : mayBeHidden && partition.values.starts(with: name.values)
    }
  }

  /// The number of data files.
  public var fileCount: Int { partitions.values.reduce(0) { $0 + $1.version.files.count } }

  /// The sum of the data files' sizes, in bytes.
  public var bytes: Int64 { partitions.values.reduce(0) { $0 + $1.version.bytes } }
}

/// A file or folder that a listing could not read, since its name is not UTF-8.
public struct UnreadName: Hashable, Sendable {
  /// The values of the folders above it: all of a partition's for a file, fewer for a folder.
  public let values: [PartitionValue]
  /// Relative to the table's location, with `\xFC` for a byte that is not UTF-8.
  public let path: ExactText

  /// Creates a name from where it was found.
  public init(values: [PartitionValue], path: ExactText) {
    self.values = values
    self.path = path
  }
}

/// One partition as a listing saw it.
public struct PartitionListing: Hashable, Sendable {
  /// All data files of the partition, at least one, whatever spelling their folders have.
  public let version: PartitionVersion
  /// The raw values of the path in every spelling found (`01` and `1` of an int key are one partition).
  public let spellings: [[ExactText]]

  /// Creates a listing of one partition.
  public init(version: PartitionVersion, spellings: [[ExactText]]) {
    self.version = version
    self.spellings = spellings
  }
}
