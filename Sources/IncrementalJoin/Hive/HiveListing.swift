import Foundation
import PartitionPredicate

/// What a store shows of a table's folders, sorted into partitions and problems; it reads nothing else from the store.
struct HiveListing: FolderVisitor {
  /// A folder that is entered.
  struct Level {
    /// What is looked for in a folder.
    enum Purpose {
      /// Data files, or the folders of the next key.
      case data
      /// A sign that the folder, which is not read, is an open table of its own.
      case sign
      /// Iceberg's metadata of the folder above.
      case metadata
    }

    let purpose: Purpose
    /// Relative to the location.
    let path: ExactText
    /// The prefix of the paths in it.
    let prefix: ExactText
    let values: [PartitionValue]
    let raw: [ExactText]

    init(
      _ purpose: Purpose, _ path: ExactText, values: [PartitionValue] = [], raw: [ExactText] = []
    ) {
      self.purpose = purpose
      self.path = path
      prefix = path.isEmpty ? "" : "\(path)/"
      self.values = values
      self.raw = raw
    }
  }

  struct Found {
    var files: [DataFile] = []
    /// One entry a folder, not a file.
    var spellings: [[ExactText]] = []

    mutating func add(_ file: DataFile, spelling: [ExactText]) {
      files.append(file)
      if spellings.last != spelling { spellings.append(spelling) }
    }
  }

  let table: TableDefinition
  private let listedAt: Date
  /// Decides about a folder before it is entered; nil where all are.
  let filter: PrefixFilter?
  /// The folder whose entries are visited, and those above it that were entered.
  var levels = [Level(.data, "")]
  var found: [Partition: Found] = [:]
  /// The places of the files that are not final.
  var open: [(partition: Partition, index: Int)] = []
  /// The folders that are not read, and the signs that they are open tables.
  var leftOut: [ExactText: (kind: ListingProblem.Kind, sign: OpenTableSign?)] = [:]
  var problems: [ListingProblem] = []
  private var count = 0
  private let observer = ListingObserver.current
  var unreadNames: [UnreadName] = []
  /// Set when the table turns out to be a Delta, Iceberg or Hudi table, which ends the listing.
  var openTable: ListingProblem?

  init(of table: TableDefinition, in scope: PartitionScope, at listedAt: Date) {
    self.table = table
    self.listedAt = listedAt
    let watched = table.watch?.scope(at: listedAt) ?? .all
    filter = PrefixFilter(scope == .watched ? watched : scope, of: table)
  }

  var prunes: Bool { filter != nil }

  mutating func visit(
    _ entry: FolderEntry, look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool {
    guard openTable == nil else { return false }
    let level = level(above: entry.path)
    switch level.purpose {
    case .data:
      if !table.isOutput, let sign = sign(entry, look) {
        end(sign, at: table.location.folder(level.path))
        return false
      }
      return visitData(entry, at: level, look)
    case .sign: return visitLeftOut(entry, look)
    case .metadata:
      if let sign = OpenTableSign(inMetadata: entry.name) { note(sign, in: above(level)) }
      return false
    }
  }

  mutating func fail(_ folder: ExactText, _ error: FileStoreError) {
    // The kind of a folder that is not read anyway need not be known.
    if case .data = level(above: "\(folder)/x").purpose { report(kind(of: error), at: folder) }
  }

  /// Records that the location could not be listed.
  mutating func fail(with error: FileStoreError) {
    switch error {
    case .absent:
      openTable = nil
      report(.locationMissing, at: "")
    case .notAFolder:
      openTable = nil
      report(.locationIsFile, at: "")
    case .notPermitted, .unreadable: report(kind(of: error), at: "")
    }
  }

  /// Ends the listing: the table is one of Delta, Iceberg or Hudi.
  mutating func end(_ sign: OpenTableSign, at folder: Location) {
    openTable = ListingProblem(
      table: table.name, path: folder.description.exact,
      kind: .openTable(sign.format, sign: sign.name))
  }

  /// Computes the digests of the files that are not final.
  mutating func digestOpenFiles(_ digest: (DataFile) async -> String?) async {
    for (partition, index) in open {
      guard let file = found[partition]?.files[index] else { continue }
      found[partition]?.files[index].digest = await digest(file)
    }
  }

  /// Counts a data file that was found.
  mutating func count(_ file: DataFile) {
    count += 1
    if count.isMultiple(of: ListingObserver.interval) {
      observer?.report(ListingCount(table: table.name, files: count, isDone: false))
    }
  }

  /// What was found.
  var snapshot: Snapshot {
    if let openTable {
      // Which files count is unknown, and the operator cannot do anything about the other findings.
      return Snapshot(
        table: table, listedAt: listedAt, partitions: [:], problems: [openTable],
        isWhole: filter == nil)
    }
    let partitions = found.mapValues { found in
      PartitionListing(
        version: PartitionVersion(files: found.files),
        spellings: Set(found.spellings).sorted { $0.lexicographicallyPrecedes($1) })
    }
    let others = leftOut.map { path, found in
      problem(found.sign.map { .otherTable($0.format, sign: $0.name) } ?? found.kind, at: path)
    }
    return Snapshot(
      table: table, listedAt: listedAt, partitions: partitions,
      problems: (problems + others + [futureFiles].compactMap(\.self)).sorted { $0.path < $1.path },
      unreadNames: unreadNames.sorted { $0.path < $1.path }, isWhole: filter == nil)
  }

  /// The folder that contains a path; folders that were left are forgotten.
  private mutating func level(above path: ExactText) -> Level {
    while let level = levels.last, !path.begins(with: level.prefix) { levels.removeLast() }
    return levels[levels.count - 1]
  }

  /// The path of the folder that contains an entered one.
  func above(_ level: Level) -> ExactText { levels[levels.count - 2].path }

  private func sign(
    _ entry: FolderEntry, _ look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> OpenTableSign? {
    if let sign = OpenTableSign(inPartition: entry.name) { return sign }
    return OpenTableSign(folder: entry.name).flatMap { isFolder(entry, look) ? $0 : nil }
  }

  func isFolder(
    _ entry: FolderEntry, _ look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool {
    entry.kind == .folder || entry.kind == .other && (try? look()) == .folder
  }

  mutating func note(_ sign: OpenTableSign, in folder: ExactText) {
    guard let before = leftOut[folder]?.sign else {
      leftOut[folder]?.sign = sign
      return
    }
    let order = OpenTableFormat.allCases.filter { [before.format, sign.format].contains($0) }
    if before.format != order.first { leftOut[folder]?.sign = sign }
  }
}

extension HiveListing {
  /// One note of the files that are dated in the future; with a `min_age`, their partitions are held and say why.
  private var futureFiles: ListingProblem? {
    guard table.minimumAge == .zero, !table.isOutput else { return nil }
    let files = found.values.flatMap { $0.files.filter { $0.isFromFuture(at: listedAt) } }
    guard let first = files.min(by: { $0.path < $1.path }) else { return nil }
    return problem(
      .datedInFuture(modified: Date(nanoseconds: first.modified), others: files.count - 1),
      at: first.path)
  }

  mutating func report(_ kind: ListingProblem.Kind, at path: ExactText) {
    problems.append(problem(kind, at: path))
  }

  private func problem(_ kind: ListingProblem.Kind, at path: ExactText) -> ListingProblem {
    ListingProblem(table: table.name, path: table.location.file(path).exact, kind: kind)
  }

  func kind(of error: FileStoreError) -> ListingProblem.Kind {
    switch error {
    case .notPermitted: .notPermitted
    case .unreadable(let reason): .unreadable(reason: reason)
    case .absent: .unreadable(reason: "No such file or directory")
    case .notAFolder: .unreadable(reason: "Not a directory")
    }
  }
}
