/// How a data file differs between a position and a listing.
public enum ChangeKind: String, Hashable, Sendable, CaseIterable {
  case added
  case rewritten
  case removed
}

/// One data file that changed since the position.
public struct FileChange: Hashable, Sendable {
  /// What happened to the file between the position and the listing.
  public let kind: ChangeKind
  /// The file as it is now; as it was, when it was removed.
  public let file: DataFile

  /// Creates a change.
  public init(kind: ChangeKind, file: DataFile) {
    self.kind = kind
    self.file = file
  }

  /// The difference of two file lists, sorted by path.
  ///
  /// `isRewritten` decides about a file that its stamps alone do not tell from a copy, or from one that was
  /// written again at the same time.
  static func between(
    _ old: [DataFile], _ new: [DataFile], isRewritten: (_ old: DataFile, _ new: DataFile) -> Bool
  ) -> [FileChange] {
    let before = Dictionary(old.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    let after = Set(new.map(\.path))
    var changes = old.filter { !after.contains($0.path) }
      .map { FileChange(kind: .removed, file: $0) }
    for file in new {
      guard let previous = before[file.path] else {
        changes.append(FileChange(kind: .added, file: file))
        continue
      }
      if file.isUntouched(since: previous) { continue }
      if !file.mayBeCopy(of: previous) || isRewritten(previous, file) {
        changes.append(FileChange(kind: .rewritten, file: file))
      }
    }
    return changes.sorted { $0.file.path < $1.file.path }
  }
}
