import CSystem
import Foundation
import IncrementalJoin

/// The walk over a table's folders, one level a partition key, and what it found.
struct TableListing {
  /// Where the walk is: below the folders of the first keys.
  private struct Level {
    /// Relative to the location, with a slash at the end unless empty.
    var path = ""
    var values: [PartitionValue] = []
    var raw: [ExactText] = []

    /// Without the slash.
    var folder: String { String(decoding: path.utf8.dropLast(), as: UTF8.self) }
  }

  private struct Found {
    var files: [DataFile] = []
    /// One entry a folder, not a file.
    var spellings: [[ExactText]] = []

    mutating func add(_ file: DataFile, spelling: [ExactText]) {
      files.append(file)
      if spellings.last != spelling { spellings.append(spelling) }
    }
  }

  /// The data files that are dated in the future.
  private struct Future {
    /// The one whose path comes first.
    var first: DataFile
    var count = 1
  }

  private let table: TableDefinition
  /// When the listing began.
  private let listedAt: Date
  private let clock: FileClock
  private var found: [Partition: Found] = [:]
  private var future: Future?
  /// Set when the table turns out to be one of Delta, Iceberg or Hudi; the walk ends with it.
  private var openTable: ListingProblem?
  private(set) var problems: [ListingProblem] = []
  private(set) var unreadNames: [UnreadName] = []

  init(of table: TableDefinition, at listedAt: Date, clock: @escaping () -> Date = { Date() }) {
    self.table = table
    self.listedAt = listedAt
    self.clock = FileClock(listedAt: listedAt, now: clock)
  }

  /// What was found; complete after `run`.
  var partitions: [Partition: PartitionListing] {
    found.mapValues { found in
      PartitionListing(
        version: PartitionVersion(files: found.files),
        spellings: Set(found.spellings).sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  mutating func run() {
    do throws(SystemError) {
      let location = try FileSystem.facts(table.location.description, following: true)
      lookAbove()
      try read(table.location.description, in: SystemWorkingFolder, at: Level())
      try confirm(location)
    } catch {
      let isFile = error.code == ENOTDIR
      report(
        isFile ? .locationIsFile : error.isAbsence ? .locationMissing : kind(of: error), at: "")
    }
    if let openTable {
      // Which files count is not known, and what else was met is not the operator's to put right.
      found = [:]
      unreadNames = []
      problems = [openTable]
    } else if let future {
      let modified = Date(timeIntervalSince1970: Double(future.first.modified) / 1e9)
      report(
        .datedInFuture(modified: modified, others: future.count - 1), at: future.first.path.text)
    }
  }

  /// Checks that the location is not a part of an open table, such as the folder `data` of Iceberg.
  private mutating func lookAbove() {
    guard !table.isOutput, let (folder, sign) = OpenTableSign.above(table.location.description)
    else { return }
    openTable = ListingProblem(
      table: table.name, path: folder.exact, kind: .openTable(sign.format, sign: sign.name))
  }

  /// Checks that the location was not unmounted, moved or replaced while it was read: then what
  /// seemed to vanish was not deleted.
  mutating func confirm(_ location: SystemFacts) throws(SystemError) {
    let now = try FileSystem.facts(table.location.description, following: true)
    guard (now.device, now.inode) == (location.device, location.inode) else {
      return report(.unreadable(reason: "the folder was replaced while it was listed"), at: "")
    }
  }

  private mutating func read(
    _ path: String, in parent: Int32, at level: Level
  ) throws(SystemError) {
    let folder = try FolderStream(path, in: parent)
    while openTable == nil, let entry = try folder.next() {
      if !table.isOutput, let sign = OpenTableSign(entry, in: folder) {
        openTable = ListingProblem(
          table: table.name, path: table.location.file(level.folder.exact).exact,
          kind: .openTable(sign.format, sign: sign.name))
        return
      }
      let depth = level.values.count
      let key = table.keys.dropFirst(depth).prefix(1).map(\.name)
      if isHidden(entry.name, keys: key) { continue }
      do throws(SystemError) {
        try visit(entry, in: folder, at: level)
      } catch let error where error.isAbsence {
        continue
      } catch {
        report(kind(of: error), at: level.path + entry.name)
      }
    }
  }

  private mutating func visit(
    _ entry: FolderEntry, in folder: borrowing FolderStream, at level: Level
  ) throws(SystemError) {
    let path = level.path + entry.name
    let isData = table.format.matches(fileName: entry.name)
    let isLeaf = level.values.count == table.keys.count
    if entry.kind == .file, !isData {
      return report(.otherFormat(expected: table.format), at: path)
    }
    if entry.kind == .file, !isLeaf {
      return report(.missingLevel(expected: table.keys), at: path)
    }
    guard entry.isText else {
      return leaveUnread(
        path, isFolder: !isLeaf || entry.kind == .folder, isData: isData, at: level)
    }
    if entry.kind == .folder {
      return try enter(entry.name, in: folder, at: level)
    }
    guard let facts = try target(of: entry.name, in: folder) else {
      let canBeData = isData || (!isLeaf && HivePath.split(entry.name) != nil)
      return report(
        canBeData
          ? .unreadable(reason: "it is a symbolic link to something that does not exist")
          : .otherFormat(expected: table.format), at: path)
    }
    switch facts.kind {
    case .folder: try enter(entry.name, in: folder, at: level)
    case .file where isData && isLeaf: add(facts, path: path, to: level)
    case .file where isData: report(.missingLevel(expected: table.keys), at: path)
    case .link where isData, .other where isData:
      report(.unreadable(reason: "it is neither a file nor a folder"), at: path)
    case .file, .link, .other: report(.otherFormat(expected: table.format), at: path)
    }
  }

  /// The facts of what an entry leads to; nil for a symbolic link that leads nowhere.
  ///
  /// - Throws: ENOENT when the entry itself vanished.
  private func target(
    of name: String, in folder: borrowing FolderStream
  ) throws(SystemError) -> SystemFacts? {
    do throws(SystemError) {
      return try folder.facts(of: name, following: true)
    } catch let error where error.isAbsence {
      _ = try folder.facts(of: name, following: false)
      return nil
    }
  }

  private mutating func enter(
    _ name: String, in folder: borrowing FolderStream, at level: Level
  ) throws(SystemError) {
    let path = level.path + name
    let depth = level.values.count
    guard depth < table.keys.count else { return leaveOut(path, as: .nestedFolder) }
    let key = table.keys[depth]
    guard let (folderKey, raw) = HivePath.split(name) else {
      if HivePath.decode(name) == nil {
        return leaveUnread(path, isFolder: true, isData: false, at: level)
      }
      return leaveOut(path, as: .unexpectedFolder(key: key))
    }
    guard folderKey.isSameName(as: key.name) else {
      return leaveOut(path, as: .unexpectedFolder(key: key))
    }
    guard let value = PartitionValue(raw: raw, type: key.type) else {
      return report(.wrongType(key: key, raw: raw), at: path)
    }
    let inner = Level(
      path: path + "/", values: level.values + [value], raw: level.raw + [raw.exact])
    try read(name, in: folder.descriptor, at: inner)
  }

  /// Reports a name that is not UTF-8, and notes which partitions it may belong to.
  private mutating func leaveUnread(
    _ path: String, isFolder: Bool, isData: Bool, at level: Level
  ) {
    let isLeaf = level.values.count == table.keys.count
    if isLeaf, isFolder { return report(.nestedFolder, at: path) }
    if isLeaf, !isData { return report(.otherFormat(expected: table.format), at: path) }
    unreadNames.append(UnreadName(values: level.values, path: path.exact))
    report(.notText(isFolder: isFolder), at: path)
  }

  /// Reports a folder that is not read, by its name where it is an open table.
  private mutating func leaveOut(_ path: String, as kind: ListingProblem.Kind) {
    let sign = OpenTableSign(in: table.location.file(path.exact))
    report(sign.map { .otherTable($0.format, sign: $0.name) } ?? kind, at: path)
  }

  private mutating func add(_ facts: SystemFacts, path: String, to level: Level) {
    let partition = Partition(keys: table.keys, values: level.values)
    let isFinal = clock.isFinal(facts)
    let file = DataFile(
      path: path.exact, facts: facts, isFinal: isFinal,
      // One that cannot be read has no digest; whoever reads its rows says why.
      digest: isFinal ? nil : try? LocalStorage.digest(table.location.file(path.exact)))
    found[partition, default: Found()].add(file, spelling: level.raw)
    // With a `min_age`, the partition is held and says why.
    if table.minimumAge == .zero, !table.isOutput, file.isFromFuture(at: listedAt) { note(file) }
  }

  private mutating func note(_ file: DataFile) {
    guard var future else { return self.future = Future(first: file) }
    future.count += 1
    if file.path < future.first.path { future.first = file }
    self.future = future
  }

  private mutating func report(_ kind: ListingProblem.Kind, at path: String) {
    problems.append(
      ListingProblem(
        table: table.name, path: table.location.file(path.exact).exact, kind: kind))
  }

  private func kind(of error: SystemError) -> ListingProblem.Kind {
    error.isRefusal ? .notPermitted : .unreadable(reason: error.reason)
  }
}
