public import PartitionPredicate

/// A catalog's description of a table that is read through it.
public struct TableDescription: Hashable, Sendable {
  /// The table itself, even if a link to it was requested.
  public let name: CatalogName
  /// Where its files are, and its partitions unless they say otherwise.
  public let location: Location
  /// Of all its partitions.
  public let format: DataFormat
  /// With their types.
  public let keys: [PartitionKey]
  /// Its columns without the keys; nil where only its files show their exact types.
  public let columns: [Column]?
  /// How its CSV files are written; nil for other formats.
  public let csv: CSVDialect?
  /// Whether it is the output of a job, which describes it in place of the catalog.
  public let isOutput: Bool

  /// Describes a table.
  public init(
    name: CatalogName, location: Location, format: DataFormat, keys: [PartitionKey],
    columns: [Column]? = nil, csv: CSVDialect? = nil, isOutput: Bool = false
  ) {
    self.name = name
    self.location = location
    self.format = format
    self.keys = keys
    self.columns = columns
    self.csv = csv
    self.isOutput = isOutput
  }
}
