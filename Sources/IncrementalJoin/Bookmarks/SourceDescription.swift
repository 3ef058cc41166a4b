import PartitionPredicate

/// What makes a job's input the source that its positions are about.
public struct SourceDescription: Hashable, Sendable, Codable {
  /// The table's name in `dovetail.yaml`.
  public let table: String
  /// As `dovetail.yaml` spells it.
  public let location: String
  /// `DataFormat`'s name.
  public let format: String
  /// `name type`, in the order of the folders.
  public let keys: [String]
  /// `name type`; nil when the columns are not declared.
  public let columns: [String]?

  /// Creates a description.
  public init(
    table: String, location: String, format: String, keys: [String], columns: [String]?
  ) {
    self.table = table
    self.location = location
    self.format = format
    self.keys = keys
    self.columns = columns
  }

  /// Describes a table as it is declared.
  public init(_ table: TableDefinition) {
    self.init(
      table: table.name, location: table.declaredLocation, format: table.format.rawValue,
      // characters: ledgers hold keys that were written so
      keys: table.keys.map { "\($0.name.lowercased()) \($0.type)" },
      columns: table.columns?.map { "\($0.name) \($0.type)" })
  }
}
