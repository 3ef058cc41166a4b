import Foundation
public import IncrementalJoin

extension LocalStorage {
  /// Lists every partition and data file of a table.
  ///
  /// Folders of one level are matched with one partition key, so that the walk ends even where links form
  /// a loop. Symbolic links to files and folders are followed; one that leads nowhere makes the listing
  /// incomplete, since its target may lie on a disk that is not mounted.
  ///
  /// A table of Delta, Iceberg or Hudi is an incomplete listing without any partition: only its log knows
  /// which files count.
  ///
  /// A file that was written so shortly before that another write could leave the same times is not final,
  /// and the listing takes its digest; see `FileClock`.
  public func list(_ table: TableDefinition) -> Snapshot {
    let listedAt = clock()
    var listing = TableListing(of: table, at: listedAt, clock: clock)
    listing.run()
    return Snapshot(
      table: table, listedAt: listedAt, partitions: listing.partitions,
      problems: listing.problems.sorted { $0.path < $1.path },
      unreadNames: listing.unreadNames.sorted { $0.path < $1.path })
  }
}
