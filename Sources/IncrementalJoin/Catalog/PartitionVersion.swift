public import PartitionPredicate

/// The set of data files at one instant of one partition of one table, or of several that are read together.
public struct PartitionVersion: Hashable, Sendable {
  /// A SHA-256 over the sorted (path, words of the content tag) of the files, in hexadecimal; where a store has no
  /// tags, these words are the size in bytes and the modification time in nanoseconds.
  public let id: String
  /// A SHA-256 over the sorted (path, words of the stamp), and the digests of the files that are not final.
  ///
  /// Where only it differs, a content digest decides whether a file was rewritten.
  public let identity: String
  /// As `identity`, without the digests: the same before and after a file becomes final.
  public let stamps: String
  /// Sorted by path.
  public let files: [DataFile]
  /// What is read together, in the order of the partitions' paths; empty for the version of one partition.
  public let members: [Member]

  /// The version of one of several partitions that are read together.
  public struct Member: Hashable, Sendable {
    /// The partition's path: the ledger, which keeps it, knows no types of an input's keys.
    public let path: ExactText
    /// Its files, of this partition alone.
    public let version: PartitionVersion

    /// Creates a member.
    public init(path: ExactText, version: PartitionVersion) {
      self.path = path
      self.version = version
    }
  }

  /// Names a set of files, which must not be empty: a partition without files has no version.
  public init(files: [DataFile]) {
    let files = files.sorted { $0.path < $1.path }
    var names = SHA256()
    var identities = SHA256()
    for file in files {
      names.update(file.path, words: file.content)
      identities.update(file.path, words: file.stamp)
    }
    self.files = files
    members = []
    id = names.finalize()
    let stamps = identities.finalize()
    self.stamps = stamps
    let contents = files.filter { !$0.isFinal }.map { $0.digest ?? "" }
    identity =
      contents.isEmpty ? stamps : SHA256.hash("\(stamps)\0\(contents.joined(separator: "\0"))")
  }

  /// Names what is read together of partitions, each one once: by their paths and the names of their versions.
  ///
  /// A partition alone keeps the name of its version. There must be one.
  public init(members: [Member]) {
    guard members.count > 1 else {
      self = members[0].version
      return
    }
    let members = members.sorted { $0.path < $1.path }
    func hash(_ name: (PartitionVersion) -> String) -> String {
      // No file has an empty path, so that no set of files has the same name.
      SHA256.hash("\0" + members.map { "\($0.path)\0\(name($0.version))\0" }.joined())
    }
    self.members = members
    files = members.flatMap(\.version.files).sorted { $0.path < $1.path }
    id = hash(\.id)
    identity = hash(\.identity)
    stamps = hash(\.stamps)
  }

  /// The same version with the digests of these files where it has none, by path.
  func withDigests(of files: [DataFile]) -> PartitionVersion {
    withDigests(Dictionary(files.map { ($0.path, $0.digest) }, uniquingKeysWith: { $1 }))
  }

  private func withDigests(_ digests: [ExactText: String?]) -> PartitionVersion {
    guard members.isEmpty else {
      return PartitionVersion(
        members: members.map { Member(path: $0.path, version: $0.version.withDigests(digests)) })
    }
    return PartitionVersion(
      files: files.map { file in
        var file = file
        file.digest = file.digest ?? digests[file.path] ?? nil
        return file
      })
  }

  /// The sum of the files' sizes, in bytes.
  public var bytes: Int64 { files.reduce(0) { $0 + $1.size } }

  /// The newest modification time, in nanoseconds since 1970-01-01 UTC.
  public var newest: Int64 { files.map(\.modified).max() ?? 0 }
}

extension SHA256 {
  /// Adds a path and the words of a text, each with a NUL behind it, which none of them has.
  ///
  /// Ledgers hold digests that were made so. All files of a store have the same number of words.
  fileprivate mutating func update(_ path: ExactText, words: ExactText?) {
    update("\(path)\0")
    if let words { update("\(words.replacing(every: " ", with: "\0"))\0") }
  }
}
