import CPOSIX
import Foundation
public import IncrementalJoin
import PartitionPredicate

extension LocalStorage {
  /// Checks that a pinned file is still the one that the listing saw, and that it may be read; of one that was
  /// not final its content too.
  ///
  /// - Throws: `PinError`, with the file's full path.
  public func check(_ file: DataFile, in location: Location) throws(PinError) {
    let path = location.file(file.path)
    let pinned = try PinnedFile(path)
    let facts = try pinned.facts()
    let now = DataFile(path: file.path, facts: facts)
    guard facts.kind == .file, now.hasSameStamps(as: file) else { throw .changed(path: path) }
    if !file.isFinal, try file.digest != pinned.digest() { throw .changed(path: path) }
  }

  /// The last bytes of a file's content, as many as were asked for or all.
  ///
  /// - Throws: `PinError`, with the file's full path.
  public func end(
    of file: DataFile, in location: Location, count: Int
  ) throws(PinError) -> [UInt8]? {
    let path = location.file(file.path)
    let pinned = try PinnedFile(path)
    let facts = try pinned.facts()
    guard facts.kind == .file, DataFile(path: file.path, facts: facts).hasSameStamps(as: file)
    else { throw .changed(path: path) }
    return try pinned.bytes(from: max(0, file.size - Int64(count)))
  }

  /// The SHA-256 of a file's content, in hexadecimal.
  ///
  /// - Throws: `PinError`, with the file's full path.
  public func digest(of file: DataFile, in location: Location) throws(PinError) -> String {
    try PinnedFile(location.file(file.path)).digest()
  }
}

/// A pinned file, open for reading.
private struct PinnedFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(PinError) {
    var descriptor: Int32 = -1
    let code = system_open_file(path, &descriptor)
    switch code {
    case 0: break
    case ENOENT, ENOTDIR: throw .vanished(path: path)
    default: throw .unreadable(path: path, reason: SystemError(code: code).reason)
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { system_close(descriptor) }

  func facts() throws(PinError) -> SystemFacts {
    var facts = SystemFacts()
    try check(system_facts_of(descriptor, &facts))
    return facts
  }

  func digest() throws(PinError) -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    var digest = SHA256()
    while true {
      var count = 0
      try check(system_read(descriptor, buffer.baseAddress, buffer.count, &count))
      guard count > 0 else { return digest.finalize() }
      digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// Everything behind an offset.
  func bytes(from offset: Int64) throws(PinError) -> [UInt8] {
    try check(system_seek(descriptor, offset))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while true {
      var count = 0
      try check(system_read(descriptor, buffer.baseAddress, buffer.count, &count))
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  private func check(_ code: Int32) throws(PinError) {
    guard code == 0 else {
      throw .unreadable(path: path, reason: SystemError(code: code).reason)
    }
  }
}
