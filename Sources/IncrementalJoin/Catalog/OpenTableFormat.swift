/// A table format that keeps its own record of which files count.
///
/// Its folders also hold files that were deleted or replaced, and they look like plain Hive folders of Parquet files.
/// Reading them as such would bring those rows back.
public enum OpenTableFormat: String, Hashable, Sendable, CaseIterable {
  case delta = "Delta"
  case iceberg = "Iceberg"
  case hudi = "Hudi"

  /// What says which files count, in the format's own word.
  var account: String {
    switch self {
    case .delta: "log"
    case .iceberg: "metadata"
    case .hudi: "timeline"
    }
  }

  /// What can write the rows that count as plain files.
  var exporters: String {
    switch self {
    case .delta: "with Spark, or `delta_scan` in DuckDB"
    case .iceberg: "with Spark, or `iceberg_scan` in DuckDB"
    case .hudi: "with Spark"
    }
  }

  /// The name with its article, as a sentence needs it.
  var named: String { self == .iceberg ? "an Iceberg table" : "a \(rawValue) table" }
}
