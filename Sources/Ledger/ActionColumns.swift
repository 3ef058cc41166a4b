import GRDB
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

  /// The action that the columns stand for; nil for none.
  ///
  /// - Throws: `DatabaseError` of a damaged ledger for another combination.
  func action() throws -> PublishAction? {
    switch (name, staged, published) {
    case ("publish", let staged?, let published):
      return .publish(staged: staged, replaced: published)
    case ("remove", nil, let published?): return .remove(published: published)
    case ("none", nil, nil): return nil
    default:
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT,
        message: "publish.action cannot be \(name) with the folders that its entry names")
    }
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
