import IncrementalJoin
import PartitionPredicate
import Synchronization

/// The folders in which names were added, removed or exchanged and that are not durable yet.
final class UnsyncedFolders: Sendable {
  struct State {
    var changes: UInt64 = 0
    /// The last change of each folder.
    var folders: [ExactText: UInt64] = [:]
  }

  let state = Mutex(State())

  /// Notes that names changed in a folder.
  func insert(_ folder: String) {
    state.withLock { state in
      state.changes += 1
      state.folders[folder.exact] = state.changes
    }
  }

  /// Makes all of them durable.
  ///
  /// A folder stays noted until its sync has ended, so that a concurrent
  /// caller does not return before it; one that was removed meanwhile needs none.
  func sync() throws(PublishError) {
    let seen = state.withLock { $0.folders }
    for folder in seen.keys.sorted() {
      do throws(SystemError) {
        try FileSystem.sync(folder.text)
      } catch let error where error.isAbsence {
        continue
      } catch {
        throw error.cannot("write to disk the folder", folder.text)
      }
    }
    state.withLock { state in
      for (folder, change) in seen where state.folders[folder] == change {
        state.folders[folder] = nil
      }
    }
  }
}
