import Foundation
import GRDB
import PartitionPredicate

extension Configuration {
  /// How every connection to a ledger is opened.
  ///
  /// Foreign keys are on by default.
  static var ledger: Configuration {
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // In KiB. The default of 2 MB makes a query of 1,000 partitions read pages twice.
      try database.execute(sql: "PRAGMA cache_size = -32768")
      database.add(collation: .partitionPath)
    }
    return configuration
  }
}

extension DatabaseCollation {
  /// `COLLATE partition_path`: partitions in their order, `day=4` before `day=10`.
  fileprivate static let partitionPath = DatabaseCollation("partition_path") { left, right in
    let (left, right) = (left.exact, right.exact)
    if HivePath.precedes(left, right) { return .orderedAscending }
    return HivePath.precedes(right, left) ? .orderedDescending : .orderedSame
  }
}
