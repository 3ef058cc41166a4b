import CPOSIX
import Foundation
import IncrementalJoin

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
  func next() throws(SystemError) -> StreamEntry? {
    var name: UnsafePointer<CChar>?
    var kind = SystemKind.other
    let code = system_folder_next(stream, &name, &kind)
    guard code == 0 else { throw SystemError(code: code) }
    guard let name else { return nil }
    if let text = String(validatingCString: name) {
      return StreamEntry(name: text, isText: true, kind: kind)
    }
    return StreamEntry(name: Self.escaped(name), isText: false, kind: kind)
  }

  /// A name for people, in which bytes that are not UTF-8 are escaped as `\xFC`.
  private static func escaped(_ name: UnsafePointer<CChar>) -> String {
    var rest = UnsafeBufferPointer(start: name, count: strlen(name)).map(UInt8.init(bitPattern:))[
      ...]
    var text = ""
    while !rest.isEmpty {
      // A scalar is 1 to 4 bytes long.
      let scalar = (1...4).lazy.map { rest.prefix($0) }.first {
        String(validating: $0, as: UTF8.self) != nil
      }
      text +=
        scalar.map { String(decoding: $0, as: UTF8.self) } ?? "\\x"
        + hexadecimal(rest[rest.startIndex])
      rest = rest.dropFirst(scalar?.count ?? 1)
    }
    return text
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    String(byte, radix: 16, uppercase: true)
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
struct StreamEntry {
  let name: String
  /// Whether the name is UTF-8; an escaped one opens nothing.
  let isText: Bool
  /// `other` also where the file system does not tell.
  let kind: SystemKind
}
