import Foundation

/// Where a ledger lies: a folder beside `dovetail.yaml`, and the database in it.
struct LedgerPlace {
  private let path: String
  private var folder: String { (path as NSString).deletingLastPathComponent }

  init(_ path: String) { self.path = path }

  /// Whether there is a ledger; a workspace that never ran has none.
  ///
  /// - Throws: `LedgerError.cannotOpen` when nobody can tell: then nothing may count as never consumed.
  func exists() throws(LedgerError) -> Bool {
    var facts = stat()
    if stat(path, &facts) == 0 { return true }
    let code = errno
    guard code == ENOENT else { throw .cannotOpen(path: path, reason: reason(code)) }
    for place in [folder, path] where lstat(place, &facts) == 0 && stat(place, &facts) != 0 {
      throw .cannotOpen(path: path, reason: "\(place) is a link to something that does not exist")
    }
    return false
  }

  /// Makes the folder where it is missing.
  ///
  /// - Throws: `LedgerError.cannotOpen`.
  func makeFolder() throws(LedgerError) {
    guard try !exists(), mkdir(folder, 0o777) != 0, errno != EEXIST else { return }
    throw .cannotOpen(path: path, reason: "its folder cannot be created: \(reason(errno))")
  }

  /// Does work while no other process, and no other part of this one, does such work for the same ledger.
  ///
  /// Where the file system has no locks, they do it at the same time.
  func alone<Value>(_ work: () throws -> Value) rethrows -> Value {
    let descriptor = open(folder, O_RDONLY)
    defer { if descriptor >= 0 { close(descriptor) } }
    // Closing gives it up.
    while descriptor >= 0, flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    return try work()
  }

  /// What is wrong with the file system, which SQLite, also when it only reads, calls an I/O error.
  var trouble: LedgerError? {
    var facts = statvfs()
    guard statvfs(folder, &facts) == 0 else { return nil }
    if facts.f_flag & UInt(ST_RDONLY) != 0 { return .readOnly(path: path) }
    return facts.f_bavail == 0 ? .full(path: path) : nil
  }

  private func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
