import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization

extension LocalOutputLease {
  func kept() throws(PublishError) -> [KeptRun] {
    try places.keptRuns()
  }

  func kept(run: RunID, partition: Partition) throws(PublishError) -> String? {
    let path = places.places(of: partition, run: run).kept
    return try folder(path) == nil ? nil : path
  }

  func restage(
    kept run: RunID, as new: RunID, partition: Partition
  ) throws(PublishError) -> StoreToken? {
    try checkLock()
    let kept = places.places(of: partition, run: run).kept
    guard try folder(kept) != nil else { return nil }
    let staged = try makeStagingFolder(run: new, partition: partition)
    do throws(SystemError) {
      try FileSystem.linkTree(kept, to: staged)
    } catch {
      throw error.cannot("copy to \(staged) the kept folder", kept)
    }
    return try seal(run: new, partition: partition)
  }

  func removeKept(runs: [RunID]) throws(PublishError) {
    try checkLock()
    try renaming.withLock { _ throws(PublishError) in
      for run in runs { try remove("\(places.kept)/\(run)") }
      try removeUnusedKept(except: [])
    }
  }

  /// Removes the runs' kept folders that a publish prepared and never used.
  func removeUnusedKept(except runs: Set<RunID>) throws(PublishError) {
    for run in try places.runsWithKeptFolders() where !runs.contains(run) {
      let path = "\(places.kept)/\(run)"
      do throws(SystemError) {
        _ = try FileSystem.removeEmptyFolders(path)
      } catch {
        throw error.cannot("read the folder", path)
      }
    }
  }

  /// Removes a folder with everything in it, if it is there.
  func remove(_ path: String) throws(PublishError) {
    do throws(SystemError) {
      try FileSystem.removeTree(path)
    } catch {
      throw error.cannot("remove the folder", path)
    }
  }
}
