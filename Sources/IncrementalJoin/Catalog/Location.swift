public import PartitionPredicate

/// The location of a table or an output: a place in a store.
public struct Location: Hashable, Sendable {
  /// The kind of store: `file` for folders of this machine.
  public let scheme: ExactText
  /// The names down to the place, with a slash between two of them; of a folder of this machine its absolute path.
  public let root: ExactText

  /// Names a place in a store.
  public init(scheme: ExactText, root: ExactText) {
    self.scheme = scheme
    self.root = root
  }

  /// Names a folder of this machine by its absolute path.
  public init(_ path: String) {
    self.init(scheme: Self.file, root: path.exact)
  }

  /// Names a folder of this machine by its absolute path, or by one relative to a folder.
  ///
  /// `.`, `..` and empty names are resolved without a look at the folders.
  public init(_ path: String, in folder: String) {
    var names: [ExactText] = []
    let whole = path.exact.begins(with: "/") ? path : "\(folder)/\(path)"
    for name in whole.exact.parts(separatedBy: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
    self.init("/\(names.joined(separator: "/"))")
  }

  private static let file: ExactText = "file"

  /// Whether it is a folder of this machine, in which files are written where they stay.
  public var isOnThisMachine: Bool { scheme == Self.file }
}

extension Location: CustomStringConvertible {
  /// The location for people, and in the form that engines expect: a path, or a URL such as `s3://bucket/flights`.
  public var description: String { scheme == Self.file ? root.text : "\(scheme)://\(root)" }
}

extension Location {
  /// A file below the place, for engines and for people; the place itself without a path.
  public func file(_ path: ExactText) -> String { folder(path).description }

  /// A place below this one; this one itself for an empty path, and for `.`, the partition of a whole table.
  ///
  /// A path that names its store, `s3://…`, is a place of its own: a catalog's partitions may be anywhere.
  public func folder(_ path: ExactText) -> Location {
    if path.isEmpty || path == "." { return self }
    if let place = Location(url: path) { return place }
    let slash = root.isEmpty || root.ends(with: "/") ? "" : "/"
    return Location(scheme: scheme, root: "\(root)\(slash)\(path)")
  }

  /// The path from here to another place below this one; nil when it is elsewhere, or is this one.
  public func path(to other: Location) -> ExactText? {
    guard scheme == other.scheme, names.count < other.names.count,
      other.names.starts(with: names)
    else { return nil }
    let path = other.names.dropFirst(names.count).joined(separator: "/")
    // A key with an empty name in it, `a//b`, is another one than that without.
    let slash = root.ends(with: "/") ? "" : "/"
    let isExact = other.root == "\(root)\(slash)\(path)" || other.root == "\(root)\(slash)\(path)/"
    return isExact ? path : nil
  }

  /// The path by which a version of this table knows a file: relative to this place, or otherwise with its store's
  /// name.
  public func path(toFile file: Location) -> ExactText { path(to: file) ?? file.description.exact }

  /// Parses a text that names its store, `s3://…`; nil for any other path.
  public init?(url: ExactText) {
    guard let end = url.range(ofFirst: "://") else { return nil }
    let scheme = url.text[..<end.lowerBound].utf8
    let isName = scheme.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
    guard isName, !scheme.isEmpty else { return nil }
    self.init(scheme: ExactText(Substring(scheme)), root: ExactText(url.text[end.upperBound...]))
  }

  /// The place above; `/` is above itself.
  ///
  /// In a store a name may be empty: above `a//b` is `a/`.
  public var parent: Location {
    let isFile = scheme == Self.file
    let names = root.parts(separatedBy: "/", omittingEmpty: isFile).dropLast().joined(
      separator: "/")
    return Location(scheme: scheme, root: root.begins(with: "/") ? "/\(names)" : names)
  }

  /// The last name; empty where there is none.
  public var name: ExactText { names.last ?? "" }

  /// The folder beside an output that holds its lock, its marker, and its staged and kept versions.
  public var hiddenFolder: Location { parent.folder(".\(name).dovetail") }

  /// The folder beside an output that holds the versions of its partitions that a catalog names.
  ///
  /// Its name neither begins with the output's, which some readers treat as a prefix, nor with a dot.
  public var versionsFolder: Location { parent.folder("versions-of-\(name)") }

  private var names: [ExactText] { root.parts(separatedBy: "/") }
}
