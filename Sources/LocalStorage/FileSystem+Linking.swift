import CPOSIX
import Foundation

extension FileSystem {
  /// Fills an empty folder with what another holds: folders are created anew, and files are linked
  /// or, where the file system cannot link them, copied.
  static func linkTree(
    _ from: String, to: String,
    link: (_ from: String, _ to: String) throws(SystemError) -> Void = FileSystem.link
  ) throws(SystemError) {
    let folder = try FolderStream(from)
    while let entry = try folder.next() {
      // An escaped name opens nothing, and a copy without the file would be another version.
      guard entry.isText else { throw SystemError(code: EILSEQ) }
      let (inner, new) = ("\(from)/\(entry.name)", "\(to)/\(entry.name)")
      let kind = try folder.facts(of: entry.name, following: false).kind
      if kind == .folder {
        try check(system_create_folder(new))
        try linkTree(inner, to: new, link: link)
        continue
      }
      do throws(SystemError) {
        try link(inner, new)
      } catch let error where error.isNoLink && kind == .file {
        try check(system_copy_file(inner, new))
      }
    }
  }

  /// Gives a file a second name.
  static func link(_ from: String, to: String) throws(SystemError) {
    try check(system_link(from, to))
  }
}

extension SystemError {
  /// Whether the file could not be given a second name there, though it may be copied: another file
  /// system, one without links, one with too many of this file, or somebody else's file.
  fileprivate var isNoLink: Bool {
    [EXDEV, EPERM, EMLINK, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(code)
  }
}
