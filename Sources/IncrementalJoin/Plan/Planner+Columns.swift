import PartitionPredicate

/// The columns of a job's inputs, and what of them is new.
struct InputColumns {
  /// By input name; an input that was never seen has no entry.
  var columns: [String: [Column]] = [:]
  /// What files showed of tables that neither declare nor have pinned all their columns, by table name.
  var seen: [String: SeenColumns] = [:]
  /// The columns to join on, by input name and then as the job spells them.
  var joined: [String: [ExactText: JoinColumn]] = [:]  // characters: input names are ASCII
}

extension Planner {
  /// The columns of every input: declared, otherwise pinned, otherwise those that its files show.
  ///
  /// Files of pending partitions come first: a column that had no value so far may have one there.
  func columns(of report: PendingReport) async throws -> InputColumns {
    var found = InputColumns()
    let known =
      report.known.filter { !$0.reasons.isEmpty } + report.known.filter { $0.reasons.isEmpty }
    for (index, input) in report.job.inputs.enumerated() {
      let table = input.table
      if let declared = table.columns {
        found.columns[input.name] = declared
        found.joined[input.name] = JoinColumn.all(
          of: report.job, input, declared.map { SeenColumn(name: $0.name, type: $0.type) }
        ) { _ in .declared }
        continue
      }
      let pinned = table.isOutput ? nil : try ledger.pinnedColumns(table: table.name)
      var columns = pinned?.map(\.seen)
      var looked: SeenColumns?
      if pinned?.contains(where: { $0.seen.type == nil }) != false {
        // A held file may be half written and shows nothing yet.
        var paths: Set<ExactText> = []
        let files =
          (known.lazy.filter { $0.hold == nil }
          .flatMap { $0.inputs[index].version?.files ?? [] } + report.snapshots[index].settledFiles)
          .filter { paths.insert($0.path).inserted }
        looked = try await schemas.look(
          at: files, of: table, in: storage.files, pinned: columns)
        if let looked {
          if !table.isOutput, looked.columns != columns { found.seen[table.name] = looked }
          columns = looked.columns
        }
      }
      found.columns[input.name] = columns?.map(\.column)
      found.joined[input.name] = JoinColumn.all(of: report.job, input, columns ?? []) { column in
        let pin = pinned?.first { $0.seen.type != nil && $0.seen.name.exact == column.name.exact }
        return pin.map { .pinned($0.origin) }
          ?? .shown(by: looked?.files ?? [], isGuess: looked?.isGuess ?? false)
      }
    }
    return found
  }

  /// Binds the job against its inputs' columns.
  func bind(_ job: JobDefinition, columns: [String: [Column]], types: OutputTypes) async throws
    -> ResultColumns
  {
    let nowhere = Partition(keys: job.output.keys, values: job.output.keys.map { _ in .null })
    let unit = JoinUnit(
      transformation: job.transformation,
      inputs: job.inputs.enumerated().map { index, input in
        JoinUnit.Input(
          input, at: index, in: job, members: [], columns: columns[input.name] ?? [],
          files: storage.files)
      }, partition: nowhere, types: types)
    do {
      return try await schemas.validate(unit)
    } catch EngineError.definition(let reason) {
      throw PlanError.definition(job: job.name, reason: reason)
    }
  }
}
