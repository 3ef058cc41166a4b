public import IncrementalJoin
import PartitionPredicate

/// Why a table of the catalog is not read: it cannot be, or would be read wrong.
public struct TableRefusal: Error, Hashable, Sendable {
  /// The table's.
  public let table: CatalogName
  /// What stands in the way.
  public let kind: Kind

  /// What stands in the way.
  public enum Kind: Hashable, Sendable {
    case view
    case openTable(OpenTableFormat)
    /// Athena makes up the partitions, and the catalog knows none.
    case projection
    case governed
    /// A resource link that leads to another one.
    case linkToLink
    /// As the catalog has it; nil where it has none.
    case noLocation(String?)
    case otherStore(String)
    /// Neither the SerDe nor `classification` names a format that is read.
    case format(String)
    /// A parameter that changes what the files mean.
    case parameter(name: String, value: String)
    case keyType(key: String, type: String)
    case columnType(column: String, type: String)
    case noColumns
  }

  /// Creates a refusal.
  public init(_ table: CatalogName, _ kind: Kind) {
    self.table = table
    self.kind = kind
  }
}

extension TableRefusal: CustomStringConvertible {
  /// The sentence for the operator: which table, what stands in the way, and what to do.
  public var description: String { "The table \(table) of the Glue Data Catalog \(reason)" }

  /// What follows the name of the table.
  public var reason: String {
    switch kind {
    case .view:
      "is a view. Name the tables that it reads, and write its SELECT as `sql:` of the job."
    case .openTable(let format):
      "is \(format == .iceberg ? "an" : "a") \(format.rawValue) table: only its log says which files count, and Dovetail "
        + "reads plain files. Export its rows to a table of Parquet files, and name that one."
    case .projection:
      "has partition projection: its partitions are made up by Athena and are not in the catalog, which would look empty. "
        + "Read its folders with `location:` and `partitions:` instead, or set projection.enabled to false and add the "
        + "partitions (MSCK REPAIR TABLE)."
    case .governed:
      "is governed by Lake Formation, which grants single rows and columns that files cannot keep apart. Let an account "
        + "with access to the whole table copy it to a table of its own, or read its folders with `location:`."
    case .linkToLink: "is a resource link to a resource link. Name the table itself."
    case .noLocation(nil): "has no location. Name another table, or give it one."
    case .noLocation(let text?):
      "has the location \"\(text)\", which is not a place of the form s3://bucket/folder. Correct it in the catalog."
    case .otherStore(let text):
      "is in \(text): Dovetail reads tables of the catalog from S3 only."
    case .format(let name):
      "has files of a format that is not read: \(name). Dovetail reads Parquet, CSV (LazySimpleSerDe, OpenCSVSerde) and "
        + "JSON, one object per line."
    case .parameter(let name, let value):
      "has \(name) = \(value), which Dovetail does not read. Declare the table with `location:` instead."
    case .keyType(let key, let type):
      "has the partition key \(key) of the type \(type), which is none of string, int, bigint, date, timestamp, decimal and "
        + "boolean. Declare the table with `location:` and `partitions:` instead."
    case .columnType(let column, let type):
      "has the column \(column) of the type \(type), which is not read. Declare all columns below `columns:` of the table."
    case .noColumns: "has no columns. Declare them below `columns:` of the table."
    }
  }
}
