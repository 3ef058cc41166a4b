import CPOSIX
import Foundation
import IncrementalJoin

/// The calls of the system that storage is made of, as throwing functions.
enum FileSystem {
  static func facts(
    _ path: String, in folder: Int32 = SystemWorkingFolder, following: Bool
  ) throws(SystemError) -> SystemFacts {
    var facts = SystemFacts()
    try check(system_facts(folder, path, following, &facts))
    return facts
  }

  /// What names the folder of this path, also once it is renamed: device and inode; nil when there is none.
  ///
  /// - Throws: ENOTDIR when the name is taken by something else.
  static func folder(_ path: String) throws(SystemError) -> StoreToken? {
    do throws(SystemError) {
      let facts = try facts(path, following: false)
      guard facts.kind == .folder else { throw SystemError(code: ENOTDIR) }
      return StoreToken("\(facts.device) \(facts.inode)")
    } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
  }

  /// Creates a folder and its missing parents, and tells in which folders a name was added.
  static func createFolders(_ path: String) throws(SystemError) -> [String] {
    let above = parent(of: path)
    let code = system_create_folder(path)
    switch code {
    case 0: return [above]
    case EEXIST:
      // A link to a folder is as good as a folder.
      guard try facts(path, following: true).kind == .folder else {
        throw SystemError(code: ENOTDIR)
      }
      return []
    case ENOENT where above != path:
      let added = try createFolders(above)
      return try added + createFolders(path)
    default: throw SystemError(code: code)
    }
  }

  /// Removes an empty folder.
  static func removeFolder(_ path: String) throws(SystemError) {
    try check(system_remove_folder(path))
  }

  /// Removes a folder when nothing but empty folders is in it, and else those of them that are empty.
  ///
  /// - Returns: whether the folder is gone.
  static func removeEmptyFolders(_ path: String) throws(SystemError) -> Bool {
    let folder = try FolderStream(path)
    while let entry = try folder.next() {
      if entry.isText, try folder.facts(of: entry.name, following: false).kind == .folder {
        _ = try removeEmptyFolders("\(path)/\(entry.name)")
      }
    }
    do throws(SystemError) {
      try removeFolder(path)
      return true
    } catch let error where error.code == ENOTEMPTY || error.code == EEXIST {
      return false
    }
  }

  /// Removes a file, or a folder with everything in it.
  ///
  /// It is no error when there is nothing to remove.
  static func removeTree(_ path: String) throws(SystemError) {
    try check(system_remove_tree(path))
  }

  /// Swaps what two paths name.
  ///
  /// - Throws: ENOTSUP where the file system cannot.
  static func exchange(_ first: String, _ second: String) throws(SystemError) {
    try check(system_exchange(first, second))
  }

  /// - Throws: EEXIST when the new name is taken.
  static func rename(_ from: String, to: String) throws(SystemError) {
    try check(system_rename(from, to))
  }

  /// Makes a file's content, or a folder's names, durable.
  static func sync(_ path: String) throws(SystemError) {
    var descriptor: Int32 = -1
    try check(system_open_file(path, &descriptor))
    defer { system_close(descriptor) }
    try check(system_sync(descriptor))
  }

  /// Makes a folder durable with all files and folders in it.
  static func syncTree(_ path: String) throws(SystemError) {
    let folder = try FolderStream(path)
    while let entry = try folder.next() {
      let inner = "\(path)/\(entry.name)"
      switch try folder.facts(of: entry.name, following: false).kind {
      case .file: try sync(inner)
      case .folder: try syncTree(inner)
      case .link, .other: continue
      }
    }
    try sync(path)
  }

  /// Bytes that an ordinary user may still write to the file system of a path.
  static func freeSpace(_ path: String) throws(SystemError) -> Int64 {
    var bytes: Int64 = 0
    try check(system_free_space(path, &bytes))
    return bytes
  }

  /// The path without symbolic links, `.` and `..`, as far as it exists.
  static func resolved(_ path: String) -> String {
    var text: UnsafeMutablePointer<CChar>?
    if system_resolve(path, &text) == 0, let text {
      defer { free(text) }
      return String(cString: text)
    }
    let above = parent(of: path)
    guard above != path else { return path }
    return joined(resolved(above), name(of: path))
  }

  /// The path of the folder that holds a path; of `/` itself.
  static func parent(of path: String) -> String {
    let path = withoutSlash(path)
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component of a path.
  static func name(of path: String) -> String {
    let path = withoutSlash(path)
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return String(path) }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// A path below a folder; the folder itself when the path is empty.
  static func joined(_ folder: String, _ path: String) -> String {
    if path.isEmpty { return folder }
    return folder.utf8.last == UInt8(ascii: "/") ? folder + path : "\(folder)/\(path)"
  }

  /// Turns an errno into an error.
  static func check(_ code: Int32) throws(SystemError) {
    guard code == 0 else { throw SystemError(code: code) }
  }

  private static func withoutSlash(_ path: String) -> Substring {
    var end = path.utf8.endIndex
    while end > path.startIndex, path.utf8[path.utf8.index(before: end)] == UInt8(ascii: "/") {
      end = path.utf8.index(before: end)
    }
    return end == path.startIndex ? path.prefix(1) : path[..<end]
  }
}
