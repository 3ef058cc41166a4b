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
  /// Like `identity`, but without the digests: unchanged when a file becomes final.
  public let stamps: String
  /// The files of one partition, sorted by path; empty for a set.
  private let own: [DataFile]
  /// The partitions that are read together, in an order of their own; empty for the version of a single partition.
  public let members: ArraySlice<Member>

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
    own = files
    members = []
    id = names.finalize()
    let stamps = identities.finalize()
    self.stamps = stamps
    let contents = files.filter { !$0.isFinal }.map { $0.digest ?? "" }
    identity =
      contents.isEmpty ? stamps : SHA256.hash("\(stamps)\0\(contents.joined(separator: "\0"))")
  }

  /// Creates the version of partitions that are read together, each one once; its name is the sum of the hashes of
  /// their paths and version names.
  ///
  /// A single partition keeps the name of its version. There must be at least one.
  public init(members: [Member]) {
    let members = members.sorted { $0.path < $1.path }
    self.init(
      members: members[...], sum: members.reduce(into: VersionSum()) { $0 += VersionSum($1) })
  }

  /// Creates the version of partitions that are read together and whose sum is known.
  init(members: ArraySlice<Member>, sum: VersionSum) {
    guard members.count > 1 else {
      self = members[members.startIndex].version
      return
    }
    self.members = members
    own = []
    id = sum.id.text
    identity = sum.identity.text
    stamps = sum.stamps.text
  }

  /// All files, of a set in the order of its members and their paths.
  public var files: [DataFile] { members.isEmpty ? own : members.flatMap(\.version.own) }

  /// The same version with the digests of these files filled in where they are missing, by path.
  func withDigests(of files: [DataFile]) -> PartitionVersion {
    withDigests(Dictionary(files.map { ($0.path, $0.digest) }, uniquingKeysWith: { $1 }))
  }

  private func withDigests(_ digests: [ExactText: String?]) -> PartitionVersion {
    guard members.isEmpty else {
      return PartitionVersion(
        members: members.map { Member(path: $0.path, version: $0.version.withDigests(digests)) })
    }
    return PartitionVersion(
      files: own.map { file in
        var file = file
        file.digest = file.digest ?? digests[file.path] ?? nil
        return file
      })
  }

  /// The version of some of the files; nil without any.
  func filter(_ isWanted: (DataFile) -> Bool) -> PartitionVersion? {
    if members.isEmpty {
      let files = own.filter(isWanted)
      return files.isEmpty ? nil : PartitionVersion(files: files)
    }
    let wanted = members.compactMap { member in
      member.version.filter(isWanted).map { Member(path: member.path, version: $0) }
    }
    return wanted.isEmpty ? nil : PartitionVersion(members: wanted)
  }

  /// The sum of the files' sizes, in bytes.
  public var bytes: Int64 {
    members.isEmpty
      ? own.reduce(0) { $0 + $1.size } : members.reduce(0) { $0 + $1.version.bytes }
  }

  /// The newest modification time, in nanoseconds since 1970-01-01 UTC.
  public var newest: Int64 { files.map(\.modified).max() ?? 0 }

  /// Two sets are equal in whatever order their members are.
  public static func == (left: PartitionVersion, right: PartitionVersion) -> Bool {
    left.id == right.id && left.identity == right.identity && left.stamps == right.stamps
      && left.own == right.own && left.members.count == right.members.count
      && left.members.sorted { $0.path < $1.path } == right.members.sorted { $0.path < $1.path }
  }

  /// Hashes the names only: two versions with one name have the same files, apart from what was learned about them
  /// since.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(identity)
  }
}

extension SHA256 {
  /// Adds a path and the words of a text, each followed by a NUL, which none of them contains.
  ///
  /// Ledgers hold digests that were made this way. All files of a store have the same number of words.
  fileprivate mutating func update(_ path: ExactText, words: ExactText?) {
    update("\(path)\0")
    if let words { update("\(words.replacing(every: " ", with: "\0"))\0") }
  }
}
