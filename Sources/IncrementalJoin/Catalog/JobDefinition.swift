public import PartitionPredicate

/// One table that a job reads, under its name in the join (Glue's transformation context).
public struct JobInput: Hashable, Sendable {
  /// The name used in the job's `sql:` and `select:`, such as `flights`; unique in the job.
  public let name: String
  /// A declared table, or the output of another job as a table.
  @Boxed public var table: TableDefinition
  /// How far beyond the span of an output partition `sql:` wants its rows.
  public let window: TimeWindow
  /// The name of the column that tells `sql:` whether a row lies beyond that span; nil without one.
  public let haloColumn: String?
  /// Which changes of the table make output partitions pending.
  public let changes: ChangePolicy
  /// Keys of the table that have another name in the first input or in the output.
  public let renames: [KeyRename]

  /// Creates an input.
  public init(
    name: String, table: TableDefinition, window: TimeWindow = .none, haloColumn: String? = nil,
    changes: ChangePolicy = .all, renames: [KeyRename] = []
  ) {
    self.name = name
    _table = Boxed(wrappedValue: table)
    self.window = window
    self.haloColumn = haloColumn
    self.changes = changes
    self.renames = renames
  }
}

/// Which changes of an input make output partitions pending.
public enum ChangePolicy: String, Hashable, Sendable, CaseIterable {
  /// Every one.
  case all
  /// Files that are new or rewritten; one that vanished does not.
  case additions
  /// None: the table is a reference, whose new versions are used by whatever is built.
  case ignore
}

/// A partition key of an input that has another name elsewhere.
public struct KeyRename: Hashable, Sendable {
  /// The name in the first input and in the output.
  @ExactText public var name: String
  /// The name of the input's own key.
  @ExactText public var own: String

  /// Creates a rename.
  public init(name: String, own: String) {
    _name = ExactText(name)
    _own = ExactText(own)
  }
}

/// Where a job's result lives: always Parquet, in `name=value` folders.
public struct OutputDefinition: Hashable, Sendable {
  /// Where the published partitions are.
  public let location: Location
  /// The place that, with the job, makes up the output's identity.
  public let place: OutputPlace
  /// In the order of the folders, outermost first.
  public let keys: [PartitionKey]
  /// Whose types the columns have; nil for those that the output has already, and Spark's for one
  /// without published partitions.
  public let types: OutputTypes?
  /// The name in the Glue Data Catalog of the table that readers see; nil where they read the folders.
  public let catalog: CatalogName?
  /// How long a replaced version stays at least where the catalog has named it, for readers that have asked before.
  public let grace: Duration

  /// The grace where the file does not say another one: an hour.
  public static let usualGrace = Duration.seconds(3600)

  /// Creates an output.
  public init(
    location: Location, keys: [PartitionKey], types: OutputTypes? = nil, place: OutputPlace? = nil,
    catalog: CatalogName? = nil, grace: Duration = Self.usualGrace
  ) {
    self.location = location
    self.place =
      place
      ?? OutputPlace(
        declared: location.description, resolved: location.description)
    self.keys = keys
    self.types = types
    self.catalog = catalog
    self.grace = grace
  }
}

/// Where an output is, in spellings that stay the same when the workspace is moved or copied as a whole.
public struct OutputPlace: Hashable, Sendable {
  /// As `dovetail.yaml` spells it.
  @ExactText public var declared: String
  /// Without symbolic links; inside the workspace relative to its folder, and absolute elsewhere.
  @ExactText public var resolved: String

  /// Creates a place.
  public init(declared: String, resolved: String) {
    _declared = ExactText(declared)
    _resolved = ExactText(resolved)
  }
}

/// The limits of a job's runs.
public struct JobLimits: Hashable, Sendable {
  /// The share of the published partitions (0 to 1) that a run may remove without `--allow-removals`.
  public var removals: Double
  /// How many runs' replaced partition versions are kept for undo.
  public var keptRuns: Int
  /// How long replaced partition versions are kept for undo; nil for as long as `keptRuns` keeps them.
  public var keptAge: Duration?
  /// How many bytes of replaced partition versions are kept for undo; nil for no limit.
  public var keptBytes: Int64?
  /// The engine's memory limit, in bytes; nil leaves the engine's default.
  public var memory: Int64?
  /// A run of more partitions is refused without the operator's consent; nil for any.
  public var maxPartitions: Int?
  /// A run that reads more bytes is refused without the operator's consent; nil for any.
  public var maxBytes: Int64?

  /// Creates limits.
  public init(
    removals: Double = 0.25, keptRuns: Int = 3, keptAge: Duration? = nil, keptBytes: Int64? = nil,
    memory: Int64? = nil, maxPartitions: Int? = nil, maxBytes: Int64? = nil
  ) {
    self.removals = removals
    self.keptRuns = keptRuns
    self.keptAge = keptAge
    self.keptBytes = keptBytes
    self.memory = memory
    self.maxPartitions = maxPartitions
    self.maxBytes = maxBytes
  }
}

/// A job, validated: every output key is one of the first input's, or follows from its time.
public struct JobDefinition: Hashable, Sendable {
  /// The job's name in `dovetail.yaml` and in the ledger.
  public let name: String
  /// In the order of `dovetail.yaml`, which a join follows: a left join keeps the first one's rows.
  public let inputs: [JobInput]
  /// The join or the SELECT, applied to each output partition alone.
  public let transformation: Transformation
  /// Where the result is published, and the keys by which it is partitioned.
  public let output: OutputDefinition
  /// Bounds of a run; changing them makes nothing pending.
  public let limits: JobLimits
  /// When a run builds a pending partition; changing this makes nothing pending.
  public let wait: WaitPolicy
  /// The columns that name a row of the result, for telling changed rows from added and removed ones;
  /// empty when none are declared.
  public let key: [String]

  /// Creates a job from its declaration.
  public init(
    name: String, inputs: [JobInput], transformation: Transformation, output: OutputDefinition,
    limits: JobLimits = JobLimits(), wait: WaitPolicy = .anyChange, key: [String] = []
  ) {
    self.name = name
    self.inputs = inputs
    self.transformation = transformation
    self.output = output
    self.limits = limits
    self.wait = wait
    self.key = key
  }

  /// Whether rows are selected by their time, so that every input with a `time:` must have one.
  public var isByTime: Bool {
    switch transformation {
    case .join: false
    case .joinToFirst(let conditions, _): conditions.contains { $0.time != nil }
    case .sql: inputs.contains { $0.window != .none }
    }
  }

  /// How far beyond the span of an output partition each input is read.
  ///
  /// Where unmatched rows of another input are kept, the first input is read far enough to know which rows are
  /// unmatched.
  public var windows: [TimeWindow] {
    guard case .joinToFirst(let conditions, _) = transformation else { return inputs.map(\.window) }
    let others = conditions.map { $0.time?.window ?? .none }
    let kept = zip(conditions, others).filter { $0.0.type == .right || $0.0.type == .full }
    let first = kept.reduce(TimeWindow.none) { widest, other in
      let window = other.1.mirrored
      return TimeWindow(
        before: max(widest.before, window.before), after: max(widest.after, window.after))
    }
    return [first] + others
  }

  /// The job's output as a table, which another job may read.
  public var outputTable: TableDefinition {
    TableDefinition(
      name: name, location: output.location, format: .parquet, keys: output.keys, isOutput: true,
      // Partitions that were built by an earlier definition lack its new columns until they are rebuilt.
      schemaPolicy: .lenient, catalog: output.catalog)
  }
}
