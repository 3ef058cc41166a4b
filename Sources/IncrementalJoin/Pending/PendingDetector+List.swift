import PartitionPredicate

/// A request to list a table.
struct Listing: Hashable {
  let table: TableDefinition
  let scope: PartitionScope
}

extension PendingDetector {
  /// Lists tables concurrently, each one once.
  func list(_ asked: [Listing]) async throws -> [Snapshot] {
    let distinct = Array(Set(asked))
    // A disk lists no faster with more of them.
    let listers = try (0..<min(distinct.count, 4)).map { _ in
      try TableLister(reading: storage.tables)
    }
    let listed = await withTaskGroup(of: (Listing, Snapshot).self) { group in
      for (index, listing) in distinct.enumerated() {
        let lister = listers[index % listers.count]
        group.addTask { (listing, await lister.list(listing)) }
      }
      return await group.reduce(into: [Listing: Snapshot]()) { $0[$1.0] = $1.1 }
    }
    return asked.compactMap { listed[$0] }
  }
}

/// Lists tables one after the other, on a thread of its own, because disks block.
private actor TableLister {
  private let executor: ThreadExecutor
  private let tables: any TableReader

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(reading tables: any TableReader) throws(ThreadError) {
    executor = try ThreadExecutor(name: "dovetail.list")
    self.tables = tables
  }

  func list(_ listing: Listing) async -> Snapshot {
    let table = listing.table
    let snapshot = await tables.snapshot(of: table, in: listing.scope)
    ListingObserver.current?.report(
      ListingCount(table: table.name, files: snapshot.fileCount, isDone: true))
    guard table.isOutput, snapshot.failure?.kind == .locationMissing else { return snapshot }
    // A job that has not published yet still has an output: an empty one.
    return Snapshot(
      table: table, listedAt: snapshot.listedAt, partitions: [:], problems: [],
      isWhole: snapshot.isWhole)
  }
}
