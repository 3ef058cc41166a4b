import IncrementalJoin
import PartitionPredicate

extension Validation {
  /// Builds a job whose dependencies have been built; nil when a mistake prevents it.
  mutating func definition(
    of index: Int, after earlier: [Int: JobDefinition]
  ) -> JobDefinition? {
    let job = jobs[index]
    let inputs = zip(job.inputs, sources[index]).map { input, source -> JobInput? in
      let table: TableDefinition? =
        switch source {
        case .table(let table): tables[table].definition
        case .output(let writer, let table):
          table.flatMap { tables[$0].definition } ?? earlier[writer]?.outputTable
        case nil: nil
        }
      return table.map {
        JobInput(
          name: input.name.value, table: $0, window: input.window?.value ?? .none,
          haloColumn: input.haloColumn, changes: input.changes, renames: input.renames.map(\.value))
      }
    }
    let known = inputs.compactMap(\.self)
    checkRenames(of: job, known)
    if case .allInputs(.window, _) = job.wait, let first = known.first, first.table.time == nil {
      report(.time(.waitWithoutTime), at: job.waitScope ?? job.name.position)
    }
    let transformation = known.count == inputs.count ? transformation(of: job, known) : nil
    // Without the first input, the output's default keys are not known.
    let first = inputs.first ?? nil
    let inherited = first?.table.keys.map { Located($0.name, at: job.name.position) }
    guard let partitions = job.partitions ?? inherited else { return nil }
    reportImpliedKeys(partitions, of: job)
    let keys = outputKeys(partitions, of: job, known)
    guard let keys, let location = job.location, let transformation,
      known.count == inputs.count
    else { return nil }
    let definition = JobDefinition(
      name: job.name.value, inputs: known, transformation: transformation,
      output: OutputDefinition(
        location: location.value.location, keys: keys, types: job.types,
        place: OutputPlace(location.value, in: folder, catalog: job.catalog?.value),
        catalog: job.catalog?.value, grace: job.grace ?? OutputDefinition.usualGrace),
      limits: job.limits,
      wait: job.wait, key: job.key.map(\.value))
    checkTables(at: location.value, against: definition)
    let before = mistakeCount
    checkUnmatchedRows(of: definition, job)
    return mistakeCount == before ? definition : nil
  }

  /// Reports partition keys in `key:`: rows are only compared within a partition, so its keys do not belong there.
  private mutating func reportImpliedKeys(
    _ partitions: [Located<String>], of job: JobDeclaration
  ) {
    for column in job.key
    where partitions.contains(where: { $0.value.isSameName(as: column.value) }) {
      report(.keyImplied(column.value), at: column.position)
    }
  }

  /// Checks the tables declared at the job's output location.
  private mutating func checkTables(at location: DeclaredLocation, against job: JobDefinition) {
    let expected = job.output.keys.map(\.lowercased)
    for table in tables where table.location?.value.overlap(with: location) == .same {
      guard let definition = table.definition,
        definition.keys.map(\.lowercased) != expected || definition.format != .parquet
      else { continue }
      report(
        .outputTableDiffers(table: definition.name, job: job.name, expected: job.output.keys),
        at: table.name.position)
    }
  }
}

extension OutputPlace {
  /// Where readers find an output: the catalog's table and the place, since a catalog need not name what lies there.
  fileprivate init(_ location: DeclaredLocation, in folder: String, catalog: CatalogName?) {
    let table = catalog.map { "\($0) at " } ?? ""
    self.init(
      declared: table + location.declared, resolved: table + location.place(in: folder))
  }
}

extension PartitionKey {
  fileprivate var lowercased: PartitionKey {
    PartitionKey(name: name.exact.lowercased.text, type: type)
  }
}
