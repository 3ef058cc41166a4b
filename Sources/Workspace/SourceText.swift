import Foundation
import IncrementalJoin

/// The text of a `dovetail.yaml`, with its lines for error messages.
struct SourceText: Sendable {
  /// As messages name it.
  let file: String
  let text: String
  let lines: [String]

  /// Reads a file.
  ///
  /// - Throws: `WorkspaceError.notFound`, `.unreadable`, or `.invalid` when it is not UTF-8.
  init(path: String) throws(WorkspaceError) {
    let below = "\(Location.currentFolder)/"
    file =
      path.exact.begins(with: below.exact)
      ? String(path.unicodeScalars.dropFirst(below.unicodeScalars.count)) : path
    let bytes = try Self.bytes(of: path)
    // A byte order mark would move the columns of the first line.
    let text = String(decoding: bytes, as: UTF8.self)
    self.text = text.exact.begins(with: "\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    lines = Self.lines(of: self.text)
    guard String(validating: bytes, as: UTF8.self) == nil else { return }
    let line = lines.firstIndex { $0.exact.contains(text: "\u{FFFD}") } ?? 0
    let column = lines[line].unicodeScalars.prefix { $0 != "\u{FFFD}" }.count
    let position = Position(line: line + 1, column: column + 1)
    throw .invalid([mistake(.notUTF8, at: position)], more: 0)
  }

  func mistake(_ kind: Mistake.Kind, at position: Position) -> Mistake {
    let index = position.line - 1
    return Mistake(
      file: file, line: position.line, column: position.column,
      source: lines.indices.contains(index) ? lines[index] : "", kind: kind)
  }

  private static func bytes(of path: String) throws(WorkspaceError) -> Data {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { throw .notFound(folder: Location.parent(of: path), upwards: false) }
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      return try file.readToEnd() ?? Data()
    } catch {
      throw .unreadable(path: path, reason: "it is not a file")
    }
  }

  /// Splits at the line breaks that YAML knows.
  static func lines(of text: String) -> [String] {
    // characters: a line end is never merged with what follows, but CR and LF are one
    let breaks: Set<Character> = ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"]
    return text.split(omittingEmptySubsequences: false) { breaks.contains($0) }.map(String.init)
  }
}
