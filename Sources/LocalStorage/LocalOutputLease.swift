import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization

/// The staging area and the published partitions of one output on a local file system.
final class LocalOutputLease: OutputLease {
  let places: OutputLocations
  /// Whether the file system exchanges two folders in one step.
  ///
  /// Where it cannot, the published folder is moved away before the staged one takes its place: for that
  /// moment readers find the partition missing, and `recover` finishes a publish that was interrupted in between.
  let exchanges: Bool
  let unsynced = UnsyncedFolders()
  /// Held while folders are renamed, so that no parent is removed as empty that another partition
  /// is about to enter.
  let renaming = Mutex(())
  private let lock: OutputLock

  init(places: OutputLocations, lock: OutputLock, exchanges: Bool) {
    self.places = places
    self.lock = lock
    self.exchanges = exchanges
    // This process, or an earlier one that was killed, may have made them and not synced them.
    let hidden = places.hidden
    for folder in [FileSystem.parent(of: hidden), hidden, places.staging, places.kept] {
      unsynced.insert(folder)
    }
  }

  func freeSpace() throws(PublishError) -> Int64? {
    var path = places.location
    while true {
      do throws(SystemError) {
        return try FileSystem.freeSpace(path)
      } catch let error where error.isAbsence && path != "/" {
        path = FileSystem.parent(of: path)
      } catch {
        throw error.cannot("read the free space of", path)
      }
    }
  }

  func token(published partition: Partition) throws(PublishError) -> StoreToken? {
    try places.checkLinks(to: partition)
    return try folder(places.published(partition))
  }

  func release() {
    lock.release()
  }

  /// The folder of this name; nil when there is none.
  func folder(_ path: String) throws(PublishError) -> StoreToken? {
    do throws(SystemError) {
      return try FileSystem.folder(path)
    } catch {
      throw error.cannot("look up the folder", path)
    }
  }

  /// Checks that the lock is held, before anything is changed.
  func checkLock() throws(PublishError) {
    guard lock.isHeld else {
      throw .system(
        operation: "write to", path: places.location, reason: "this run no longer holds its lock")
    }
  }
}

extension LocalOutputLease {
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

  func token(staged run: RunID, partition: Partition) throws(PublishError) -> StoreToken? {
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
