import Foundation

extension SourceText {
  /// Replaces a file with this text, all of it or nothing; its permissions stay, and so does a link that leads to it.
  ///
  /// - Throws: `WorkspaceError.unwritable`; the file is then as it was.
  func write(over path: String) throws(WorkspaceError) {
    func failure(_ code: Int32) -> WorkspaceError {
      .unwritable(path: path, reason: String(cString: strerror(code)))
    }
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    var facts = stat()
    guard stat(target, &facts) == 0 else { throw failure(errno) }
    let draft = "\(target).\(UUID().uuidString)"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(errno) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data((mark + text).utf8))
      // Only root can give a file to others; who else may write the file keeps it as their own.
      _ = fchown(descriptor, facts.st_uid, facts.st_gid)
      try file.synchronize()
      try file.close()
    } catch {
      unlink(draft)
      throw .unwritable(path: path, reason: "writing its new text failed")
    }
    guard chmod(draft, facts.st_mode & 0o7777) == 0, rename(draft, target) == 0 else {
      let code = errno
      unlink(draft)
      throw failure(code)
    }
  }
}
