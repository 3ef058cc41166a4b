import PartitionPredicate

extension JoinUnit {
  /// What an engine needs to compute one work unit of a plan, whose files are fetched from a store.
  public init(_ unit: WorkUnit, of plan: Plan, in files: any FileStore) {
    let job = plan.job
    self.init(
      transformation: job.transformation,
      inputs: unit.inputs.indices.map { index in
        Input(
          unit.inputs[index].input, at: index, in: job, members: unit.inputs[index].members,
          columns: plan.columns[unit.inputs[index].input.name] ?? [], files: files)
      },
      partition: unit.partition, types: plan.types, span: job.isByTime ? unit.span : .always)
  }
}

extension JoinUnit.Input {
  /// What is read from a job's input, by the rules of its table.
  ///
  /// - Parameters:
  ///   - input: The input.
  ///   - index: The index of the input in the job.
  ///   - job: The job's present definition.
  ///   - members: The partitions that are read.
  ///   - columns: Those of the table.
  ///   - files: Where the members' files are fetched.
  init(
    _ input: JobInput, at index: Int, in job: JobDefinition,
    members: ArraySlice<PendingInput.Member>,
    columns: [Column], files: any FileStore
  ) {
    let table = input.table
    let time = job.isByTime ? table.time : nil
    let slack = TimeWindow(before: time?.slack ?? .zero, after: time?.slack ?? .zero)
    self.init(
      name: input.name, format: table.format, columns: columns, keys: table.keys,
      members: members.map { member in
        // What has no span is read by no unit.
        let span = time.map { (try? $0.span(of: member.partition)) ?? .instants([]) }
        return Member(
          partition: member.partition,
          files: member.listing.version.files.map { files.place(of: $0, in: table.location) },
          span: span?.widened(by: slack) ?? .always)
      }, schemaPolicy: table.schemaPolicy, csv: table.csv, optional: table.optional,
      time: time.map {
        JoinUnit.RowTime(
          column: $0.column, unit: $0.unit, zone: $0.zone, misplaced: $0.misplaced)
      }, window: job.windows[index], haloColumn: input.haloColumn,
      matchedKeys: job.matchedKeys(at: index),
      hiddenKeys: zip(table.keys, table.time?.keys.meanings ?? []).filter { $0.1 != nil }
        .map(\.0.name))
  }

  /// What one input of a pending partition has, for looking at its rows alone.
  init(_ input: PendingInput, columns: [Column], in files: any FileStore) {
    let job = JobDefinition(
      name: "", inputs: [input.input], transformation: .sql(""),
      output: OutputDefinition(location: input.input.table.location, keys: []))
    self.init(
      input.input, at: 0, in: job, members: input.members, columns: columns, files: files)
  }
}

extension JobDefinition {
  /// The keys that an input shares with the first one, that say nothing about time, and that the output lacks: its rows
  /// must agree in them as if they were in `on:`.
  fileprivate func matchedKeys(at index: Int) -> [JoinedColumns] {
    guard index > 0, case .joinToFirst = transformation else { return [] }
    let (first, other) = (inputs[0], inputs[index])
    return first.table.keys.indices.compactMap { place in
      let own = first.table.keys[place].name
      let name = first.renames.first { $0.own.isSameName(as: own) }?.name ?? own
      guard let match = other.table.place(ofKey: name, other.renames),
        !first.table.isTimeKey(place), !other.table.isTimeKey(match),
        !output.keys.contains(where: { $0.name.isSameName(as: name) })
      else { return nil }
      return JoinedColumns(first: own, other: other.table.keys[match].name)
    }
  }
}

extension JoinEngine {
  /// The first rows that building a unit of a plan would write.
  ///
  /// - Throws: `EngineError`, `PinError`.
  public func preview(
    _ unit: WorkUnit, of plan: Plan, in files: any FileStore, limit: Int
  ) async throws -> SampleRows {
    try await files.reading(unit.inputs.pins) {
      try await preview(JoinUnit(unit, of: plan, in: files), limit: limit)
    }
  }
}
