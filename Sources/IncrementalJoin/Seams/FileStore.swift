public import PartitionPredicate

/// Where files are: a disk, or an object store.
///
/// An implementation that blocks does so on its caller's thread.
public protocol FileStore: Sendable {
  /// Shows a visitor what is below a location, in any order, except that the contents of an entered folder follow the
  /// folder immediately.
  ///
  /// Anything that is removed meanwhile may be left out.
  ///
  /// - Throws: `FileStoreError` when the location itself cannot be listed, or was replaced meanwhile. A failure below
  ///   it is reported to the visitor.
  func list<Visitor: FolderVisitor>(_ location: Location, _ visitor: inout Visitor)
    async
    throws(FileStoreError)

  /// The location without aliases such as symbolic links, as far as it exists.
  func resolved(_ location: Location) async -> Location

  /// Checks that a file is still the one that a listing saw, by its content tag and its stamp, or by its digest
  /// where it was not final; and that it can be read.
  ///
  /// - Throws: `PinError`, with the file's full path.
  func check(_ file: DataFile, in location: Location) async throws(PinError)

  /// The text of a `ContentDigest` of a file: with its SHA-256, unless only the store knows a checksum of another kind.
  ///
  /// - Throws: `PinError`, with the file's full path, when it cannot be read.
  func digest(of file: DataFile, in location: Location) async throws(PinError) -> String

  /// The digests of several files, as `digest(of:in:)` gives each; nil of one that cannot be read.
  ///
  /// A store that is far away is asked for many at a time.
  func digests(of files: [DataFile], in location: Location) async -> [String?]

  /// The end of a file's content, read alone.
  ///
  /// - Parameters:
  ///   - file: As a listing saw it.
  ///   - location: Where it is.
  ///   - count: How many bytes to read at most; more than 0.
  /// - Returns: The last bytes; nil where the store reads only whole files.
  /// - Throws: `PinError`, with the file's full path, also for a file that is another one by its tag or stamp.
  func end(of file: DataFile, in location: Location, count: Int) async throws(PinError) -> [UInt8]?

  /// Where an engine finds the content of a file that was fetched: a path of this machine.
  func place(of file: DataFile, in location: Location) -> String

  /// Checks pinned files as `check` does, and lets engines read exactly this content at `place(of:in:)`.
  ///
  /// - Throws: `PinError` of a file that cannot be had, with its full path; then none of them is fetched.
  func fetch(_ files: [DataFile], in location: Location) async throws(PinError)

  /// Gives up files that were fetched, as often as they were fetched.
  func release(_ files: [DataFile], in location: Location) async

  /// A sentence about files at their places, with their full paths instead.
  func readable(_ sentence: String) -> String
}

extension FileStore {
  /// nil: only whole files are read.
  public func end(
    of file: DataFile, in location: Location, count: Int
  ) async throws(PinError) -> [UInt8]? { nil }
}

/// For stores whose files engines read where they are.
extension FileStore {
  /// The file itself.
  public func place(of file: DataFile, in location: Location) -> String {
    location.file(file.path)
  }

  /// Reads one after the other.
  public func digests(of files: [DataFile], in location: Location) async -> [String?] {
    var digests: [String?] = []
    for file in files { digests.append(try? await digest(of: file, in: location)) }
    return digests
  }

  /// Checks the files.
  ///
  /// - Throws: `PinError`.
  public func fetch(_ files: [DataFile], in location: Location) async throws(PinError) {
    for file in files { try await check(file, in: location) }
  }

  /// Does nothing.
  public func release(_ files: [DataFile], in location: Location) async {}

  /// The sentence itself.
  public func readable(_ sentence: String) -> String { sentence }
}

/// Visits what is below a location, and chooses which folders are entered.
public protocol FolderVisitor {
  /// Whether it may skip folders that contain a table's data, so that a store should list level by level.
  var prunes: Bool { get }

  /// Looks at one name in a folder that was entered.
  ///
  /// - Parameters:
  ///   - entry: The name, with what the folder says about it.
  ///   - look: Asks the store what the name refers to.
  /// - Returns: Whether to enter it, if it is a folder.
  mutating func visit(
    _ entry: FolderEntry, look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool

  /// Records a folder that could not be listed, or not completely.
  mutating func fail(_ folder: ExactText, _ error: FileStoreError)
}

/// One name in a folder.
public struct FolderEntry: Hashable, Sendable {
  /// What a folder says about a name in it.
  public enum Kind: Hashable, Sendable {
    case file
    case folder
    /// Something else, such as a symbolic link, or nothing is known.
    case other
  }

  /// What a name refers to after following symbolic links.
  public enum Target: Hashable, Sendable {
    case file(DataFile)
    case folder
    /// Neither a file nor a folder.
    case other
    /// The name is a symbolic link to something that does not exist.
    case missing
  }

  /// Relative to the location, with `\xFC` for a byte that is not UTF-8.
  public let path: ExactText
  /// Whether the name is UTF-8; an escaped one opens nothing.
  public let isText: Bool
  /// What the folder says.
  public let kind: Kind

  /// Creates an entry.
  public init(path: ExactText, isText: Bool = true, kind: Kind) {
    self.path = path
    self.isText = isText
    self.kind = kind
  }

  /// The last part of the path.
  public var name: ExactText {
    let bytes = path.text.utf8
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return ExactText(Substring(bytes[bytes.index(after: slash)...]))
  }
}

/// Why a store cannot list a folder, or say what a name refers to.
public enum FileStoreError: Error, Hashable, Sendable {
  /// There is nothing of this name (any more).
  case absent
  /// It is a file, or is below one.
  case notAFolder
  /// The store refuses for lack of rights.
  case notPermitted
  /// Any other failure, in the store's words.
  case unreadable(reason: String)
}

/// Why a pinned file cannot be read as planned.
public enum PinError: Error, Hashable, Sendable {
  case vanished(path: String)
  case changed(path: String)
  case unreadable(path: String, reason: String)
}

extension PinError: CustomStringConvertible {
  /// The sentence for the operator; in every case the partition stays pending.
  public var description: String {
    switch self {
    case .vanished(let path):
      "\(path) vanished after the plan was made. The partition stays pending; run again."
    case .changed(let path):
      "\(path) changed after the plan was made. The partition stays pending; run again "
        + "(`min_age:` holds back files that are still being written)."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason). The partition stays pending."
    }
  }
}
