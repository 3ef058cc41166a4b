public import Foundation

/// One data file of a partition, as a listing saw it.
public struct DataFile: Hashable, Sendable, Codable {
  /// Relative to the table's location, in the spelling of the file system: `month=01/day=1/part-0.parquet`.
  public let path: ExactText
  /// In bytes.
  public let size: Int64
  /// The modification time in nanoseconds since 1970-01-01 UTC.
  public let modified: Int64
  /// The file's inode; 0 where the storage has none.
  public let inode: UInt64
  /// The time of the last change of the inode (ctime), in nanoseconds since 1970-01-01 UTC.
  public let changed: Int64
  /// The SHA-256 of the content in hexadecimal, known once a run has read the file.
  public var digest: String?

  /// Creates a data file from the facts of a listing.
  public init(
    path: ExactText, size: Int64, modified: Int64, inode: UInt64, changed: Int64,
    digest: String? = nil
  ) {
    self.path = path
    self.size = size
    self.modified = modified
    self.inode = inode
    self.changed = changed
    self.digest = digest
  }

  /// How far a file may be dated after the listing that sees it: it may have been written while the
  /// listing went on, and two clocks are never quite the same.
  public static let clockTolerance = Duration.seconds(60)

  /// Whether the file is dated so far after a listing began that some clock must be wrong.
  public func isFromFuture(at listedAt: Date) -> Bool {
    Duration.seconds(Date(nanoseconds: modified).timeIntervalSince(listedAt)) > Self.clockTolerance
  }

  /// Whether path, size and modification time agree: the facts that name a partition version.
  public func hasSameVersion(as other: DataFile) -> Bool {
    path == other.path && size == other.size && modified == other.modified
  }

  /// Whether inode and ctime agree too, so that nobody touched the file in between.
  public func isUntouched(since other: DataFile) -> Bool {
    hasSameVersion(as: other) && inode == other.inode && changed == other.changed
  }
}
