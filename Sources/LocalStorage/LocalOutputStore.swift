import Foundation
import IncrementalJoin
import Synchronization

/// The staging area and the published partitions of one output on a local file system.
final class LocalOutputStore: OutputStore {
  let places: OutputPlaces
  /// Whether the file system exchanges two folders in one step.
  ///
  /// Where it cannot, the published folder
  /// is moved away before the staged one takes its place: for that moment readers find the partition
  /// missing, and `recover` finishes a publish that was interrupted in between.
  let exchanges: Bool
  let unsynced = UnsyncedFolders()
  /// Held while folders are renamed, so that no parent is removed as empty that another partition
  /// is about to enter.
  let renaming = Mutex(())
  private let lock: OutputLock

  init(places: OutputPlaces, lock: OutputLock, exchanges: Bool) {
    self.places = places
    self.lock = lock
    self.exchanges = exchanges
    // This process, or an earlier one that was killed, may have made them and not synced them.
    let hidden = places.hidden
    for folder in [FileSystem.parent(of: hidden), hidden, places.staging, places.kept] {
      unsynced.insert(folder)
    }
  }

  func freeSpace() throws(PublishError) -> Int64 {
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

  func publishedFolder(_ partition: Partition) throws(PublishError) -> StoreToken? {
    try places.checkLinks(to: partition)
    return try folder(places.published(partition))
  }

  func close() {
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
