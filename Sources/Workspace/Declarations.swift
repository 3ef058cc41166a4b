import IncrementalJoin

/// A table as the file declares it.
///
/// What is nil was a mistake and has been reported.
struct TableDeclaration {
  let name: Located<String>
  var location: Located<DeclaredLocation>?
  var format: DataFormat?
  var keys: [PartitionKey]?
  var columns: [Column]?
  var minimumAge = Duration.zero
  var schemaPolicy = SchemaPolicy.additive
  var recordsRows = false
  var csv = CSVDialect()
  var optional: [String] = []

  var definition: TableDefinition? {
    guard let location, let format, let keys else { return nil }
    return TableDefinition(
      name: name.value, location: location.value.location, format: format, keys: keys,
      columns: columns, minimumAge: minimumAge, schemaPolicy: schemaPolicy,
      recordsRows: recordsRows, csv: csv, optional: optional,
      declaredLocation: location.value.declared)
  }
}

/// A job as the file declares it.
///
/// What is nil was a mistake and has been reported.
struct JobDeclaration {
  let name: Located<String>
  var inputs: [InputDeclaration] = []
  var transformation: Transformation?
  /// The columns to join on, in the order of the file.
  var joinColumns: [Located<String>] = []
  var location: Located<DeclaredLocation>?
  /// The names of the output's partition columns; nil for those of the first input.
  var partitions: [Located<String>]?
  /// Whose types the output's columns have; nil when the file does not say.
  var types: OutputTypes?
  var limits = JobLimits()
  var wait = WaitPolicy.anyChange
  /// The columns that name a row of the result; empty when none are declared.
  var key: [Located<String>] = []
}

/// An input of a job: its name, and the name of the table or job that it reads.
struct InputDeclaration {
  let name: Located<String>
  let source: Located<String>
}
