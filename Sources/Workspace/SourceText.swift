import Foundation
import IncrementalJoin
import PartitionPredicate

/// The text of a `dovetail.yaml`, with its lines for error messages.
struct SourceText: Sendable {
  /// The file as messages name it.
  let file: String
  /// Without a byte order mark, which would move the columns of the first line.
  let text: String
  let lines: [String]
  /// The byte order mark before the text, or nothing.
  let mark: String

  /// Reads a file.
  ///
  /// - Throws: `WorkspaceError.notFound`, `.unreadable`, or `.invalid` when it is not UTF-8.
  init(path: String) throws(WorkspaceError) {
    let below = "\(DeclaredLocation.currentFolder)/"
    file =
      path.exact.begins(with: below.exact)
      ? String(path.unicodeScalars.dropFirst(below.unicodeScalars.count)) : path
    let bytes = try Self.bytes(of: path)
    let text = String(decoding: bytes, as: UTF8.self)
    mark = text.exact.begins(with: "\u{FEFF}") ? "\u{FEFF}" : ""
    self.text = mark.isEmpty ? text : String(text.unicodeScalars.dropFirst())
    lines = Self.lines(of: self.text)
    guard String(validating: bytes, as: UTF8.self) == nil else { return }
    let line = lines.firstIndex { $0.exact.contains(text: "\u{FFFD}") } ?? 0
    let column = lines[line].unicodeScalars.prefix { $0 != "\u{FFFD}" }.count
    let position = Position(line: line + 1, column: column + 1)
    throw .invalid([mistake(.notUTF8, at: position)], more: 0)
  }

  /// The same file with another text.
  init(_ text: String, insteadOf source: SourceText) {
    (file, mark) = (source.file, source.mark)
    self.text = text
    lines = Self.lines(of: text)
  }

  func mistake(_ kind: Mistake.Kind, at position: Position) -> Mistake {
    let index = position.line - 1
    return Mistake(
      file: file, line: position.line, column: position.column,
      source: lines.indices.contains(index) ? lines[index] : "", kind: kind)
  }

  private static func bytes(of path: String) throws(WorkspaceError) -> Data {
    // Opening a pipe must not block.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT { throw absence(of: path) }
      throw .unreadable(path: path, reason: String(cString: strerror(code)))
    }
    defer { close(descriptor) }
    var facts = stat()
    let isKnown = fstat(descriptor, &facts) == 0
    guard isKnown, facts.st_mode & S_IFMT == S_IFREG else {
      let isFolder = isKnown && facts.st_mode & S_IFMT == S_IFDIR
      throw .unreadable(path: path, reason: isFolder ? "it is a folder" : "it is not a file")
    }
    var bytes = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes.append(contentsOf: buffer[..<count])
      } else if errno != EINTR {
        throw .unreadable(path: path, reason: String(cString: strerror(errno)))
      }
    }
  }

  /// Why a file is missing: nobody made it, or it is a link to something that is gone.
  private static func absence(of path: String) -> WorkspaceError {
    guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else {
      return .notFound(folder: Location(path).parent.description, upwards: false)
    }
    return .unreadable(
      path: path, reason: "it is a link to \(target.printable), which does not exist")
  }

  /// Splits at the line breaks that YAML recognizes.
  static func lines(of text: String) -> [String] {
    // characters: a line end is never merged with what follows, but CR and LF are one
    let breaks: Set<Character> = ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"]
    return text.split(omittingEmptySubsequences: false) { breaks.contains($0) }.map(String.init)
  }

  /// The breaks that end the lines; nothing for the last line.
  var breaks: [String] {
    var rest = text.unicodeScalars[...]
    return lines.indices.map { index in
      rest = rest.dropFirst(lines[index].unicodeScalars.count)
      guard index + 1 < lines.count, let first = rest.popFirst() else { return "" }
      guard first == "\r", rest.first == "\n" else { return String(first) }
      rest.removeFirst()
      return "\r\n"
    }
  }
}
