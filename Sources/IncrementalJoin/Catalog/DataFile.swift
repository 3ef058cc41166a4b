public import Foundation
public import PartitionPredicate

/// One data file of a partition, as a listing saw it.
///
/// Tag and stamp are opaque texts of words with one space between two of them.
public struct DataFile: Hashable, Sendable {
  /// Relative to the table's location, in the spelling of the store: `month=01/day=1/part-0.parquet`.
  public let path: ExactText
  /// In bytes.
  public let size: Int64
  /// The modification time in nanoseconds since 1970-01-01 UTC.
  public let modified: Int64
  /// The store's identifier for the content, such as an ETag and a size; other content has another tag.
  ///
  /// nil where the store knows no more than size and modification time.
  public let tag: ExactText?
  /// Anything else the store knows, which may change even when the content does not; nil where it knows nothing.
  public let stamp: ExactText?
  /// The text of a `ContentDigest`, known once a run has read the file; for a file that is not final, the listing
  /// computes it.
  public var digest: String?
  /// Whether the file's times were older than the listing by at least the resolution of its clock, so that a later
  /// write must leave other times.
  ///
  /// For a file that was not final, only its digest shows whether it is still the same.
  public private(set) var isFinal = true

  /// Creates a data file from the facts of a listing.
  public init(
    path: ExactText, size: Int64, modified: Int64, tag: ExactText? = nil, stamp: ExactText? = nil,
    digest: String? = nil, isFinal: Bool = true
  ) {
    self.path = path
    self.size = size
    self.modified = modified
    self.tag = tag
    self.stamp = stamp
    self.digest = digest
    self.isFinal = isFinal
  }

  /// The same file under another path, because a partition's folder may be anywhere.
  package func named(_ path: ExactText) -> DataFile {
    DataFile(
      path: path, size: size, modified: modified, tag: tag, stamp: stamp, digest: digest,
      isFinal: isFinal)
  }

  /// How far a file may be dated after the listing that sees it: it may have been written during the listing, and two
  /// clocks are never exactly the same.
  public static let clockTolerance = Duration.seconds(60)

  /// Whether the file is dated so far after a listing began that some clock must be wrong.
  public func isFromFuture(at listedAt: Date) -> Bool {
    Duration.seconds(Date(nanoseconds: modified).timeIntervalSince(listedAt)) > Self.clockTolerance
  }

  /// The words that name its content among all that the path ever had: the tag, or size and modification time.
  var content: ExactText { tag ?? "\(size) \(modified)" }

  /// Whether path, content and stamp agree.
  public func hasSameStamps(as other: DataFile) -> Bool {
    path == other.path && hasSameContent(as: other) && stamp == other.stamp
  }

  private func hasSameContent(as other: DataFile) -> Bool {
    guard tag == nil, other.tag == nil else { return tag == other.tag }
    return size == other.size && modified == other.modified
  }

  /// Whether the stamps show that the file has not been touched since the other listing saw it.
  public func isUntouched(since other: DataFile) -> Bool {
    hasSameStamps(as: other) && other.isFinal
  }

  /// Whether the file may be the other one, so that only its content tells whether it was rewritten: path and size
  /// agree, and, where the store does not name contents, so does the modification time, apart from what an archive or a
  /// file system truncates.
  public func mayBeCopy(of other: DataFile) -> Bool {
    guard path == other.path, size == other.size else { return false }
    if tag != nil, other.tag != nil { return true }
    let difference = (modified - other.modified).magnitude
    // Microseconds, milliseconds, seconds as in tar, two seconds as in zip and on FAT.
    return difference == 0
      || [1_000, 1_000_000, 1_000_000_000, 2_000_000_000].contains { unit in
        modified.isMultiple(of: unit) && difference < unit
      }
  }
}

extension Date {
  /// The instant of a file's modification time.
  init(nanoseconds: Int64) {
    self.init(timeIntervalSince1970: Double(nanoseconds) / 1e9)
  }

  /// The instant of a border of a span.
  init(microseconds: Int64) {
    self.init(timeIntervalSince1970: Double(microseconds) / 1e6)
  }
}
