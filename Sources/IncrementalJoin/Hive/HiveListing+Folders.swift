import PartitionPredicate

extension HiveListing {
  /// Looks at a name where data files, or folders of the next key, are expected.
  mutating func visitData(
    _ entry: FolderEntry, at level: Level,
    _ look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool {
    let isData = table.format.matches(fileName: entry.name.text)
    let isLeaf = level.values.count == table.keys.count
    let key = table.keys.dropFirst(level.values.count).prefix(1).map(\.name)
    if HivePath.isHidden(entry.name, keys: key) { return false }
    if entry.kind == .file, !isData {
      report(.otherFormat(expected: table.format), at: entry.path)
      return false
    }
    if entry.kind == .file, !isLeaf {
      report(.missingLevel(expected: table.keys), at: entry.path)
      return false
    }
    guard entry.isText else {
      leaveUnread(
        entry.path, isFolder: !isLeaf || entry.kind == .folder, isData: isData, at: level)
      return false
    }
    if entry.kind == .folder { return enter(entry, at: level) }
    do throws(FileStoreError) {
      switch try look() {
      case .folder: return enter(entry, at: level)
      case .file(let file) where isData && isLeaf: add(file, to: level)
      case .file where isData: report(.missingLevel(expected: table.keys), at: entry.path)
      case .other where isData:
        report(.unreadable(reason: "it is neither a file nor a folder"), at: entry.path)
      case .missing where isData || !isLeaf && HivePath.split(entry.name.text) != nil:
        report(
          .unreadable(reason: "it is a symbolic link to something that does not exist"),
          at: entry.path)
      case .file, .other, .missing:
        report(.otherFormat(expected: table.format), at: entry.path)
      }
    } catch {
      if error != .absent { report(kind(of: error), at: entry.path) }
    }
    return false
  }

  private mutating func enter(_ folder: FolderEntry, at level: Level) -> Bool {
    let depth = level.values.count
    guard depth < table.keys.count else { return leaveOut(folder, as: .nestedFolder) }
    let key = table.keys[depth]
    guard let (folderKey, raw) = HivePath.split(folder.name.text) else {
      if HivePath.decode(folder.name.text) == nil {
        leaveUnread(folder.path, isFolder: true, isData: false, at: level)
        return false
      }
      return leaveOut(folder, as: .unexpectedFolder(key: key))
    }
    guard folderKey.isSameName(as: key.name) else {
      return leaveOut(folder, as: .unexpectedFolder(key: key))
    }
    guard let value = PartitionValue(raw: raw, type: key.type) else {
      report(.wrongType(key: key, raw: raw), at: folder.path)
      return false
    }
    let values = level.values + [value]
    if let filter, !filter.admits(values) { return false }
    levels.append(Level(.data, folder.path, values: values, raw: level.raw + [raw.exact]))
    return true
  }

  /// Reports a name that is not UTF-8, and notes which partitions it may belong to.
  private mutating func leaveUnread(
    _ path: ExactText, isFolder: Bool, isData: Bool, at level: Level
  ) {
    let isLeaf = level.values.count == table.keys.count
    if isLeaf, isFolder { return report(.nestedFolder, at: path) }
    if isLeaf, !isData { return report(.otherFormat(expected: table.format), at: path) }
    unreadNames.append(UnreadName(values: level.values, path: path))
    report(.notText(isFolder: isFolder), at: path)
  }

  /// Records a folder that is not read, and enters it to see whether it is an open table.
  private mutating func leaveOut(_ folder: FolderEntry, as kind: ListingProblem.Kind) -> Bool {
    leftOut[folder.path] = (kind, nil)
    levels.append(Level(.sign, folder.path))
    return true
  }

  /// Looks at a name in a folder that is not read.
  mutating func visitLeftOut(
    _ entry: FolderEntry, _ look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool {
    let folder = levels[levels.count - 1]
    // Iceberg's metadata is such a folder too, within the one that it makes a table.
    if !table.isOutput,
      folder.path == "\(levels[levels.count - 2].prefix)\(OpenTableSign.icebergMetadata)",
      let sign = OpenTableSign(inMetadata: entry.name)
    {
      end(sign, at: table.location.folder(above(folder)))
    } else if entry.name == OpenTableSign.icebergMetadata, isFolder(entry, look) {
      levels.append(Level(.metadata, entry.path))
      return true
    } else if let sign = OpenTableSign(folder: entry.name), isFolder(entry, look) {
      note(sign, in: folder.path)
    }
    return false
  }

  private mutating func add(_ file: DataFile, to level: Level) {
    let partition = Partition(keys: table.keys, values: level.values)
    if !file.isFinal { open.append((partition, found[partition]?.files.count ?? 0)) }
    found[partition, default: Found()].add(file, spelling: level.raw)
    count(file)
  }
}
