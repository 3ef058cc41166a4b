public import PartitionPredicate

/// What a catalog says of a table that is read through it.
public struct TableDescription: Hashable, Sendable {
  /// The table itself, where a link to it was asked for.
  public let name: CatalogName
  /// Where its files lie, and where its partitions lie unless they say otherwise.
  public let location: Location
  /// Of all its partitions.
  public let format: DataFormat
  /// With their types.
  public let keys: [PartitionKey]
  /// Its columns without the keys; nil where only its files tell their types exactly.
  public let columns: [Column]?
  /// How its CSV files are written; nil for other formats.
  public let csv: CSVDialect?
  /// Whether it is the output of a job, which says what it is in the catalog's place.
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
