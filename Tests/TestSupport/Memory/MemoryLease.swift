import IncrementalJoin
import PartitionPredicate
import Synchronization

/// An output in memory, held by one writer.
///
/// Like a file system that cannot exchange folders, it publishes in two steps.
final class MemoryLease: OutputLease {
  private let storage: MemoryStorage
  private let places: MemoryLocations
  private let number: Int

  init(storage: MemoryStorage, output: OutputDefinition, number: Int) {
    self.storage = storage
    places = MemoryLocations(output)
    self.number = number
  }

  func release() {
    storage.state.withLock { state in
      if state.holders[places.location]?.lease == number { state.holders[places.location] = nil }
    }
  }

  /// Changes the output; whoever does not hold it any more changes nothing.
  private func change<Value>(
    _ call: String, _ about: some CustomStringConvertible,
    _ body: (inout MemoryStorage.State) throws(PublishError) -> Value
  ) throws(PublishError) -> Value {
    try storage.fault(call, about)
    return try storage.state.withLock { state throws(PublishError) in
      guard state.holders[places.location]?.lease == number else {
        throw .system(
          operation: "write to", path: places.location.description,
          reason: "this run no longer holds its lock")
      }
      return try body(&state)
    }
  }

  private func token(_ folder: Location) -> StoreToken? {
    storage.state.withLock { $0.tokens[folder.description.exact] }
  }
}

extension MemoryLease {
  func freeSpace() throws(PublishError) -> Int64? {
    try storage.fault("freeSpace", places.location)
    return nil
  }

  func makeStagingFolder(run: RunID, partition: Partition) throws(PublishError) -> String {
    try change("makeStagingFolder", partition) { state in
      let folder = places.staged(run).folder(partition.path)
      state.remove(folder)
      let number = state.next()
      state.tokens[folder.description.exact] = StoreToken("memory \(number)")
      state.unsealed.insert(folder.description.exact)
      return folder.description
    }
  }

  func seal(run: RunID, partition: Partition) throws(PublishError) -> StoreToken {
    let folder = places.staged(run).folder(partition.path)
    return try change("seal", partition) { state throws(PublishError) in
      guard let token = state.tokens[folder.description.exact] else {
        throw .system(
          operation: "write to disk the folder", path: folder.description,
          reason: "No such file or directory")
      }
      state.unsealed.remove(folder.description.exact)
      return token
    }
  }

  func token(staged run: RunID, partition: Partition) throws(PublishError) -> StoreToken? {
    try storage.fault("token", partition)
    return token(places.staged(run).folder(partition.path))
  }

  func files(staged run: RunID, partition: Partition) throws(PublishError) -> [DataFile] {
    try storage.fault("files", partition)
    let folder = places.staged(run)
    let files = places.files(of: partition, in: folder, storage.state)
    let isSealed = storage.state.withLock {
      !$0.unsealed.contains(folder.folder(partition.path).description.exact)
    }
    return isSealed
      ? files : files.map { DataFile(path: $0.path, size: $0.size, modified: $0.modified) }
  }

  func removeStaged(except runs: Set<RunID>) throws(PublishError) {
    try change("removeStaged", places.location) { state in
      let staging = places.hidden.folder("staging")
      for path in state.tokens.keys {
        guard let inner = staging.path(to: Location(path.text)),
          let run = Int64(inner.parts(separatedBy: "/")[0].text).map(RunID.init),
          !runs.contains(run)
        else { continue }
        state.remove(Location(path.text))
      }
    }
  }
}

extension MemoryLease {
  func token(published partition: Partition) throws(PublishError) -> StoreToken? {
    try storage.fault("token", partition)
    return token(places.location.folder(partition.path))
  }

  func files(published partition: Partition) throws(PublishError) -> [DataFile] {
    try storage.fault("files", partition)
    return places.files(of: partition, in: places.location, storage.state)
  }

  func publish(_ action: PublishAction, run: RunID, partition: Partition) throws(PublishError) {
    let (staged, published, kept) = folders(run, partition)
    try change("publish", partition) { state throws(PublishError) in
      let now = state.tokens[published.description.exact]
      switch action {
      case .publish(let token, let replaced):
        guard now == replaced else { throw .outputChanged(path: published.description) }
        guard state.tokens[staged.description.exact] == token else {
          throw .outputChanged(path: staged.description)
        }
        if replaced != nil { try state.move(published, to: kept) }
        try state.move(staged, to: published)
      case .remove(let removed):
        guard now == removed else { throw .outputChanged(path: published.description) }
        try state.move(published, to: kept)
      }
    }
  }

  func flush(_ partitions: [Partition]) throws(PublishError) {
    try storage.fault("flush", places.location)
  }

  func recover(
    _ action: PublishAction, run: RunID, partition: Partition
  ) throws(PublishError) -> PublishState {
    let (staged, published, kept) = folders(run, partition)
    return try change("recover", partition) { state throws(PublishError) in
      let (now, before) = (
        state.tokens[published.description.exact], state.tokens[kept.description.exact]
      )
      switch action {
      case .publish(let token, let replaced):
        if now == token { return .done }
        if now == replaced { return .notDone }
        guard now == nil, before == replaced else { return .unknown }
        let isStaged = state.tokens[staged.description.exact] == token
        try state.move(isStaged ? staged : kept, to: published)
        return isStaged ? .done : .notDone
      case .remove(let removed):
        if now == removed { return .notDone }
        return now == nil && before == removed ? .done : .unknown
      }
    }
  }

  func claim(_ owner: OutputOwner) throws(PublishError) {
    try change("claim", owner.job) { $0.owners[places.location] = owner }
  }

  private func folders(_ run: RunID, _ partition: Partition) -> (Location, Location, Location) {
    (
      places.staged(run).folder(partition.path), places.location.folder(partition.path),
      places.kept(run).folder(partition.path)
    )
  }
}

extension MemoryLease {
  func kept() throws(PublishError) -> [KeptRun] {
    try storage.fault("kept", places.location)
    return places.keptRuns(storage.state)
  }

  func kept(run: RunID, partition: Partition) throws(PublishError) -> String? {
    try storage.fault("kept", partition)
    let folder = places.kept(run).folder(partition.path)
    return token(folder) == nil ? nil : folder.description
  }

  func restage(
    kept run: RunID, as new: RunID, partition: Partition
  ) throws(PublishError) -> StoreToken? {
    let (kept, staged) = (
      places.kept(run).folder(partition.path), places.staged(new).folder(partition.path)
    )
    guard token(kept) != nil else { return nil }
    _ = try makeStagingFolder(run: new, partition: partition)
    return try change("restage", partition) { state in
      for file in state.files(below: kept) {
        state.files.put(file, digest: state.files.digest(of: file.path, in: kept), in: staged)
        state.texts[staged.file(file.path).exact] = state.texts[kept.file(file.path).exact]
      }
      state.unsealed.remove(staged.description.exact)
      return state.tokens[staged.description.exact]
    }
  }

  func removeKept(runs: [RunID]) throws(PublishError) {
    try change("removeKept", places.location) { state in
      for run in runs { state.remove(places.kept(run)) }
    }
  }
}
