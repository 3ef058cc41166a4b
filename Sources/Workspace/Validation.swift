import IncrementalJoin
import PartitionPredicate

/// The second pass: checks the declarations against each other.
struct Validation {
  private var reader: DeclarationReader
  let tables: [TableDeclaration]
  let jobs: [JobDeclaration]
  /// What each input of each job reads; nil where the name is unknown.
  let sources: [[Source?]]
  let folder: String

  /// What an input reads, by index.
  enum Source: Hashable {
    case table(Int)
    /// The output of a job, under the job's name or that of a table declared at its location.
    case output(job: Int, table: Int?)
  }

  init(reader: DeclarationReader) {
    self.reader = reader
    tables = reader.tables
    jobs = reader.jobs
    folder = reader.folder
    sources = Self.sources(tables: reader.tables, jobs: reader.jobs)
  }

  /// The location in `ledger:`.
  var ledger: Located<DeclaredLocation>? { reader.ledger }

  var mistakeCount: Int { reader.mistakes.count }

  mutating func report(_ kind: Mistake.Kind, at position: Position) {
    reader.report(kind, at: position)
  }

  /// Finishes the validation.
  ///
  /// - Throws: `WorkspaceError.invalid` with the mistakes of both passes.
  mutating func workspace() throws(WorkspaceError) -> Workspace {
    if let failure = reader.failure { throw failure }
    reportUnknownInputs()
    checkLocations()
    checkLedger()
    let (order, definitions) = definitions()
    let mistakes = reader.mistakes.sorted { left, right in
      (left.line, left.column) < (right.line, right.column)
    }
    guard mistakes.isEmpty else {
      let shown = Array(mistakes.prefix(Mistake.limit))
      throw .invalid(shown, more: mistakes.count - shown.count)
    }
    return Workspace(
      folder: folder, tables: tables.compactMap(\.definition),
      jobs: order.compactMap { definitions[$0] }, hooks: reader.hooks, stores: reader.stores,
      glue: reader.glue, ledger: reader.ledger?.value.location)
  }

  /// The outputs that jobs publish through the catalog, as far as the file says what the jobs read.
  func outputs() -> [CatalogName: TableDescription] {
    // Mistakes are reported at the end.
    var draft = self
    let tables = draft.definitions().built.values.map(\.outputTable)
    return Dictionary(
      tables.compactMap { table in
        table.catalog.map { name in
          (
            name,
            TableDescription(
              name: name, location: table.location, format: table.format, keys: table.keys,
              isOutput: true)
          )
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The jobs in the order in which they run, and those without a mistake.
  private mutating func definitions() -> (order: [Int], built: [Int: JobDefinition]) {
    let order = dependencyOrder()
    var built: [Int: JobDefinition] = [:]
    for index in order { built[index] = definition(of: index, after: built) }
    return (order, built)
  }

  private static func sources(
    tables: [TableDeclaration], jobs: [JobDeclaration]
  ) -> [[Source?]] {
    jobs.map { job in
      job.inputs.map { input in
        if let index = tables.firstIndex(where: { $0.name.value == input.source.value }) {
          let place = tables[index].location?.value.place
          let catalog = tables[index].catalog
          let writer = jobs.firstIndex {
            place != nil && $0.location?.value.place == place
              || catalog != nil && $0.catalog?.value == catalog
          }
          return writer.map { .output(job: $0, table: index) } ?? .table(index)
        }
        return jobs.firstIndex { $0.name.value == input.source.value }
          .map { .output(job: $0, table: nil) }
      }
    }
  }

  private mutating func reportUnknownInputs() {
    let names = (tables.map(\.name) + jobs.map(\.name)).map(\.value)
    for (job, sources) in zip(jobs, sources) {
      for (input, source) in zip(job.inputs, sources) where source == nil {
        let name = input.source.value
        let others = names.filter { $0 != job.name.value }
        report(
          .unknownInput(name, near: NearName.of(name, in: others), names: others),
          at: input.source.position)
      }
    }
  }
}
