extension Planner {
  /// The columns of every input: declared, else pinned, else those of its first readable file.
  ///
  /// An input that was never seen has no entry.
  func columns(of report: PendingReport) async throws -> [String: [Column]] {
    var columns: [String: [Column]] = [:]
    for (index, input) in report.job.inputs.enumerated() {
      // A held file may be half written and shows nothing yet.
      let files = report.known.lazy.filter { $0.hold == nil }
        .flatMap { $0.inputs[index].listing?.version.files ?? [] }
      columns[input.name] = try await self.columns(of: input.table, seenIn: Array(files.prefix(8)))
    }
    return columns
  }

  private func columns(of table: TableDefinition, seenIn files: [DataFile]) async throws
    -> [Column]?
  {
    if let declared = table.columns { return declared }
    if !table.isOutput, let pinned = try ledger.pinnedColumns(table: table.name) { return pinned }
    var failure: EngineError?
    // A truncated first file must not hide the columns that the next ones show.
    for file in files {
      do {
        return try await schemas.columns(
          ofFile: table.location + "/" + file.path, format: table.format, keys: table.keys)
      } catch let error as EngineError {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return nil
  }

  /// Binds the job against its inputs' columns; returns the columns of the result.
  func bind(_ job: JobDefinition, columns: [String: [Column]]) async throws -> [Column] {
    let nowhere = Partition(keys: job.output.keys, values: job.output.keys.map { _ in .null })
    let unit = JoinUnit(
      transformation: job.transformation,
      inputs: job.inputs.map { input in
        JoinUnit.Input(
          name: input.name, format: input.table.format, columns: columns[input.name] ?? [],
          partition: nowhere.reordered(to: input.table.keys) ?? nowhere, files: [])
      }, partition: nowhere)
    do {
      return try await schemas.validate(unit)
    } catch EngineError.definition(let reason) {
      throw PlanError.definition(job: job.name, reason: reason)
    }
  }
}
