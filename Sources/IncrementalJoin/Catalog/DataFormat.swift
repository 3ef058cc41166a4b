import PartitionPredicate

/// The format of a table's data files.
public enum DataFormat: String, Hashable, Sendable, CaseIterable {
  case parquet
  case csv
  /// One JSON object a line.
  case json

  /// The file name endings that belong to the format, lower case.
  public var extensions: [String] {
    switch self {
    case .parquet: ["parquet"]
    case .csv: ["csv", "csv.gz", "csv.zst"]
    case .json:
      ["json", "jsonl", "ndjson"].flatMap { [$0, "\($0).gz", "\($0).zst"] }
    }
  }

  /// Whether a file of this name is a data file of the format.
  public func matches(fileName: String) -> Bool {
    let name = fileName.exact.lowercased
    return extensions.contains { name.ends(with: ".\($0)") }
  }
}
