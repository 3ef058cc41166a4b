import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization

extension LocalOutputLease {
  func publish(_ action: PublishAction, run: RunID, partition: Partition) throws(PublishError) {
    try renaming.withLock { _ throws(PublishError) in
      try checkLock()
      try places.checkLinks(to: partition)
      let place = places.places(of: partition, run: run)
      try verify(action, at: place)
      try perform(
        PublishStep.steps(for: action, of: place, in: places, exchanging: exchanges))
    }
  }

  func flush(_ partitions: [Partition]) throws(PublishError) {
    for partition in partitions { noteParents(of: places.published(partition)) }
    try unsynced.sync()
  }

  /// Performs steps in order; when one fails, undoes the ones before it.
  func perform(_ steps: [PublishStep]) throws(PublishError) {
    for (index, step) in steps.enumerated() {
      do throws(PublishError) {
        try perform(step)
      } catch {
        for done in steps[..<index].reversed() {
          guard let reversed = done.reversed else { continue }
          try? perform(reversed)
        }
        throw error
      }
    }
  }

  /// Performs one step.
  func perform(_ step: PublishStep) throws(PublishError) {
    switch step {
    case .createParents(let path):
      try createFolders(FileSystem.parent(of: path))
    case .clear(let path):
      do throws(SystemError) {
        try FileSystem.removeTree(path)
      } catch {
        throw error.cannot("remove the folder", path)
      }
    case .exchange(let first, let second):
      do throws(SystemError) {
        try FileSystem.exchange(first, second)
      } catch {
        throw error.cannot("put a new folder in the place of", second)
      }
      unsynced.insert(FileSystem.parent(of: first))
      unsynced.insert(FileSystem.parent(of: second))
    case .move(let from, let to):
      do throws(SystemError) {
        try FileSystem.rename(from, to: to)
      } catch let error where error.code == EEXIST {
        throw .outputChanged(path: to)
      } catch {
        throw error.cannot("move to \(to) the folder", from)
      }
      unsynced.insert(FileSystem.parent(of: from))
      unsynced.insert(FileSystem.parent(of: to))
    case .removeEmptyParents(let path, let root):
      removeEmptyParents(of: path, root: root)
    }
  }

  /// Notes every folder from above a published folder to above the location.
  func noteParents(of published: String) {
    var path = published
    while path.utf8.count >= places.location.utf8.count, path != "/" {
      path = FileSystem.parent(of: path)
      unsynced.insert(path)
    }
  }

  /// Checks that the folders are those that the action names.
  private func verify(_ action: PublishAction, at place: PartitionLocations) throws(PublishError) {
    let published = try folder(place.published)
    switch action {
    case .publish(let staged, let replaced):
      guard published == replaced else { throw .outputChanged(path: place.published) }
      guard try folder(place.staged) == staged else { throw .outputChanged(path: place.staged) }
    case .remove(let removed):
      guard published == removed else { throw .outputChanged(path: place.published) }
    }
  }

  private func removeEmptyParents(of path: String, root: String) {
    var path = FileSystem.parent(of: path)
    while path.utf8.count > root.utf8.count {
      do throws(SystemError) {
        try FileSystem.removeFolder(path)
      } catch {
        // Not empty, or not ours to remove: either way a folder without data hurts nobody.
        guard error.isAbsence else { return }
      }
      path = FileSystem.parent(of: path)
      unsynced.insert(path)
    }
  }
}

extension LocalOutputLease {
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
    of staged: StoreToken, replacing replaced: StoreToken?, at place: PartitionLocations
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
    of removed: StoreToken, at place: PartitionLocations
  ) throws(PublishError) -> PublishState {
    let published = try folder(place.published)
    if published == removed { return .notDone }
    guard published == nil, try folder(place.kept) == removed else { return .unknown }
    try perform(.removeEmptyParents(of: place.published, root: places.location))
    return .done
  }
}

extension LocalOutputLease {
  func claim(_ owner: OutputOwner) throws(PublishError) {
    try checkLock()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try encoder.encode(owner).write(
        to: URL(fileURLWithPath: places.owner), options: .atomic)
    } catch {
      throw .system(
        operation: "write the marker", path: places.owner, reason: error.localizedDescription)
    }
    do throws(SystemError) {
      try FileSystem.sync(places.owner)
    } catch {
      throw error.cannot("write to disk the marker", places.owner)
    }
    unsynced.insert(places.hidden)
  }
}
