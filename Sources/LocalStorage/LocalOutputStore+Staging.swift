import Foundation
import IncrementalJoin
import Synchronization

extension LocalOutputStore {
  func makeStagingFolder(run: Int64, partition: Partition) throws(PublishError) -> String {
    try checkLock()
    let path = places.places(of: partition, run: run).staged
    do throws(SystemError) {
      try FileSystem.removeTree(path)
    } catch {
      throw error.cannot("empty the folder", path)
    }
    try createFolders(path)
    return path
  }

  func seal(run: Int64, partition: Partition) throws(PublishError) -> FolderID {
    let path = places.places(of: partition, run: run).staged
    do throws(SystemError) {
      try FileSystem.syncTree(path)
    } catch {
      throw error.cannot("write to disk the folder", path)
    }
    try unsynced.sync()
    guard let folder = try folder(path) else {
      throw SystemError(code: ENOENT).cannot("write to disk the folder", path)
    }
    return folder
  }

  func sweep(keptRuns: Int) throws(PublishError) {
    try checkLock()
    try renaming.withLock { _ throws(PublishError) in
      try remove(places.staging)
      var runs: [Int64] = []
      for run in try names(in: places.kept).compactMap({ Int64($0) }) {
        if try !removeEmptyFolders("\(places.kept)/\(run)") { runs.append(run) }
      }
      for run in runs.sorted(by: >).dropFirst(max(0, keptRuns)) {
        try remove("\(places.kept)/\(run)")
      }
    }
  }

  /// Creates a folder with its parents, to be durable after the next sync.
  func createFolders(_ path: String) throws(PublishError) {
    do throws(SystemError) {
      for folder in try FileSystem.createFolders(path) { unsynced.insert(folder) }
    } catch {
      throw error.cannot("create the folder", path)
    }
  }

  private func remove(_ path: String) throws(PublishError) {
    do throws(SystemError) {
      try FileSystem.removeTree(path)
    } catch {
      throw error.cannot("remove the folder", path)
    }
  }

  /// Removes a run's kept folders where a publish prepared them and never used them.
  ///
  /// - Returns: whether nothing is left of the run.
  private func removeEmptyFolders(_ path: String) throws(PublishError) -> Bool {
    do throws(SystemError) {
      return try FileSystem.removeEmptyFolders(path)
    } catch {
      throw error.cannot("read the folder", path)
    }
  }

  /// The names in a folder; none when there is no such folder.
  private func names(in path: String) throws(PublishError) -> [String] {
    var names: [String] = []
    do throws(SystemError) {
      let folder = try FolderStream(path)
      while let entry = try folder.next() { names.append(entry.name) }
      return names
    } catch {
      guard error.isAbsence else { throw error.cannot("read the folder", path) }
      return []
    }
  }
}
