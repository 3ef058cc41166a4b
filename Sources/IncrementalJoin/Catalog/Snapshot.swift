public import Foundation

/// A table's listing at one instant.
public struct Snapshot: Sendable {
  /// The table that was listed, as it was declared then.
  public let table: TableDefinition
  /// When the listing began, so that nothing written later can count as seen.
  public let listedAt: Date
  /// The partitions that have at least one data file.
  public let partitions: [Partition: PartitionListing]
  /// What the listing met and did not count, sorted by path.
  public let problems: [ListingProblem]

  /// Creates a snapshot from what a listing found.
  public init(
    table: TableDefinition, listedAt: Date, partitions: [Partition: PartitionListing],
    problems: [ListingProblem]
  ) {
    self.table = table
    self.listedAt = listedAt
    self.partitions = partitions
    self.problems = problems
  }

  /// The first failure that left a part of the table unseen: then nothing may count as deleted.
  public var failure: ListingProblem? { problems.first { $0.severity == .incomplete } }

  /// The number of data files.
  public var fileCount: Int { partitions.values.reduce(0) { $0 + $1.version.files.count } }

  /// The sum of the data files' sizes, in bytes.
  public var bytes: Int64 { partitions.values.reduce(0) { $0 + $1.version.bytes } }
}

/// One partition as a listing saw it.
public struct PartitionListing: Hashable, Sendable {
  /// All data files of the partition, at least one, whatever spelling their folders have.
  public let version: PartitionVersion
  /// The raw values of the path in every spelling found (`01` and `1` of an int key are one partition).
  public let spellings: [[String]]

  /// Creates a listing of one partition.
  public init(version: PartitionVersion, spellings: [[String]]) {
    self.version = version
    self.spellings = spellings
  }
}
