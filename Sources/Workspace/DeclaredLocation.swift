import Foundation
import IncrementalJoin
import PartitionPredicate

/// A folder named in `dovetail.yaml`.
struct DeclaredLocation: Hashable, Sendable {
  /// As spelled in the file.
  @ExactText var declared: String
  /// The absolute location as declared; `.` and, unless a symbolic link is in the way, `..` are resolved.
  let location: Location
  /// The location with all symbolic links of existing folders followed, used to compare locations.
  let place: Location

  /// Parses a path relative to a folder, or a place in a bucket.
  init(_ text: String, in folder: String) {
    _declared = ExactText(text)
    if let object = ObjectLocation(text) {
      location = object.location
      place = location
      return
    }
    location = Location(Self.absolute(text, in: folder))
    place = Self.followed(location)
  }

  /// Takes the location that a catalog gives, under the name by which the file refers to it.
  init(declared: String, at location: Location) {
    _declared = ExactText(declared)
    self.location = location
    place = location
  }

  /// The path relative to a folder that contains it; otherwise the place itself.
  func place(in folder: String) -> String {
    Self.followed(Location(folder)).path(to: place)?.text ?? place.description
  }

  /// The hidden folder beside the location, when it is that of an output.
  var hiddenFolder: DeclaredLocation {
    DeclaredLocation(place.hiddenFolder.description, in: "/")
  }

  /// The folder beside the location that holds the versions named by a catalog.
  var versionsFolder: DeclaredLocation {
    DeclaredLocation(place.versionsFolder.description, in: "/")
  }

  /// How this location relates to another; nil when they do not overlap.
  func overlap(with other: DeclaredLocation) -> Mistake.Overlap? {
    if place == other.place { return .same }
    if other.place.path(to: place) != nil { return .inside }
    return place.path(to: other.place) == nil ? nil : .around
  }

  /// The process's current folder.
  static var currentFolder: String { FileManager.default.currentDirectoryPath }

  /// An absolute path without `.`, `//` and, as far as that keeps its meaning, `..`.
  static func absolute(_ text: String, in folder: String) -> String {
    let whole = text.exact.begins(with: "/") ? text.exact : "\(folder)/\(text)"
    let names = whole.parts(separatedBy: "/").filter { $0 != "." }
    let kept = Location("/\(names.joined(separator: "/"))")
    guard names.contains(where: { $0 == ".." }) else { return kept.description }
    // `link/..` is not the folder that contains the link, but the parent of its target.
    let short = Location(text, in: folder)
    return (followed(short) == followed(kept) ? short : kept).description
  }

  /// Follows the links in an absolute path as the kernel would; parts that do not exist stay.
  private static func followed(_ location: Location) -> Location {
    if let real = realpath(location.description, nil) {
      defer { free(real) }
      return Location(String(cString: real))
    }
    guard !location.name.isEmpty else { return location }
    let above = followed(location.parent)
    return location.name == ".." ? above.parent : above.folder(location.name)
  }
}
