import Foundation
import IncrementalJoin
import PartitionPredicate

/// The predicates that people saved, in one file `predicates/NAME.sql` each beside `dovetail.yaml`, so that they can be
/// read, reviewed and kept in version control.
///
/// A saved predicate is text; it is bound to a table's keys where it is used.
public struct SavedPredicates: Hashable, Sendable {
  /// The folder of the files; it need not exist yet.
  public let folder: String

  static let suffix = ".sql"

  init(folder: String) { self.folder = folder }

  /// The names, sorted; empty when the folder does not exist.
  ///
  /// - Throws: `WorkspaceError.unreadable`.
  public func names() throws(WorkspaceError) -> [String] {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.exact.ends(with: Self.suffix.exact) }
        .map { String($0.dropLast(Self.suffix.count)) }
        .filter { Self.isName($0) }
        .sorted()
    } catch {
      throw .unreadable(path: folder, reason: "its files cannot be listed")
    }
  }

  /// The text saved under a name, without the line end that closes the file.
  ///
  /// - Throws: `LookupError.predicate`, or `WorkspaceError.unreadable`.
  public func text(of name: String) throws -> String {
    let names = try names()
    guard names.contains(where: { $0.exact == name.exact }) else {
      throw LookupError.predicate(name, known: names)
    }
    let path = path(of: name)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw WorkspaceError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw WorkspaceError.unreadable(path: path, reason: "it is not UTF-8")
    }
    return text.exact.ends(with: "\n") ? String(text.unicodeScalars.dropLast()) : text
  }

  /// Saves a text under a name.
  ///
  /// - Parameters:
  ///   - text: The predicate.
  ///   - name: Letters, digits, `_` and `-`, at most 100.
  ///   - replaces: Whether it replaces what was saved under the name before.
  /// - Returns: The path of the file.
  /// - Throws: `WorkspaceError.predicateName` for an invalid name, `.predicateExists` when there is one that must not
  ///   be replaced, or `.unwritable`; the old file is then intact.
  @discardableResult
  public func save(
    _ text: String, as name: String, replacing replaces: Bool
  ) throws(WorkspaceError) -> String {
    guard Self.isName(name) else { throw .predicateName(name) }
    let path = path(of: name)
    if !replaces, FileManager.default.fileExists(atPath: path) {
      throw .predicateExists(name: name, path: path)
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("\(text)\n".utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .unwritable(path: path, reason: "the predicate was not saved")
    }
    return path
  }

  private func path(of name: String) -> String { "\(folder)/\(name)\(Self.suffix)" }

  private static func isName(_ name: String) -> Bool {
    let marks: Set<UInt8> = [UInt8(ascii: "_"), UInt8(ascii: "-")]
    return (1...100).contains(name.utf8.count) && !name.exact.begins(with: "-")
      && name.utf8.allSatisfy { byte in
        marks.contains(byte) || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
      }
  }
}

extension Workspace {
  /// The predicates saved in this workspace.
  public var predicates: SavedPredicates { SavedPredicates(folder: "\(folder)/predicates") }
}
