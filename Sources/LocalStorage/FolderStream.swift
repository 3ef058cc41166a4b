import CSystem

/// An open folder and its entries, in the file system's order.
struct FolderStream: ~Copyable {
  private let stream: OpaquePointer

  /// Opens a folder, following a symbolic link.
  ///
  /// An absolute path needs no parent.
  init(_ path: String, in parent: Int32 = SystemWorkingFolder) throws(SystemError) {
    var stream: OpaquePointer?
    let code = system_folder_open(parent, path, &stream)
    guard let stream else { throw SystemError(code: code) }
    self.stream = stream
  }

  deinit { system_folder_close(stream) }

  /// Valid as long as the stream.
  var descriptor: Int32 { system_folder_descriptor(stream) }

  /// The next entry, without `.` and `..`; nil after the last.
  func next() throws(SystemError) -> FolderEntry? {
    var name: UnsafePointer<CChar>?
    var kind = SystemKind.other
    let code = system_folder_next(stream, &name, &kind)
    guard code == 0 else { throw SystemError(code: code) }
    guard let name else { return nil }
    if let text = String(validatingCString: name) {
      return FolderEntry(name: text, isText: true, kind: kind)
    }
    return FolderEntry(name: String(cString: name), isText: false, kind: kind)
  }

  /// The facts of an entry.
  func facts(of name: String, following: Bool) throws(SystemError) -> SystemFacts {
    try FileSystem.facts(name, in: descriptor, following: following)
  }

  /// The facts of an entry itself; nil when it vanished.
  func factsIfPresent(of name: String) throws(SystemError) -> SystemFacts? {
    do throws(SystemError) {
      return try facts(of: name, following: false)
    } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
  }
}

/// One name in a folder.
struct FolderEntry {
  let name: String
  /// Whether the name is UTF-8; a repaired name opens nothing.
  let isText: Bool
  /// `other` also where the file system does not tell.
  let kind: SystemKind
}
