extension ListingProblem.CatalogProblem {
  /// The sentence for the operator, which begins with the table and the path of a partition or a folder.
  func sentence(at place: String) -> String {
    let nothing = "Nothing counts as deleted, and the jobs that read the table do not run"
    return switch self {
    case .failed(let reason): "\(place) could not be listed: \(reason) \(nothing) until it can."
    case .noPlace(let location?):
      "\(place) has the location \"\(location)\" in the catalog, which is not a place of the form s3://bucket/folder. Correct "
        + "it, or drop the partition. \(nothing) before."
    case .noPlace(nil):
      "\(place) has no location in the catalog: an update without a storage descriptor loses it. Set it again, or drop "
        + "the partition. \(nothing) before."
    case .otherSerDe(let serde, let table):
      "\(place) is read by \(serde), and the table by \(table). Dovetail reads all partitions of a table alike: rewrite "
        + "this one, or correct the catalog. \(nothing) before."
    case .sharedPlace(let other):
      "\(place) is where \(other) has its files, or inside it, so that rows would be counted twice. Correct the "
        + "locations in the catalog. \(nothing) before."
    case .noFiles(let others):
      "\(place) is in the catalog and has no files\(Self.more(others, "partition")); it counts as no partition."
    case .unlisted(let others):
      "\(place) has files that are of no partition in the catalog\(Self.more(others, "folder")), and is not read. Add its "
        + "partition (MSCK REPAIR TABLE, or the crawler), or remove the files."
    }
  }

  private static func more(_ others: Int, _ noun: String) -> String {
    switch others {
    case 0: ""
    case 1: ", like 1 other \(noun)"
    default: ", like \(others) other \(noun)s"
    }
  }
}
