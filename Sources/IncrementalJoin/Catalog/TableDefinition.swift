public import PartitionPredicate

/// A column of a table's data files.
///
/// Partition keys are not among them.
public struct Column: Hashable, Sendable, Codable {
  /// The name by which the column is found in the files, ignoring case.
  @ExactText public var name: String
  /// Any spelling of its `ColumnType`, such as `BIGINT`, `decimal(18, 3)` or `STRUCT(a INTEGER)`.
  @ExactText public var type: String

  /// Creates a column.
  public init(name: String, type: String) {
    _name = ExactText(name)
    _type = ExactText(type)
  }

  /// Whether its values are floating-point numbers, whose texts may be long for what they say.
  public var isFloatingPoint: Bool {
    [.scalar("DOUBLE"), .scalar("FLOAT")].contains(ColumnType(type))
  }
}

/// A partitioned table, as `dovetail.yaml` declares it.
public struct TableDefinition: Hashable, Sendable {
  /// The table's name in `dovetail.yaml`; for a job's output, the job's.
  public let name: String
  /// Where its files are.
  public var location: Location
  /// The format of the data files; files with other endings are reported, not read.
  public let format: DataFormat
  /// In the order of the folders, outermost first.
  public let keys: [PartitionKey]
  /// The declared columns; nil when they are to be pinned at first sight.
  public let columns: [Column]?
  /// Whether the table is a job's output: its columns follow the job and are not pinned, and its location
  /// need not exist before the job's first run.
  public let isOutput: Bool
  /// Files younger than this are held back, since they may still be being written.
  public let minimumAge: Duration
  /// What happens to a file whose columns differ from the table's.
  public let schemaPolicy: SchemaPolicy
  /// Whether runs record a digest of the rows of every version that they read, so that a later compaction is recognized
  /// and causes no rerun.
  public let recordsRows: Bool
  /// How the table's CSV files are written; other formats ignore it.
  public let csv: CSVDialect
  /// Names of columns, nested ones with dots, that a file may lack whatever `schemaPolicy` says.
  public let optional: [String]
  /// The time of its rows; nil when it is not declared.
  public let time: TableTime?
  /// Which of its partitions every run looks at; nil for all.
  public let watch: TableWatch?
  /// The location as `dovetail.yaml` spells it, which stays when the workspace is moved.
  public let declaredLocation: String
  /// The table's name in the Glue Data Catalog, which knows its partitions; nil where the folders tell them.
  public let catalog: CatalogName?

  /// Creates a table from its declaration.
  public init(
    name: String, location: Location, format: DataFormat, keys: [PartitionKey],
    columns: [Column]? = nil, minimumAge: Duration = .zero, isOutput: Bool = false,
    schemaPolicy: SchemaPolicy = .additive, recordsRows: Bool = false,
    csv: CSVDialect = CSVDialect(), optional: [String] = [], time: TableTime? = nil,
    watch: TableWatch? = nil, declaredLocation: String? = nil, catalog: CatalogName? = nil
  ) {
    self.name = name
    self.location = location
    self.format = format
    self.keys = keys
    self.columns = columns
    self.minimumAge = minimumAge
    self.isOutput = isOutput
    self.schemaPolicy = schemaPolicy
    self.recordsRows = recordsRows
    self.csv = csv
    self.optional = optional
    self.time = time
    self.watch = watch
    self.declaredLocation = declaredLocation ?? location.description
    self.catalog = catalog
  }
}
