import IncrementalJoin
import PartitionPredicate

/// A table as the file declares it.
///
/// What is nil was a mistake and has been reported.
struct TableDeclaration {
  let name: Located<String>
  var location: Located<DeclaredLocation>?
  /// What the Glue Data Catalog calls it, which then says where and how it lies.
  var catalog: CatalogName?
  /// Whether it is the output of a job, by the name that the catalog has for it.
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
  /// Whether the file says when rows happen, in a way that was a mistake.
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

/// A job as the file declares it.
///
/// What is nil was a mistake and has been reported.
struct JobDeclaration {
  let name: Located<String>
  var inputs: [InputDeclaration] = []
  var join: JoinDeclaration?
  var sql: String?
  var location: Located<DeclaredLocation>?
  /// What the Glue Data Catalog calls the output; nil where the file does not say.
  var catalog: Located<CatalogName>?
  /// How long what readers may have found through the catalog stays once it is replaced.
  var grace: Duration?
  /// The names of the output's partition columns; nil for those of the first input.
  var partitions: [Located<String>]?
  /// Whose types the output's columns have; nil when the file does not say.
  var types: OutputTypes?
  var limits = JobLimits()
  var wait = WaitPolicy.anyChange
  /// Where `wait:` says of what the inputs are awaited.
  var waitScope: Position?
  /// The columns that name a row of the result; empty when none are declared.
  var key: [Located<String>] = []
}

/// An input of a job: its name, and the name of the table or job that it reads.
struct InputDeclaration {
  let name: Located<String>
  let source: Located<String>
  /// How far beyond the output partition's span `sql:` wants it; nil when the file does not say.
  var window: Located<TimeWindow>?
  var haloColumn: String?
  var changes = ChangePolicy.all
  var renames: [Located<KeyRename>] = []
  /// What of the join's condition is written at the input itself.
  var condition: ConditionDeclaration?
}

/// The `join:` of a job.
struct JoinDeclaration {
  let condition: ConditionDeclaration
  let select: [String]?
}

/// How inputs are joined to the first one, as far as one place says it.
struct ConditionDeclaration {
  let position: Position
  var type: Located<JoinType>?
  var on: [Located<JoinedColumns>]?
  var time: Located<TimeCondition>?
  /// Whether `asof: none` or `within: none` takes away the time that the join asks for.
  var isWithoutTime = false

  init(_ position: Position) { self.position = position }

  /// What an input says, and where it says nothing, what the join says.
  func overriding(_ join: ConditionDeclaration) -> ConditionDeclaration {
    var condition = self
    condition.type = type ?? join.type
    condition.on = on ?? join.on
    condition.time = time ?? (isWithoutTime ? nil : join.time)
    return condition
  }
}
