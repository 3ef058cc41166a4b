import IncrementalJoin
import PartitionPredicate

/// A table as declared in the file.
///
/// Anything nil was a mistake that has been reported.
struct TableDeclaration {
  let name: Located<String>
  var location: Located<DeclaredLocation>?
  /// The table's name in the Glue Data Catalog, which then says where and how its data is stored.
  var catalog: CatalogName?
  /// Whether it is the output of a job, referred to by its name in the catalog.
  var isOutput = false
  var format: DataFormat?
  var keys: [PartitionKey]?
  var columns: [Column]?
  var minimumAge = Duration.zero
  var schemaPolicy = SchemaPolicy.additive
  var recordsRows = false
  var csv = CSVDialect()
  var optional: [String] = []
  var time: TableTime?
  var watch: TableWatch?
  /// Whether the file's `time:` has a mistake.
  var isTimeMistaken = false

  var definition: TableDefinition? {
    guard let location, let format, let keys, !isTimeMistaken else { return nil }
    return TableDefinition(
      name: name.value, location: location.value.location, format: format, keys: keys,
      columns: columns, minimumAge: minimumAge, isOutput: isOutput, schemaPolicy: schemaPolicy,
      recordsRows: recordsRows, csv: csv, optional: optional, time: time, watch: watch,
      declaredLocation: location.value.declared, catalog: catalog)
  }
}

/// A job as declared in the file.
///
/// Anything nil was a mistake that has been reported.
struct JobDeclaration {
  let name: Located<String>
  var inputs: [InputDeclaration] = []
  var join: JoinDeclaration?
  var sql: String?
  var location: Located<DeclaredLocation>?
  /// The output's name in the Glue Data Catalog; nil where the file has none.
  var catalog: Located<CatalogName>?
  /// How long a replaced version stays for readers that found it through the catalog.
  var grace: Duration?
  /// The names of the output's partition columns; nil to use those of the first input.
  var partitions: [Located<String>]?
  /// The system whose types the output's columns have; nil when the file does not say.
  var types: OutputTypes?
  var limits = JobLimits()
  var wait = WaitPolicy.anyChange
  /// The position of the value that says which inputs `wait:` covers.
  var waitScope: Position?
  /// The columns that name a row of the result; empty when none are declared.
  var key: [Located<String>] = []
}

/// An input of a job: its name, and the name of the table or job that it reads.
struct InputDeclaration {
  let name: Located<String>
  let source: Located<String>
  /// How far beyond the output partition's span `sql:` reads it; nil when the file does not say.
  var window: Located<TimeWindow>?
  var haloColumn: String?
  var changes = ChangePolicy.all
  var renames: [Located<KeyRename>] = []
  /// The part of the join's condition that is written at the input itself.
  var condition: ConditionDeclaration?
}

/// The `join:` of a job.
struct JoinDeclaration {
  let condition: ConditionDeclaration
  let select: [String]?
}

/// How inputs are joined to the first one, as far as one place in the file says.
struct ConditionDeclaration {
  let position: Position
  var type: Located<JoinType>?
  var on: [Located<JoinedColumns>]?
  var time: Located<TimeCondition>?
  /// Whether `asof: none` or `within: none` removes the time condition of the join.
  var isWithoutTime = false

  init(_ position: Position) { self.position = position }

  /// This condition, with the join's values where this one has none.
  func overriding(_ join: ConditionDeclaration) -> ConditionDeclaration {
    var condition = self
    condition.type = type ?? join.type
    condition.on = on ?? join.on
    condition.time = time ?? (isWithoutTime ? nil : join.time)
    return condition
  }
}
