import IncrementalJoin

/// A publish action as the columns of the journal.
struct ActionColumns {
  let name: String
  let staged: FolderID?
  let published: FolderID?

  init(name: String, staged: FolderID?, published: FolderID?) {
    self.name = name
    self.staged = staged
    self.published = published
  }

  init(_ action: PublishAction?) {
    switch action {
    case .publish(let staged, let replaced):
      self.init(name: "publish", staged: staged, published: replaced)
    case .remove(let published):
      self.init(name: "remove", staged: nil, published: published)
    case nil:
      self.init(name: "none", staged: nil, published: nil)
    }
  }

  /// The constraints of the table let every other combination be absent.
  var action: PublishAction? {
    if let staged { return .publish(staged: staged, replaced: published) }
    return published.map { .remove(published: $0) }
  }
}

extension FolderID {
  /// SQLite's integers are signed; the bit pattern keeps all of the 64 bits.
  var deviceBits: Int64 { Int64(bitPattern: device) }
  var inodeBits: Int64 { Int64(bitPattern: inode) }

  /// Reads two columns; nil when they are NULL.
  init?(device: Int64?, inode: Int64?) {
    guard let device, let inode else { return nil }
    self.init(device: UInt64(bitPattern: device), inode: UInt64(bitPattern: inode))
  }
}
