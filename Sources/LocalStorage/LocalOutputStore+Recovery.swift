import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization

extension LocalOutputStore {
  func recover(
    _ action: PublishAction, run: RunID, partition: Partition
  ) throws(PublishError) -> PublishState {
    try renaming.withLock { _ throws(PublishError) in
      try checkLock()
      try places.checkLinks(to: partition)
      let place = places.places(of: partition, run: run)
      // The interrupted process may not have come to its flush.
      noteParents(of: place.published)
      for path in [place.staged, place.kept] { unsynced.insert(FileSystem.parent(of: path)) }
      switch action {
      case .publish(let staged, let replaced):
        return try recoverPublish(of: staged, replacing: replaced, at: place)
      case .remove(let removed):
        return try recoverRemoval(of: removed, at: place)
      }
    }
  }

  private func recoverPublish(
    of staged: StoreToken, replacing replaced: StoreToken?, at place: PartitionPlaces
  ) throws(PublishError) -> PublishState {
    let published = try folder(place.published)
    if published == staged {
      if let replaced, try folder(place.staged) == replaced {
        try perform([
          .createParents(of: place.kept), .clear(place.kept), .move(place.staged, to: place.kept),
        ])
      }
      return .done
    }
    if published == replaced { return .notDone }
    guard published == nil, try folder(place.kept) == replaced else { return .unknown }
    // Killed between the two renames of a file system that cannot exchange: nothing is published.
    let isStaged = try folder(place.staged) == staged
    try perform([
      .createParents(of: place.published),
      .move(isStaged ? place.staged : place.kept, to: place.published),
    ])
    return isStaged ? .done : .notDone
  }

  private func recoverRemoval(
    of removed: StoreToken, at place: PartitionPlaces
  ) throws(PublishError) -> PublishState {
    let published = try folder(place.published)
    if published == removed { return .notDone }
    guard published == nil, try folder(place.kept) == removed else { return .unknown }
    try perform(.removeEmptyParents(of: place.published, root: places.location))
    return .done
  }
}
