public import IncrementalJoin

extension DataFile {
  /// A file as a local file system names it, by inode and time of change.
  public init(
    path: ExactText, size: Int64, modified: Int64, inode: UInt64, changed: Int64,
    digest: String? = nil, isFinal: Bool = true
  ) {
    self.init(
      path: path, size: size, modified: modified, stamp: "\(inode) \(changed)", digest: digest,
      isFinal: isFinal)
  }
}
