public import IncrementalJoin

/// Names of ASCII, with values of any text.
public typealias CatalogParameters = [String: String]  // characters: Glue's names are ASCII

/// What the catalog says of a table.
public struct CatalogTable: Hashable, Sendable {
  /// Database and table.
  public var name: CatalogName
  /// `EXTERNAL_TABLE`, `VIRTUAL_VIEW` and others.
  public var type: String?
  /// The partition keys.
  public var keys: [CatalogColumn]
  /// nil of a resource link.
  public var storage: StorageDescriptor?
  /// Such as `classification` and `projection.enabled`.
  public var parameters: CatalogParameters
  /// The table that a resource link stands for.
  public var target: CatalogName?
  /// Whether Lake Formation decides who sees which of its rows and columns.
  public var isGoverned: Bool
  /// Of this description; nil before the table is created.
  public var version: String?
  /// What the catalog says besides, by Glue's names; an update gives it back.
  public var others: CatalogFields

  /// Describes a table.
  public init(
    name: CatalogName, type: String? = "EXTERNAL_TABLE", keys: [CatalogColumn],
    storage: StorageDescriptor?, parameters: CatalogParameters = [:], target: CatalogName? = nil,
    isGoverned: Bool = false, version: String? = nil, others: CatalogFields = [:]
  ) {
    self.name = name
    self.type = type
    self.keys = keys
    self.storage = storage
    self.parameters = parameters
    self.target = target
    self.isGoverned = isGoverned
    self.version = version
    self.others = others
  }
}

/// One partition of a table in the catalog.
public struct CatalogPartition: Hashable, Sendable {
  /// As text, in the order of the table's keys; NULL is `__HIVE_DEFAULT_PARTITION__`.
  public var values: [String]
  /// nil where the catalog has none, which loses the partition's place.
  public var storage: StorageDescriptor?
  /// Such as `classification`.
  public var parameters: CatalogParameters
  /// What the catalog says besides, by Glue's names; an update gives it back.
  public var others: CatalogFields

  /// Describes a partition.
  public init(
    values: [String], storage: StorageDescriptor?, parameters: CatalogParameters = [:],
    others: CatalogFields = [:]
  ) {
    self.values = values
    self.storage = storage
    self.parameters = parameters
    self.others = others
  }
}

/// Where files lie and how they are read.
public struct StorageDescriptor: Hashable, Sendable {
  /// Without keys; empty where they were left out.
  public var columns: [CatalogColumn]
  /// Such as `s3://bucket/prefix/`, as the catalog has it.
  public var location: String?
  /// The class of Hadoop's that reads.
  public var inputFormat: String?
  /// The class of Hadoop's or Hive's that writes.
  public var outputFormat: String?
  /// The class of the SerDe.
  public var serde: String?
  /// Such as `field.delim`.
  public var serdeParameters: CatalogParameters
  /// Whether the catalog calls the files compressed.
  public var isCompressed: Bool
  /// Such as `skip.header.line.count`.
  public var parameters: CatalogParameters
  /// What the catalog says besides, by Glue's names; an update gives it back.
  public var others: CatalogFields

  /// Describes files.
  public init(
    columns: [CatalogColumn] = [], location: String?, inputFormat: String? = nil,
    outputFormat: String? = nil, serde: String? = nil, serdeParameters: CatalogParameters = [:],
    isCompressed: Bool = false, parameters: CatalogParameters = [:],
    others: CatalogFields = [:]
  ) {
    self.columns = columns
    self.location = location
    self.inputFormat = inputFormat
    self.outputFormat = outputFormat
    self.serde = serde
    self.serdeParameters = serdeParameters
    self.isCompressed = isCompressed
    self.parameters = parameters
    self.others = others
  }
}

/// A column or a key with its type in Hive's spelling.
public struct CatalogColumn: Hashable, Sendable {
  /// As the catalog has it.
  public var name: String
  /// Such as `array<bigint>`.
  public var type: String
  /// What people wrote of it.
  public var comment: String?
  /// What the catalog says besides, by Glue's names; an update gives it back.
  public var others: CatalogFields

  /// Names a column.
  public init(
    name: String, type: String, comment: String? = nil, others: CatalogFields = [:]
  ) {
    self.name = name
    self.type = type
    self.comment = comment
    self.others = others
  }
}

/// What Glue keeps of a job's bookmark.
public struct JobBookmarkEntry: Hashable, Sendable {
  /// The job's name.
  public var job: String
  /// Counts every change of the bookmark.
  public var version: Int
  /// The number of the next run.
  public var run: Int
  /// Counts the failed tries of the run.
  public var attempt: Int
  /// The last run; nil where Glue says none.
  public var runID: String?
  /// The run before it; nil where there is none.
  public var previousRunID: String?
  /// JSON by transformation_ctx, as Glue has it.
  public var bookmark: String

  /// Takes over what Glue says.
  public init(
    job: String, version: Int, run: Int, attempt: Int, runID: String?, previousRunID: String?,
    bookmark: String
  ) {
    self.job = job
    self.version = version
    self.run = run
    self.attempt = attempt
    self.runID = runID
    self.previousRunID = previousRunID
    self.bookmark = bookmark
  }
}
