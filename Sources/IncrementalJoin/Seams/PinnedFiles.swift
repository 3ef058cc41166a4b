/// Files of one location, of the versions that a plan pins.
struct PinnedFiles {
  let files: [DataFile]
  let location: Location
}

extension FileStore {
  /// Fetches files, or none of them.
  func fetch(_ pins: [PinnedFiles]) async throws(PinError) {
    for (index, pin) in pins.enumerated() {
      do throws(PinError) {
        try await fetch(pin.files, in: pin.location)
      } catch {
        await release(Array(pins[..<index]))
        throw error
      }
    }
  }

  /// Gives up files that were fetched.
  func release(_ pins: [PinnedFiles]) async {
    for pin in pins { await release(pin.files, in: pin.location) }
  }

  /// Does something while files are fetched.
  ///
  /// - Throws: `PinError`, and what the body throws; an engine's errors name the files by their own places.
  func reading<Value>(
    _ pins: [PinnedFiles], _ body: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await fetch(pins)
    do {
      let value = try await body()
      await release(pins)
      return value
    } catch {
      await release(pins)
      throw (error as? EngineError)?.readable(by: self) ?? error
    }
  }
}

extension EngineError {
  /// The error with the files' own places instead of those of their copies.
  fileprivate func readable(by store: some FileStore) -> EngineError {
    switch self {
    case .definition(let reason): .definition(store.readable(reason))
    case .unreadableFile(let path, let reason):
      .unreadableFile(path: store.readable(path), reason: store.readable(reason))
    case .schemaMismatch(let path, let reason):
      .schemaMismatch(path: store.readable(path), reason: store.readable(reason))
    case .wrongPartition(let partition, let reason):
      .wrongPartition(partition: partition, reason: store.readable(reason))
    case .failed(let reason): .failed(store.readable(reason))
    case .ended(let reason): .ended(store.readable(reason))
    }
  }
}
