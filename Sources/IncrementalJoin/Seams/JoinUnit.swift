public import PartitionPredicate

/// Everything that an engine needs to compute one output partition.
public struct JoinUnit: Hashable, Sendable {
  /// What is read for one input: the rows of all its members together.
  public struct Input: Hashable, Sendable {
    /// What is read of one partition of the input.
    public struct Member: Hashable, Sendable {
      /// Its keys become columns with these values, whatever the files hold.
      public let partition: Partition
      /// Full paths; empty when the input has no file in this partition.
      public let files: [String]
      /// Where the times of its rows must lie, the table's slack included.
      ///
      /// Rows elsewhere are misplaced; a row without a time is in its place where the span is `.unknown` or `.always`.
      /// Only relevant where the input has a `time`.
      public let span: PartitionSpan

      /// Creates a member.
      public init(partition: Partition, files: [String], span: PartitionSpan = .always) {
        self.partition = partition
        self.files = files
        self.span = span
      }
    }

    /// The input's name in the transformation.
    public let name: String
    /// The format of all files.
    public let format: DataFormat
    /// The table's columns: files are read by name against exactly these.
    public var columns: [Column]
    /// The keys of every member's partition.
    public let keys: [PartitionKey]
    /// The partitions that are read, each one once.
    public var members: [Member]
    /// What happens to a file whose columns differ from `columns`.
    public let schemaPolicy: SchemaPolicy
    /// How CSV files are written.
    public let csv: CSVDialect
    /// Names of columns, nested ones with dots, that a file may lack whatever `schemaPolicy` says.
    public let optional: [String]
    /// Where to find a row's time; nil where the unit does not look at it.
    public let time: RowTime?
    /// How far beyond the unit's span rows of this input matter; `sql:` gets exactly these.
    public let window: TimeWindow
    /// The name of a BOOLEAN column for `sql:`: whether a row lies beyond the output partition's span; nil for none.
    public let haloColumn: String?

    /// Keys of the first input and those of this one that must equal them; NULL never does.
    ///
    /// A join to the first input compares them as if they were in `on:`.
    public let matchedKeys: [JoinedColumns]
    /// Names of keys that are not columns of a result without `select:`, because a row's time already tells what they
    /// say.
    public let hiddenKeys: [String]

    /// The full paths of the files of all members.
    public var files: [String] { members.flatMap(\.files) }

    /// Creates an input of a unit; the members' partitions have these keys.
    public init(
      name: String, format: DataFormat, columns: [Column], keys: [PartitionKey], members: [Member],
      schemaPolicy: SchemaPolicy = .additive, csv: CSVDialect = CSVDialect(),
      optional: [String] = [], time: RowTime? = nil, window: TimeWindow = .none,
      haloColumn: String? = nil,
      matchedKeys: [JoinedColumns] = [], hiddenKeys: [String] = []
    ) {
      self.name = name
      self.format = format
      self.columns = columns
      self.keys = keys
      self.members = members
      self.schemaPolicy = schemaPolicy
      self.csv = csv
      self.optional = optional
      self.time = time
      self.window = window
      self.haloColumn = haloColumn
      self.matchedKeys = matchedKeys
      self.hiddenKeys = hiddenKeys
    }

    /// Creates an input that is read in one partition.
    public init(
      name: String, format: DataFormat, columns: [Column], partition: Partition, files: [String],
      schemaPolicy: SchemaPolicy = .additive, csv: CSVDialect = CSVDialect(),
      optional: [String] = []
    ) {
      self.init(
        name: name, format: format, columns: columns, keys: partition.keys,
        members: [Member(partition: partition, files: files)], schemaPolicy: schemaPolicy, csv: csv,
        optional: optional)
    }
  }

  /// Where to find the time of a row, and what happens to a row that is misplaced.
  public struct RowTime: Hashable, Sendable {
    /// The name of the column.
    @ExactText public var column: String
    /// The unit in a column of integers; nil for one of dates or timestamps.
    public let unit: EpochUnit?
    /// The clock of a TIMESTAMP without a zone: a name of the IANA database.
    @ExactText public var zone: String
    /// What becomes of a row outside of its member's span.
    public let misplaced: MisplacedRows

    /// Creates a place.
    public init(
      column: String, unit: EpochUnit? = nil, zone: String = "UTC",
      misplaced: MisplacedRows = .fail
    ) {
      _column = ExactText(column)
      self.unit = unit
      _zone = ExactText(zone)
      self.misplaced = misplaced
    }
  }

  /// The job's join or SELECT, to be applied to the rows of this unit only.
  public let transformation: Transformation
  /// Every input of the job in its order, those without files included.
  public let inputs: [Input]
  /// The output partition, whose values Dovetail assigns.
  public let partition: Partition
  /// Whose types the written columns have.
  public let types: OutputTypes
  /// The time that the output partition covers: it has the rows of the first input whose time lies in it.
  ///
  /// Where the first input has no `time`, it has all of its rows.
  public let span: PartitionSpan

  /// Creates a unit.
  public init(
    transformation: Transformation, inputs: [Input], partition: Partition,
    types: OutputTypes = .spark, span: PartitionSpan = .always
  ) {
    self.transformation = transformation
    self.inputs = inputs
    self.partition = partition
    self.types = types
    self.span = span
  }
}
