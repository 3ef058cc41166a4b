import Foundation
import IncrementalJoin
import PartitionPredicate

/// A folder that `dovetail.yaml` names.
struct DeclaredLocation: Hashable, Sendable {
  /// As the file spells it.
  @ExactText var declared: String
  /// Absolute, as declared; `.` and, where no symbolic link is in the way, `..` are resolved.
  let location: Location
  /// With all symbolic links of existing folders followed: what locations are compared by.
  let place: Location

  /// Reads a path relative to a folder, or a place in a bucket.
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

  /// Takes the place that a catalog says, under the name by which the file asks for it.
  init(declared: String, at location: Location) {
    _declared = ExactText(declared)
    self.location = location
    place = location
  }

  /// The place relative to a folder that it lies in; else the place itself.
  func place(in folder: String) -> String {
    Self.followed(Location(folder)).path(to: place)?.text ?? place.description
  }

  /// The hidden folder beside the location, when an output lies there.
  var hiddenFolder: DeclaredLocation {
    DeclaredLocation(place.hiddenFolder.description, in: "/")
  }

  /// The folder beside the location in which the versions lie that a catalog names.
  var versionsFolder: DeclaredLocation {
    DeclaredLocation(place.versionsFolder.description, in: "/")
  }

  /// How this location lies to another; nil when they have nothing in common.
  func overlap(with other: DeclaredLocation) -> Mistake.Overlap? {
    if place == other.place { return .same }
    if other.place.path(to: place) != nil { return .inside }
    return place.path(to: other.place) == nil ? nil : .around
  }

  /// The folder in which the process runs.
  static var currentFolder: String { FileManager.default.currentDirectoryPath }

  /// An absolute path without `.`, `//` and, as far as that keeps its meaning, `..`.
  static func absolute(_ text: String, in folder: String) -> String {
    let whole = text.exact.begins(with: "/") ? text.exact : "\(folder)/\(text)"
    let names = whole.parts(separatedBy: "/").filter { $0 != "." }
    let kept = Location("/\(names.joined(separator: "/"))")
    guard names.contains(where: { $0 == ".." }) else { return kept.description }
    // `link/..` is not the folder of the link, but that of its target.
    let short = Location(text, in: folder)
    return (followed(short) == followed(kept) ? short : kept).description
  }

  /// Follows the links of an absolute path as the kernel would; what does not exist stays.
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
