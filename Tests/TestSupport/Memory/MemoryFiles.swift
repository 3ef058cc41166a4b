public import IncrementalJoin
public import PartitionPredicate

/// Files in memory; a copy is a store that stands still, but for the faults that they share.
///
/// It lists as an object store does: all names in the order of their bytes.
public struct MemoryFiles: FileStore {
  /// What has a path.
  private enum Entry {
    /// The digest is of the content; without one the file cannot be read.
    case file(DataFile, digest: String?)
    /// A folder without files, or one that is not UTF-8.
    case other(FolderEntry)
    /// What cannot be listed or looked at.
    case failure(FileStoreError)
  }

  /// By full path.
  private var entries: [ExactText: Entry] = [:]
  /// What was asked, and what is to fail.
  public let faults: Faults

  /// Starts without a file.
  public init(faults: Faults = Faults()) { self.faults = faults }

  /// Puts a file below a location, or another one in its place.
  ///
  /// - Parameters:
  ///   - file: Its path is relative to the location.
  ///   - digest: Of its content; nil for a file that cannot be read.
  ///   - location: A table's or an output's.
  public mutating func put(_ file: DataFile, digest: String?, in location: Location) {
    entries[location.file(file.path).exact] = .file(file, digest: digest)
  }

  /// Makes a folder, unless there is something of its path.
  public mutating func makeFolder(_ folder: Location) {
    let path = folder.description.exact
    entries[path] = entries[path] ?? .other(FolderEntry(path: "", kind: .folder))
  }

  /// Puts a name below a location that is not UTF-8.
  public mutating func put(unread path: ExactText, kind: FolderEntry.Kind, in location: Location) {
    entries[location.file(path).exact] = .other(
      FolderEntry(path: path, isText: false, kind: kind))
  }

  /// Lets a folder fail when it is listed, or a file when it is looked at.
  public mutating func put(_ error: FileStoreError, at path: ExactText, in location: Location) {
    entries[location.file(path).exact] = .failure(error)
  }

  /// Removes what has a path, or everything below a location; the location stays.
  public mutating func remove(_ path: ExactText? = nil, in location: Location) {
    guard let path else {
      for path in paths(below: location) { entries[path] = nil }
      return makeFolder(location)
    }
    entries[location.file(path).exact] = nil
  }

  /// The file of a path; nil when there is none.
  public func file(_ path: ExactText, in location: Location) -> DataFile? {
    guard case .file(let file, _) = entries[location.file(path).exact] else { return nil }
    return file
  }

  /// The digest of a file's content; nil when it cannot be read.
  public func digest(of path: ExactText, in location: Location) -> String? {
    guard case .file(_, let digest) = entries[location.file(path).exact] else { return nil }
    return digest
  }

  /// The files below a location, in the order of their paths, which are relative to it.
  public func files(in location: Location) -> [DataFile] {
    paths(below: location).compactMap { full in
      guard case .file(let file, _) = entries[full],
        let path = location.path(to: Location(full.text))
      else { return nil }
      return file.moved(to: path)
    }
  }

  /// Lets every file below a location lie below another one, where there was none.
  mutating func move(_ from: Location, to: Location) {
    for full in [from.description.exact] + paths(below: from) {
      guard let entry = entries.removeValue(forKey: full) else { continue }
      let path = from.path(to: Location(full.text)) ?? ""
      entries[to.file(path).exact] = entry
    }
  }

  /// Shows a visitor all names in the order of their bytes; throws when it is told to fail, and for a location without any.
  public func list<Visitor: FolderVisitor>(
    _ location: Location, _ visitor: inout Visitor
  ) throws(FileStoreError) {
    if faults.fails("list", location) { throw .unreadable(reason: "it is told to fail") }
    let paths = paths(below: location)
    switch entries[location.description.exact] {
    case .failure(let error): throw error
    case .file: throw .notAFolder
    case nil where paths.isEmpty: throw .absent
    case nil, .other: break
    }
    // Whether a folder is entered, by its path.
    var entered: [ExactText: Bool] = ["": true]
    for full in paths {
      guard let path = location.path(to: Location(full.text)), let entry = entries[full] else {
        continue
      }
      let names = path.parts(separatedBy: "/")
      var folder: ExactText = ""
      for name in names.dropLast() where entered[folder] == true {
        let inner: ExactText = folder.isEmpty ? name : "\(folder)/\(name)"
        if entered[inner] == nil {
          entered[inner] = visitor.visit(FolderEntry(path: inner, kind: .folder)) { .folder }
        }
        folder = inner
      }
      let parent = names.dropLast().joined(separator: "/")
      guard entered[parent] == true else { continue }
      entered[path] = visit(entry, at: path, &visitor)
    }
  }

  /// Whether it is a folder that is entered.
  private func visit<Visitor: FolderVisitor>(
    _ entry: Entry, at path: ExactText, _ visitor: inout Visitor
  ) -> Bool {
    switch entry {
    case .file(let file, _):
      _ = visitor.visit(FolderEntry(path: path, kind: .file)) { .file(file.moved(to: path)) }
      return false
    case .other(let entry):
      return visitor.visit(FolderEntry(path: path, isText: entry.isText, kind: entry.kind)) {
        entry.kind == .folder ? .folder : .other
      }
    case .failure(let error):
      let isFolder = visitor.visit(FolderEntry(path: path, kind: .other)) {
        () throws(FileStoreError) in .folder
      }
      if isFolder { visitor.fail(path, error) }
      return false
    }
  }

  /// The location itself.
  public func resolved(_ location: Location) -> Location { location }

  /// Checks that a file is still the one that was listed; throws `PinError` when it is not.
  public func check(_ file: DataFile, in location: Location) throws(PinError) {
    let path = location.file(file.path)
    if faults.fails("check", path) { throw .unreadable(path: path, reason: "it is told to fail") }
    guard case .file(let now, let digest) = entries[path.exact] else {
      throw .vanished(path: path)
    }
    guard now.moved(to: file.path).hasSameStamps(as: file),
      file.isFinal || digest == file.digest
    else { throw .changed(path: path) }
  }

  /// The digest that the file was put with; throws `PinError` when it has none.
  public func digest(of file: DataFile, in location: Location) throws(PinError) -> String {
    let path = location.file(file.path)
    if faults.fails("digest", path) { throw .unreadable(path: path, reason: "it is told to fail") }
    guard case .file(_, let digest) = entries[path.exact] else { throw .vanished(path: path) }
    guard let digest else { throw .unreadable(path: path, reason: "permission denied") }
    return digest
  }

  /// The full paths below a location, in the order of their bytes.
  private func paths(below location: Location) -> [ExactText] {
    let prefix = location.file("x").exact
    let folder = ExactText(String(prefix.text.unicodeScalars.dropLast()))
    return entries.keys.filter { $0.begins(with: folder) && $0 != folder }.sorted()
  }
}

extension DataFile {
  /// The same file by another path.
  fileprivate func moved(to path: ExactText) -> DataFile {
    DataFile(
      path: path, size: size, modified: modified, tag: tag, stamp: stamp, digest: digest,
      isFinal: isFinal)
  }
}
