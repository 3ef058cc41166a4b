import Foundation
import IncrementalJoin
import PartitionPredicate

/// A folder that `dovetail.yaml` names.
struct Location: Hashable, Sendable {
  /// As the file spells it.
  @ExactText var declared: String
  /// Absolute, as declared; `.` and, where no symbolic link is in the way, `..` are resolved.
  @ExactText var path: String
  /// With all symbolic links of existing folders followed: what locations are compared by.
  @ExactText var place: String

  /// Reads a path relative to a folder.
  init(_ text: String, in folder: String) {
    _declared = ExactText(text)
    let path = Self.absolute(text, in: folder)
    _path = ExactText(path)
    _place = ExactText(Self.followed(path))
  }

  /// The place relative to a folder that it lies in; else the place itself.
  func place(in folder: String) -> String {
    let root = Self.followed(folder)
    guard Self.contains(root, place) else { return place }
    return String(
      decoding: place.utf8.dropFirst(root == "/" ? 1 : root.utf8.count + 1), as: UTF8.self)
  }

  /// The hidden folder beside the location, when an output lies there.
  var hiddenFolder: Location { Location(OutputDefinition.hiddenFolder(of: place), in: "/") }

  /// How this location lies to another; nil when they have nothing in common.
  func overlap(with other: Location) -> Mistake.Overlap? {
    if _place == other._place { return .same }
    if Self.contains(other.place, place) { return .inside }
    return Self.contains(place, other.place) ? .around : nil
  }

  /// The folder in which the process runs.
  static var currentFolder: String { FileManager.default.currentDirectoryPath }

  /// An absolute path without `.`, `//` and, as far as that keeps its meaning, `..`.
  static func absolute(_ text: String, in folder: String) -> String {
    let whole = text.exact.begins(with: "/") ? text : "\(folder)/\(text)"
    let parts = whole.exact.parts(separatedBy: "/").filter { $0 != "." }
    let kept = "/\(parts.joined(separator: "/"))"
    guard parts.contains(where: { $0 == ".." }) else { return kept }
    var short: [ExactText] = []
    for part in parts {
      if part == ".." { _ = short.popLast() } else { short.append(part) }
    }
    // `link/..` is not the folder of the link, but that of its target.
    let shortened = "/\(short.joined(separator: "/"))"
    return followed(shortened).exact == followed(kept).exact ? shortened : kept
  }

  /// The folder above an absolute path; `/` is above itself.
  static func parent(of path: String) -> String {
    "/\(path.exact.parts(separatedBy: "/").dropLast().joined(separator: "/"))"
  }

  private static func contains(_ outer: String, _ inner: String) -> Bool {
    outer == "/" || inner.exact.begins(with: "\(outer)/")
  }

  /// Follows the links of an absolute path as the kernel would; what does not exist stays.
  private static func followed(_ path: String) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    guard let last = path.exact.parts(separatedBy: "/").last else { return path }
    let above = followed(parent(of: path))
    if last == ".." { return parent(of: above) }
    return above == "/" ? "/\(last)" : "\(above)/\(last)"
  }
}
