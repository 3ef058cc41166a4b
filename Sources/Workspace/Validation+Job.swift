import IncrementalJoin

extension Validation {
  /// Builds a job whose dependencies are built; nil when a mistake is in the way.
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
      return table.map { JobInput(name: input.name.value, table: $0) }
    }
    let known = inputs.compactMap(\.self)
    checkJoinColumns(of: job, known)
    // Without its first input the output's default keys are not known.
    let first = inputs.first ?? nil
    let inherited = first?.table.keys.map { Located($0.name, at: job.name.position) }
    guard let partitions = job.partitions ?? inherited else { return nil }
    reportImpliedKeys(partitions, of: job)
    let keys = outputKeys(partitions, of: job, known)
    guard let keys, let location = job.location, let transformation = job.transformation,
      known.count == inputs.count
    else { return nil }
    let definition = JobDefinition(
      name: job.name.value, inputs: known, transformation: transformation,
      output: OutputDefinition(
        location: location.value.path, keys: keys, types: job.types,
        place: OutputPlace(
          declared: location.value.declared, resolved: location.value.place(in: folder))),
      limits: job.limits,
      wait: job.wait, key: job.key.map(\.value))
    checkTables(at: location.value, against: definition)
    return definition
  }

  /// The output's keys with the first input's types; nil when an input does not fit.
  private mutating func outputKeys(
    _ partitions: [Located<String>], of job: JobDeclaration, _ inputs: [JobInput]
  ) -> [PartitionKey]? {
    guard let first = inputs.first else { return nil }
    let before = mistakeCount
    reportMissingKeys(partitions, of: job, inputs)
    for input in inputs {
      let place = position(of: input, in: job)
      for key in input.table.keys {
        guard partitions.contains(where: { $0.value.isSameName(as: key.name) }),
          let expected = first.table.key(named: key.name), expected.type != key.type
        else { continue }
        report(
          .keyTypesDiffer(
            expected.name, input: input.name, key.type, first: first.name, expected.type),
          at: place)
      }
    }
    guard mistakeCount == before else { return nil }
    return partitions.compactMap { name in
      first.table.key(named: name.value).map { PartitionKey(name: name.value, type: $0.type) }
    }
  }

  /// Compares which keys the inputs and the output have.
  private mutating func reportMissingKeys(
    _ partitions: [Located<String>], of job: JobDeclaration, _ inputs: [JobInput]
  ) {
    var reported: Set<ExactText> = []
    for input in inputs {
      let keys = input.table.keys
      var meant: [String] = []
      for name in partitions where input.table.key(named: name.value) == nil {
        let near = NearName.of(name.value, in: keys.map(\.name))
        if let near { meant.append(near) }
        // One name of the output is one mistake, however many inputs lack it.
        guard job.partitions == nil || reported.insert(name.value.exact).inserted else { continue }
        report(
          .keyMissing(name.value, input: input.name, keys: keys, near: near),
          at: job.partitions == nil ? position(of: input, in: job) : name.position)
      }
      let extra = keys.map(\.name).filter { key in
        !meant.contains { $0.exact == key.exact }
          && !partitions.contains { $0.value.isSameName(as: key) }
      }
      guard !extra.isEmpty else { continue }
      report(
        .finerInput(input: input.name, extra: extra, output: partitions.map(\.value)),
        at: position(of: input, in: job))
    }
  }

  /// A row is compared with the rows of its own partition, so the partition keys are no part of its key.
  private mutating func reportImpliedKeys(
    _ partitions: [Located<String>], of job: JobDeclaration
  ) {
    for column in job.key
    where partitions.contains(where: { $0.value.isSameName(as: column.value) }) {
      report(.keyImplied(column.value), at: column.position)
    }
  }

  private mutating func checkJoinColumns(of job: JobDeclaration, _ inputs: [JobInput]) {
    for column in job.joinColumns {
      for input in inputs {
        guard let columns = input.table.columns else { continue }
        let names = columns.map(\.name) + input.table.keys.map(\.name)
        guard !names.contains(where: { $0.isSameName(as: column.value) }) else {
          continue
        }
        report(
          .unknownJoinColumn(
            column.value, input: input.name, near: NearName.of(column.value, in: names)),
          at: column.position)
      }
    }
  }

  /// Checks the tables that are declared at the job's output location.
  private mutating func checkTables(at location: Location, against job: JobDefinition) {
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

  private func position(of input: JobInput, in job: JobDeclaration) -> Position {
    job.inputs.first { $0.name.value == input.name }?.source.position ?? job.name.position
  }
}

extension TableDefinition {
  fileprivate func key(named name: String) -> PartitionKey? {
    keys.first { $0.name.isSameName(as: name) }
  }
}

extension PartitionKey {
  fileprivate var lowercased: PartitionKey {
    PartitionKey(name: name.exact.lowercased.text, type: type)
  }
}
