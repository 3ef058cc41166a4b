public import Operations
import PartitionPredicate

extension ReportRequest {
  /// What is being read, shown until the answer comes.
  public var title: String {
    switch self {
    case .why(let partition): "Why \(partition)"
    case .run(let run): "Run \(run)"
    case .bookmarks: "Bookmarks"
    case .arrivals: "Arrivals"
    case .matches: "Matches"
    case .uses(let file): "Outputs that \(file) is in"
    case .changes(let run): "What run \(run) changed"
    case .drift: "Comparing the output with the ledger"
    case .verify, .verifySample: "Recomputing partitions"
    case .keptVersions: "Kept versions"
    case .recentChanges: "Changes since yesterday"
    case .activity: "Who runs what"
    case .glueCatalog: "Glue Data Catalog"
    }
  }
}
