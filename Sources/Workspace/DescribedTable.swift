public import IncrementalJoin

/// A table of the Glue Data Catalog that `dovetail.yaml` is to declare.
public struct DescribedTable: Hashable, Sendable {
  /// The name by which it was requested.
  public let asked: CatalogName
  /// What the catalog says about it.
  public let description: TableDescription

  /// Takes over what the catalog says.
  public init(asked: CatalogName, description: TableDescription) {
    self.asked = asked
    self.description = description
  }
}
