public import Foundation

/// Tables whose partitions are folders `key=value`, one level per key, over any file store.
///
/// Links to files and folders are followed as the store follows them; a dangling link makes the listing incomplete,
/// because its target may be on a disk that is not mounted. Folders of one level are matched with one partition key, so
/// the listing ends even where links form a loop.
///
/// A Delta, Iceberg or Hudi table gives an incomplete listing without any partitions: only its log knows which files
/// count.
///
/// A file that was written so recently that another write could leave the same times is not final, and the listing
/// computes its digest.
public struct HiveTables: TableReader {
  private let files: any FileStore
  private let clock: @Sendable () -> Date

  /// Reads the tables of a file store.
  ///
  /// - Parameters:
  ///   - files: Where the folders are.
  ///   - clock: What listings are timed by.
  public init(over files: any FileStore, clock: @escaping @Sendable () -> Date = { Date() }) {
    self.files = files
    self.clock = clock
  }

  /// Lists a table; only folders that can have partitions of the scope are entered.
  public func snapshot(
    of table: TableDefinition, in scope: PartitionScope
  ) async -> Snapshot {
    var listing = HiveListing(of: table, in: scope, at: clock())
    if !table.isOutput, let found = await OpenTableSign.above(table.location, files) {
      listing.end(found.sign, at: found.folder)
    }
    do throws(FileStoreError) {
      try await files.list(table.location, &listing)
    } catch {
      listing.fail(with: error)
    }
    // A file that cannot be read has no digest; whoever reads its rows reports why.
    await listing.digestOpenFiles { try? await files.digest(of: $0, in: table.location) }
    return listing.snapshot
  }
}
