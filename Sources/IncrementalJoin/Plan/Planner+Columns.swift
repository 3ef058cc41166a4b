/// The columns of a job's inputs, and what of them is new.
struct InputColumns {
  /// By input name; an input that was never seen has no entry.
  var columns: [String: [Column]] = [:]
  /// What files showed of tables that neither declare nor have pinned all their columns, by table name.
  var seen: [String: SeenColumns] = [:]
}

extension Planner {
  /// The columns of every input: declared, else pinned, else those that its files show.
  ///
  /// What is pending shows them first: a column that had no value so far may have one there.
  func columns(of report: PendingReport) async throws -> InputColumns {
    var found = InputColumns()
    let known =
      report.known.filter { !$0.reasons.isEmpty } + report.known.filter { $0.reasons.isEmpty }
    for (index, input) in report.job.inputs.enumerated() {
      let table = input.table
      if let declared = table.columns {
        found.columns[input.name] = declared
        continue
      }
      let pinned = table.isOutput ? nil : try ledger.pinnedColumns(table: table.name)?.map(\.seen)
      var columns = pinned
      if pinned?.contains(where: { $0.type == nil }) != false {
        // A held file may be half written and shows nothing yet.
        let files = known.lazy.filter { $0.hold == nil }
          .flatMap { $0.inputs[index].listing?.version.files ?? [] }
        if let seen = try await schemas.look(at: files, of: table, pinned: pinned) {
          columns = seen.columns
          if !table.isOutput, seen.columns != pinned { found.seen[table.name] = seen }
        }
      }
      found.columns[input.name] = columns?.map(\.column)
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
      inputs: job.inputs.map { input in
        JoinUnit.Input(
          input, columns: columns[input.name] ?? [],
          partition: nowhere.reordered(to: input.table.keys) ?? nowhere, files: [])
      }, partition: nowhere, types: types)
    do {
      return try await schemas.validate(unit)
    } catch EngineError.definition(let reason) {
      throw PlanError.definition(job: job.name, reason: reason)
    }
  }
}
