import IncrementalJoin
import PartitionPredicate

/// Lists the files of a table's partitions: by one walk below the table's location, and elsewhere one place after another,
/// several at a time.
struct PartitionFiles {
  /// What was listed.
  struct Result {
    var files: [(place: PartitionPlace, file: DataFile)] = []
    var problems: [ListingProblem] = []
  }

  private let table: TableDefinition
  private let isWhole: Bool
  /// So many places are listed at a time.
  private static let width = 16

  /// - Parameters:
  ///   - table: Whose partitions they are.
  ///   - isWhole: Whether all partitions are listed.
  init(of table: TableDefinition, isWhole: Bool) {
    self.table = table
    self.isWhole = isWhole
  }

  func list(_ places: [PartitionPlace], _ files: any FileStore) async -> Result {
    // Few of many partitions are found faster one by one.
    let isWalked = { (place: PartitionPlace) in
      isWhole && table.location.path(to: place.location) != nil
    }
    var result = Result()
    let inside = places.filter(isWalked)
    if !inside.isEmpty || isWhole && !table.keys.isEmpty && !table.isOutput {
      result = await walk(inside, files)
    }
    let others = places.filter { !isWalked($0) }
    var next = others.makeIterator()
    await withTaskGroup(of: Result.self) { group in
      for place in (0..<Self.width).compactMap({ _ in next.next() }) {
        group.addTask { await walk([place], files, at: place.location) }
      }
      for await part in group {
        result.files += part.files
        result.problems += part.problems
        if let place = next.next() {
          group.addTask { await walk([place], files, at: place.location) }
        }
      }
    }
    return result
  }

  /// Lists everything below a location, the table's own or that of one partition.
  private func walk(
    _ places: [PartitionPlace], _ files: any FileStore, at location: Location? = nil
  ) async -> Result {
    let location = location ?? table.location
    var walk = PartitionWalk(of: table, places, at: location)
    do throws(FileStoreError) {
      try await files.list(location, &walk)
    } catch {
      walk.fail("", error)
    }
    return walk.result
  }
}

/// What is shown the files below a location, and finds the partition of each.
private struct PartitionWalk: FolderVisitor {
  let prunes = false
  private let table: TableDefinition
  private let location: Location
  /// By the path of their folder below the location.
  private let places: [ExactText: PartitionPlace]
  /// Those folders and the ones above.
  private let ways: Set<ExactText>
  private var files: [(place: PartitionPlace, file: DataFile)] = []
  private var problems: [ListingProblem] = []
  /// The folders whose files are of no partition.
  private var unlisted: Set<ExactText> = []
  private var nested: Set<ExactText> = []

  init(of table: TableDefinition, _ places: [PartitionPlace], at location: Location) {
    self.table = table
    self.location = location
    self.places = Dictionary(
      places.map { (location.path(to: $0.location) ?? "", $0) },
      uniquingKeysWith: { own, _ in own })
    var ways: Set<ExactText> = []
    for var path in self.places.keys {
      while !path.isEmpty, ways.insert(path).inserted { path = path.folder }
    }
    self.ways = ways
  }

  mutating func visit(
    _ entry: FolderEntry, look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool {
    guard entry.kind != .folder else {
      return ways.contains(entry.path) || !HivePath.isHidden(entry.name)
    }
    if HivePath.isHidden(entry.name) || entry.name.ends(with: "_$folder$") { return false }
    let folder = entry.path.folder
    guard let place = places[folder] else {
      leaveOut(folder)
      return false
    }
    if table.format.cannotRead(fileName: entry.name) {
      report(.otherFormat(expected: table.format), at: entry.path)
      return false
    }
    do throws(FileStoreError) {
      switch try look() {
      case .file(let file):
        let path = table.location.path(toFile: location.folder(file.path))
        files.append((place, file.named(path)))
      case .folder: return true
      case .other, .missing:
        report(.unreadable(reason: "it is neither a file nor a folder"), at: entry.path)
      }
    } catch {
      fail(entry.path, error)
    }
    return false
  }

  /// Takes note of a folder whose files are of no partition: one inside of a partition's, or another one.
  private mutating func leaveOut(_ folder: ExactText) {
    var above = folder
    while !above.isEmpty {
      above = above.folder
      if places[above] != nil {
        nested.insert(folder)
        return
      }
    }
    unlisted.insert(folder)
  }

  mutating func fail(_ folder: ExactText, _ error: FileStoreError) {
    switch error {
    // Nothing lies there: its partitions have no files.
    case .absent, .notAFolder: return
    case .notPermitted: report(.notPermitted, at: folder)
    case .unreadable(let reason): report(.unreadable(reason: reason), at: folder)
    }
  }

  private mutating func report(_ kind: ListingProblem.Kind, at path: ExactText) {
    problems.append(
      ListingProblem(table: table.name, path: location.file(path).exact, kind: kind))
  }

  var result: PartitionFiles.Result {
    var walk = self
    for folder in nested.sorted() { walk.report(.nestedFolder, at: folder) }
    if let first = unlisted.min() {
      walk.report(.catalog(.unlisted(others: unlisted.count - 1)), at: first)
    }
    return PartitionFiles.Result(files: walk.files, problems: walk.problems)
  }
}

extension ExactText {
  /// The path of the folder in which a path lies; empty at the top.
  fileprivate var folder: ExactText {
    let bytes = text.utf8
    return bytes.lastIndex(of: UInt8(ascii: "/")).map { ExactText(Substring(bytes[..<$0])) } ?? ""
  }
}

extension DataFormat {
  /// Whether a name tells a compression that no engine here reads.
  fileprivate func cannotRead(fileName: ExactText) -> Bool {
    guard self != .parquet else { return false }
    let name = fileName.lowercased
    return [".bz2", ".snappy", ".lzo", ".lz4", ".deflate", ".zip"].contains {
      name.ends(with: ExactText($0))
    }
  }
}
