import CPOSIX
public import IncrementalJoin
public import PartitionPredicate

/// What a local file system tells of a file beside its size and time: whoever writes, moves or touches the file
/// leaves another stamp.
public struct LocalStamp: Hashable, Sendable {
  /// The number of the file on its file system (`st_ino`).
  public let inode: UInt64
  /// The time of the last change of the inode (ctime), in nanoseconds since 1970-01-01 UTC.
  public let changed: Int64

  /// Creates a stamp from what the system reports.
  public init(inode: UInt64, changed: Int64) {
    self.inode = inode
    self.changed = changed
  }

  /// Reads the stamp of a file that this storage has listed; nil for another storage's.
  public init?(_ file: DataFile) {
    let words = file.stamp?.parts(separatedBy: " ") ?? []
    guard words.count == 2, let inode = UInt64(words[0].text), let changed = Int64(words[1].text)
    else { return nil }
    self.init(inode: inode, changed: changed)
  }

  /// As `DataFile.stamp` holds it; ledgers do, too.
  public var text: ExactText { "\(inode) \(changed)" }
}

extension DataFile {
  /// Takes what the system reports of a file.
  init(path: ExactText, facts: SystemFacts, isFinal: Bool = true, digest: String? = nil) {
    self.init(
      path: path, size: facts.size, modified: facts.modified,
      stamp: LocalStamp(inode: facts.inode, changed: facts.changed).text, digest: digest,
      isFinal: isFinal)
  }
}
