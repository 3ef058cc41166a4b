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

}

/// The difference between two file lists, as far as the lists alone show it.
struct FileComparison {
  /// Sorted by path.
  private(set) var changes: [FileChange]
  /// The files that stamps alone cannot tell from a copy, or from a file that was rewritten at the same time: only the
  /// content decides.
  let open: [(old: DataFile, new: DataFile)]

  init(_ old: [DataFile], _ new: [DataFile]) {
    let before = Dictionary(old.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    let after = Set(new.map(\.path))
    var changes = old.filter { !after.contains($0.path) }
      .map { FileChange(kind: .removed, file: $0) }
    var open: [(old: DataFile, new: DataFile)] = []
    for file in new {
      guard let previous = before[file.path] else {
        changes.append(FileChange(kind: .added, file: file))
        continue
      }
      if file.isUntouched(since: previous) { continue }
      if file.mayBeCopy(of: previous) {
        open.append((previous, file))
      } else {
        changes.append(FileChange(kind: .rewritten, file: file))
      }
    }
    self.changes = changes.sorted { $0.file.path < $1.file.path }
    self.open = open
  }

  /// Records open files whose content turned out to be different.
  mutating func add(rewritten: [DataFile]) {
    guard !rewritten.isEmpty else { return }
    changes = (changes + rewritten.map { FileChange(kind: .rewritten, file: $0) })
      .sorted { $0.file.path < $1.file.path }
  }
}

extension [DataFile] {
  /// Whether other files are these, or copies of them by path, size and time.
  func areCopied(in files: [DataFile]) -> Bool { FileComparison(self, files).changes.isEmpty }
}
