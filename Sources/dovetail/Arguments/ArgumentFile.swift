import Foundation

/// A file named by an argument: on disk, a pipe, or `/dev/stdin`.
enum ArgumentFile {
  /// - Throws: `UsageError` that says why it cannot be read.
  static func contents(_ path: String) throws -> Data {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw UsageError("\(path) cannot be read: \(String(cString: strerror(errno))).")
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      return try file.readToEnd() ?? Data()
    } catch {
      throw UsageError("\(path) cannot be read: it is not a file.")
    }
  }

  /// The lines of a text file with Unix or Windows line ends, without a byte order mark.
  static func lines(_ path: String) throws -> [String] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let data = try contents(path)
    let text = data.starts(with: mark) ? data.dropFirst(mark.count) : data
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self)
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
