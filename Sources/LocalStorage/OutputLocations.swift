import CPOSIX
import IncrementalJoin
import PartitionPredicate

/// The paths that belong to one output.
struct OutputLocations: Hashable {
  /// The output's location, without symbolic links: two names of one output share one lock.
  let location: String
  /// The hidden folder beside the location: `.NAME.dovetail`.
  let hidden: String

  init(_ output: OutputDefinition) {
    location = FileSystem.resolved(output.location.description)
    hidden = Location(location).hiddenFolder.description
  }

  var lock: String { "\(hidden)/lock" }
  var staging: String { "\(hidden)/staging" }
  var kept: String { "\(hidden)/kept" }
  var owner: String { "\(hidden)/owner" }
  var probe: String { "\(hidden)/probe" }

  /// The three places where the folders of one partition can be.
  func places(of partition: Partition, run: RunID) -> PartitionLocations {
    PartitionLocations(
      staged: Self.folder(of: partition, in: "\(staging)/\(run)"),
      published: published(partition),
      kept: Self.folder(of: partition, in: "\(kept)/\(run)"))
  }

  /// The published folder of a partition.
  func published(_ partition: Partition) -> String {
    Self.folder(of: partition, in: location)
  }

  /// The folder of a partition below another one: that one itself for an output without keys.
  private static func folder(of partition: Partition, in folder: String) -> String {
    partition.keys.isEmpty ? folder : FileSystem.joined(folder, partition.path.text)
  }
}

/// The three places where the folders of one partition can be.
struct PartitionLocations: Hashable {
  let staged: String
  let published: String
  /// Where the run that replaces or removes the published folder keeps it for undo.
  let kept: String
}

extension OutputLocations {
  /// The data files that a run has staged for a partition.
  func files(staged run: RunID, partition: Partition) throws(PublishError) -> [DataFile] {
    try files(in: places(of: partition, run: run).staged, of: partition)
  }

  /// The data files of a partition that a run replaced or removed, with their paths below the run's kept folder.
  func files(kept run: RunID, partition: Partition) throws(PublishError) -> [DataFile] {
    try files(in: places(of: partition, run: run).kept, of: partition)
  }

  /// The published data files of a partition.
  func files(published partition: Partition) throws(PublishError) -> [DataFile] {
    try files(in: published(partition), of: partition)
  }

  /// The data files of one folder, in the order of a partition version, with the paths that they have
  /// below the location once they are published.
  private func files(in path: String, of partition: Partition) throws(PublishError) -> [DataFile] {
    var files: [DataFile] = []
    do throws(SystemError) {
      let folder = try FolderStream(path)
      while let entry = try folder.next() {
        // Outputs are written as Parquet.
        guard entry.isText, !HivePath.isHidden(entry.name.exact),
          DataFormat.parquet.matches(fileName: entry.name),
          let facts = try folder.factsIfPresent(of: entry.name), facts.kind == .file
        else { continue }
        files.append(
          DataFile(
            path: partition.keys.isEmpty ? entry.name.exact : "\(partition.path)/\(entry.name)",
            facts: facts))
      }
    } catch {
      guard error.isAbsence else { throw error.cannot("read the folder", path) }
    }
    return files.sorted { $0.path < $1.path }
  }
}

extension OutputLocations {
  /// Refuses to write through symbolic links: the hidden folder, and what is made in it, must be folders.
  func checkLinks() throws(PublishError) {
    for path in [hidden, staging, kept, probe] { try Self.check(path) }
  }

  /// Refuses a partition that is reached through a symbolic link inside the output.
  ///
  /// The location itself may be one, or lie behind one: that is where the output was put.
  func checkLinks(to partition: Partition) throws(PublishError) {
    var path = location
    for folder in partition.keys.isEmpty ? [] : partition.path.parts(separatedBy: "/") {
      path = FileSystem.joined(path, folder.text)
      try Self.check(path)
    }
  }

  private static func check(_ path: String) throws(PublishError) {
    var isLink = false
    do throws(SystemError) {
      isLink = try FileSystem.facts(path, following: false).kind == .link
    } catch let error where error.isAbsence {
      return
    } catch {
      throw error.cannot("look up the folder", path)
    }
    if isLink { throw .linked(path: path) }
  }
}

extension OutputLocations {
  /// What the runs have kept for undo, newest first; runs that have kept no file do not count.
  func keptRuns() throws(PublishError) -> [KeptRun] {
    var kept: [KeptRun] = []
    for run in try runsWithKeptFolders() {
      let path = "\(self.kept)/\(run)"
      do throws(SystemError) {
        let content = try KeptContent(of: path)
        guard content.partitions > 0 else { continue }
        kept.append(KeptRun(run: run, partitions: content.partitions, bytes: content.bytes))
      } catch {
        throw error.cannot("read the folder", path)
      }
    }
    return kept
  }

  /// The runs that have a folder among the kept ones, newest first; it may be without files.
  func runsWithKeptFolders() throws(PublishError) -> [RunID] {
    try names(in: kept)
      .compactMap { name in Int64(name).flatMap { String($0) == name ? RunID($0) : nil } }
      .sorted(by: >)
  }

  /// The names in a folder, in the file system's order; none when there is no such folder.
  func names(in path: String) throws(PublishError) -> [String] {
    var names: [String] = []
    do throws(SystemError) {
      let folder = try FolderStream(path)
      while let entry = try folder.next() { names.append(entry.name) }
    } catch {
      guard error.isAbsence else { throw error.cannot("read the folder", path) }
    }
    return names
  }
}

/// What lies in one run's kept folders.
private struct KeptContent {
  /// A partition's folder is one that holds a file; the folders above it hold only folders.
  var partitions = 0
  var bytes: Int64 = 0

  init(of path: String) throws(SystemError) {
    try read(path, isInPartition: false)
  }

  /// Reads a folder, and does without what a writer removes meanwhile.
  private mutating func read(_ path: String, isInPartition: Bool) throws(SystemError) {
    var folders: [String] = []
    var hasFile = false
    do throws(SystemError) {
      let folder = try FolderStream(path)
      while let entry = try folder.next() {
        guard let facts = try folder.factsIfPresent(of: entry.name) else { continue }
        if facts.kind == .folder {
          folders.append("\(path)/\(entry.name)")
        } else {
          hasFile = true
          bytes += facts.size
        }
      }
    } catch {
      guard error.isAbsence else { throw error }
    }
    if hasFile, !isInPartition { partitions += 1 }
    for folder in folders { try read(folder, isInPartition: isInPartition || hasFile) }
  }
}
