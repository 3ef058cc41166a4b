import PartitionPredicate

/// Fetches the files of units before their turn, while others are joined, where engines read copies of them.
///
/// The amount fetched and not yet used is bounded. A unit still fetches its files itself, and reports what is wrong
/// with them.
actor FetchAhead {
  private let files: any FileStore
  private var rest: ArraySlice<WorkUnit>
  private var fetches: [Partition: [Fetch]] = [:]
  private var bytes: Int64 = 0

  /// The files of an input, until they are released.
  private struct Fetch {
    let files: [DataFile]
    let location: Location
    let task: Task<Bool, Never>
  }

  /// How many bytes are fetched ahead.
  private static let limit: Int64 = 256 << 20

  init(_ units: [WorkUnit], from files: any FileStore) {
    self.files = files
    rest = units[...]
  }

  /// Starts fetching as much as is allowed ahead.
  func begin() {
    while let unit = rest.first, bytes + unit.bytes <= Self.limit {
      rest.removeFirst()
      bytes += unit.bytes
      fetches[unit.partition] = unit.inputs.compactMap { input in
        let location = input.input.table.location
        let files = (input.version?.files ?? []).filter { file in
          self.files.place(of: file, in: location).exact != location.file(file.path).exact
        }
        guard !files.isEmpty else { return nil }
        return Fetch(
          files: files, location: location,
          task: Task { [store = self.files] in
            (try? await store.fetch(files, in: location)) != nil
          })
      }
    }
  }

  /// Releases what was fetched for a unit that now has its files, to make room for others.
  func letGo(_ unit: WorkUnit) async {
    let own = fetches.removeValue(forKey: unit.partition)
    // A unit that is too large to be fetched ahead holds back the next ones only until it starts.
    if own == nil { rest.removeAll { $0.partition == unit.partition } } else { bytes -= unit.bytes }
    begin()
    await release(own ?? [])
  }

  /// Releases everything.
  func end() async {
    let left = fetches.values.flatMap(\.self)
    rest = []
    fetches = [:]
    for fetch in left { fetch.task.cancel() }
    await release(left)
  }

  private func release(_ fetches: [Fetch]) async {
    for fetch in fetches where await fetch.task.value {
      await files.release(fetch.files, in: fetch.location)
    }
  }
}
