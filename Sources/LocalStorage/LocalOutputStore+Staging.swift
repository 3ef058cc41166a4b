import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization

extension LocalOutputStore {
  func makeStagingFolder(run: RunID, partition: Partition) throws(PublishError) -> String {
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

  func seal(run: RunID, partition: Partition) throws(PublishError) -> StoreToken {
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

  func stagedFolder(run: RunID, partition: Partition) throws(PublishError) -> StoreToken? {
    try folder(places.places(of: partition, run: run).staged)
  }

  func files(staged run: RunID, partition: Partition) throws(PublishError) -> [DataFile] {
    try places.files(staged: run, partition: partition)
  }

  func files(published partition: Partition) throws(PublishError) -> [DataFile] {
    try places.files(published: partition)
  }

  func removeStaged(except runs: Set<RunID>) throws(PublishError) {
    try checkLock()
    try renaming.withLock { _ throws(PublishError) in
      let spared = Set(runs.map(String.init))
      let names = try places.names(in: places.staging)
      if spared.isDisjoint(with: names) {
        try remove(places.staging)
      } else {
        for name in names where !spared.contains(name) { try remove("\(places.staging)/\(name)") }
      }
      try removeUnusedKept(except: runs)
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
}
