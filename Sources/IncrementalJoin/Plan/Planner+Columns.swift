/// The columns of a job's inputs, and what of them is new.
struct InputColumns {
  /// By input name; an input that was never seen has no entry.
  var columns: [String: [Column]] = [:]
  /// What files showed of tables that neither declare nor have pinned all their columns, by table name.
  var seen: [String: SeenColumns] = [:]
}

extension Planner {
  /// How many files are looked at together, since all of them decide about the types.
  private static let filesAtOnce = 8
  /// How many files are looked at for a column that has no value in the others.
  private static let filesInAll = 64
  /// Text files are read in full, so that a table of large files is judged by fewer of them.
  private static let bytesAtOnce: Int64 = 1 << 30

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
        if let seen = try await look(
          at: Array(files.prefix(Self.filesInAll)), of: table, pinned: pinned)
        {
          columns = seen.columns
          if !table.isOutput, seen.columns != pinned { found.seen[table.name] = seen }
        }
      }
      found.columns[input.name] = columns?.map(\.column)
    }
    return found
  }

  /// What files show of a table, in addition to what is pinned of it; nil without files.
  ///
  /// - Throws: the first file's error when nothing is pinned and no file can be read.
  private func look(at files: [DataFile], of table: TableDefinition, pinned: [SeenColumn]?)
    async throws -> SeenColumns?
  {
    var result = pinned.map { SeenColumns(columns: $0) }
    var failure: (any Error)?
    var rest = files[...]
    while !rest.isEmpty, result?.isComplete != true {
      var chunk: [String] = []
      var bytes: Int64 = 0
      while let file = rest.first,
        chunk.isEmpty || chunk.count < Self.filesAtOnce && bytes + file.size <= Self.bytesAtOnce
      {
        bytes += file.size
        chunk.append(table.location + "/" + file.path)
        rest.removeFirst()
      }
      do {
        let seen = try await schemas.columns(ofFiles: chunk, of: table)
        result = result?.completed(by: seen) ?? seen
      } catch let error as EngineError {
        failure = failure ?? error
      }
    }
    if result == nil, let failure { throw failure }
    return result
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

extension SeenColumns {
  /// Whether every column has a type.
  fileprivate var isComplete: Bool { columns.allSatisfy { $0.type != nil } }

  /// The same columns, with the types that other files show of those that have none.
  fileprivate func completed(by other: SeenColumns) -> SeenColumns {
    SeenColumns(
      columns: columns.map { column in
        guard column.type == nil else { return column }
        let found = other.columns.first { $0.name.lowercased() == column.name.lowercased() }
        return SeenColumn(name: column.name, type: found?.type)
      }, sparse: sparse + other.sparse.filter { !sparse.contains($0) },
      files: files + other.files, isGuess: isGuess || other.isGuess)
  }
}
