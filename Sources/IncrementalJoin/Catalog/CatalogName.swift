public import PartitionPredicate

/// The name of a table in the AWS Glue Data Catalog: names are in lower case, and compared by bytes.
public struct CatalogName: Hashable, Sendable {
  /// The account of the catalog; nil for that of the credentials.
  public let catalog: String?
  /// In lower case.
  @ExactText public var database: String
  /// In lower case.
  @ExactText public var table: String

  /// Names a table; upper-case letters are lowered, as Glue does.
  public init(catalog: String? = nil, database: String, table: String) {
    self.catalog = catalog
    _database = database.exact.lowercased
    _table = table.exact.lowercased
  }
}

extension CatalogName: CustomStringConvertible {
  /// For people: `market.quotes`.
  public var description: String { "\(database).\(table)" }
}
