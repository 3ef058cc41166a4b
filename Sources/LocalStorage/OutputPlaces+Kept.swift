import CSystem
import IncrementalJoin

extension OutputPlaces {
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
