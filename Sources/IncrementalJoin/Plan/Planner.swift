/// Makes plans from readers only.
public struct Planner: Sendable {
  private let storage: any StorageReader
  let ledger: any LedgerReader
  let schemas: any SchemaReader

  /// Creates a planner.
  ///
  /// None of them can write.
  public init(storage: any StorageReader, ledger: any LedgerReader, schemas: any SchemaReader) {
    self.storage = storage
    self.ledger = ledger
    self.schemas = schemas
  }

  /// Lists the inputs of a job and finds what is pending.
  ///
  /// - Throws: what the ledger throws.
  public func report(_ job: JobDefinition) throws -> PendingReport {
    try PendingDetector(storage: storage, ledger: ledger).detect(job)
  }

  /// Plans the pending partitions of a report, or the named ones whether pending or not.
  ///
  /// - Parameters:
  ///   - report: What the listings and the ledger said.
  ///   - partitions: Output partitions to rebuild; nil for what is pending.
  ///   - filter: Over the output's keys: plans only what it selects; nil plans everything.
  /// - Returns: A plan that pins the listed files; without units when there is nothing to do.
  /// - Throws: `PlanError`, `EngineError.unreadableFile` when no file of a table shows its columns,
  ///   or what the ledger throws.
  public func plan(
    _ report: PendingReport, rerunning partitions: [Partition]? = nil,
    where filter: PushdownPredicate? = nil
  ) async throws -> Plan {
    let job = report.job
    if let failure = report.snapshots.compactMap(\.failure).first {
      throw PlanError.listing(failure)
    }
    let columns = try await columns(of: report)
    let named = try partitions.map { try select($0, of: report) } ?? report.pending
    let selected = filter.map { Set($0.filter(named.map(\.partition))) }
    let chosen = named.filter { selected?.contains($0.partition) ?? true }
    let held = chosen.filter { $0.hold != nil }
    let units = chosen.filter { $0.hold == nil }
      .map { unit($0, of: report, requested: partitions != nil) }
    // Another definition makes every partition pending: with nothing to build, nothing has to be bound.
    let outputColumns = units.isEmpty ? [] : try await bind(job, columns: columns)
    // As much as last time; what was never built may need as much as its inputs.
    let expected = units.map { unit in
      unit.isSurelyEmpty ? 0 : report.lineages[unit.partition.path]?.bytes ?? unit.bytes
    }
    return Plan(
      id: identifier(job, kind: partitions == nil ? .run : .rerun, units: units), job: job,
      kind: partitions == nil ? .run : .rerun, listedAt: report.listedAt, units: units,
      held: held, problems: report.problems, columns: columns, outputColumns: outputColumns,
      emptiedInputs: report.emptiedInputs,
      publishedCount: report.lineages.values.count { $0.rows > 0 },
      expectedBytes: expected.reduce(0, +))
  }

  private func select(_ partitions: [Partition], of report: PendingReport) throws(PlanError)
    -> [PendingPartition]
  {
    let known = Dictionary(report.known.map { ($0.partition, $0) }, uniquingKeysWith: { $1 })
    var chosen: [PendingPartition] = []
    for partition in Set(partitions).sorted() {
      guard let pending = known[partition] else {
        let index = report.known.firstIndex { $0.partition > partition } ?? report.known.count
        let near = report.known[max(0, index - 2)..<min(report.known.count, index + 2)]
        throw .unknownPartition(
          job: report.job.name, partition: partition.path, near: near.map(\.partition.path))
      }
      chosen.append(pending)
    }
    return chosen
  }

  private func unit(_ pending: PendingPartition, of report: PendingReport, requested: Bool)
    -> WorkUnit
  {
    WorkUnit(
      partition: pending.partition,
      reasons: requested ? [.requested] + pending.reasons : pending.reasons,
      inputs: pending.inputs,
      isPublished: (report.lineages[pending.partition.path]?.rows ?? 0) > 0,
      isSurelyEmpty: report.job.transformation.isEmpty(
        whenPresent: pending.inputs.map { $0.listing != nil }))
  }

  private func identifier(_ job: JobDefinition, kind: RunKind, units: [WorkUnit]) -> String {
    var digest = SHA256()
    digest.update("\(job.name)\n\(job.fingerprint)\n\(kind.rawValue)\n")
    for unit in units {
      digest.update("\(unit.partition.path)\n")
      for (name, version) in unit.versions.sorted(by: { $0.key < $1.key }) {
        digest.update("\(name) \(version.id) \(version.identity)\n")
      }
    }
    return String(digest.finalize().prefix(12))
  }
}

extension Transformation {
  /// Whether the result must be empty, given which inputs have files.
  ///
  /// Free SQL can count the rows of an empty table, so it is surely empty only without any file.
  func isEmpty(whenPresent present: [Bool]) -> Bool {
    switch self {
    case .join(.inner, _, _): !present.allSatisfy { $0 }
    case .join(.left, _, _): !(present.first ?? false)
    case .join(.right, _, _): !(present.last ?? false)
    case .join(.full, _, _), .sql: !present.contains(true)
    }
  }
}
