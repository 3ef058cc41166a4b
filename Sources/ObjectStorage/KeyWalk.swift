import Foundation
import IncrementalJoin
import PartitionPredicate

/// Shows a visitor keys, which come in the order of their bytes, as folders and files.
struct KeyWalk {
  /// What all keys begin with.
  private let prefix: ExactText
  /// The folders in which the last key lies, from the outer to the inner one, with a slash at the end of each, and
  /// whether it was entered.
  private var folders: [(path: ExactText, isEntered: Bool)] = []
  /// Whether there was any key.
  private(set) var hasFound = false

  init(prefix: ExactText) { self.prefix = prefix }

  /// Shows an object, and before it the folders that begin with it.
  ///
  /// An object whose key ends in a slash stands for a folder without files.
  mutating func visit<Visitor: FolderVisitor>(_ object: ObjectSummary, _ visitor: inout Visitor) {
    hasFound = true
    let path = object.key.dropping(prefix)
    guard enter(foldersOf: path, &visitor), !path.isEmpty, !path.ends(with: "/") else { return }
    let file = DataFile(
      path: path, size: object.size, modified: object.modified, tag: object.tag)
    _ = visitor.visit(FolderEntry(path: path, kind: .file)) { () throws(FileStoreError) in
      if object.isArchived, let storage = object.storageClass {
        throw .unreadable(
          reason:
            "it is in the storage class \(storage). Restore it and copy it over itself (`aws s3 cp` with "
            + "--storage-class STANDARD), or leave it out of the table")
      }
      return .file(file)
    }
  }

  /// Shows a folder by what its keys begin with; whether it is entered.
  mutating func enter<Visitor: FolderVisitor>(_ key: ExactText, _ visitor: inout Visitor) -> Bool {
    hasFound = true
    return enter(foldersOf: key.dropping(prefix), &visitor)
  }

  /// Shows the folders of a path that were not shown before, up to its last slash; whether the innermost is entered.
  private mutating func enter<Visitor: FolderVisitor>(
    foldersOf path: ExactText, _ visitor: inout Visitor
  ) -> Bool {
    while let last = folders.last, !path.begins(with: last.path) { folders.removeLast() }
    var isEntered = folders.last?.isEntered ?? true
    let bytes = path.text.utf8
    var start = bytes.startIndex
    if let last = folders.last {
      start = bytes.index(start, offsetBy: last.path.text.utf8.count)
    }
    while isEntered, let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")) {
      let folder = ExactText(Substring(bytes[..<slash]))
      isEntered = visitor.visit(FolderEntry(path: folder, kind: .folder)) { .folder }
      folders.append((ExactText(Substring(bytes[...slash])), isEntered))
      start = bytes.index(after: slash)
    }
    return isEntered
  }
}
