import PartitionPredicate

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

  /// Takes files of one partition that moved, as a catalog may move all of it, for no change: one is gone and another came
  /// of the same name and the same content tag.
  ///
  /// Where the store names no contents, as a disk does not, a file that moved is another one.
  mutating func forgetMoved() {
    var gone: [[ExactText]: Int] = [:]
    for content in changes.lazy.filter({ $0.kind == .removed }).compactMap(\.content) {
      gone[content, default: 0] += 1
    }
    var moved: [[ExactText]: Int] = [:]
    changes.removeAll { change in
      guard change.kind == .added, let content = change.content, let left = gone[content], left > 0
      else { return false }
      gone[content] = left - 1
      moved[content, default: 0] += 1
      return true
    }
    changes.removeAll { change in
      guard change.kind == .removed, let content = change.content, let left = moved[content],
        left > 0
      else { return false }
      moved[content] = left - 1
      return true
    }
  }

  /// Records open files whose content turned out to be different.
  mutating func add(rewritten: [DataFile]) {
    guard !rewritten.isEmpty else { return }
    changes = (changes + rewritten.map { FileChange(kind: .rewritten, file: $0) })
      .sorted { $0.file.path < $1.file.path }
  }
}

extension FileChange {
  /// The file's name and content tag; nil where the store does not name contents.
  fileprivate var content: [ExactText]? {
    file.tag.map { [file.path.parts(separatedBy: "/").last ?? "", $0] }
  }
}

extension [DataFile] {
  /// Whether other files are these, or copies of them by path, size and time.
  func areCopied(in files: [DataFile]) -> Bool { FileComparison(self, files).changes.isEmpty }
}
