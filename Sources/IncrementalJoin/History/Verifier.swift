public import PartitionPredicate

/// Recomputes published partitions in a scratch area and compares them, row by row, with what is published.
///
/// It reads the inputs and the output and writes only to its scratch area. The output, the ledger and the positions
/// stay as they are.
public struct Verifier: Sendable {
  private let storage: StorageReader
  private let ledger: any LedgerReader
  private let engine: any JoinEngine
  private let scratch: any ScratchArea

  /// Creates a verifier over readers.
  ///
  /// - Parameters:
  ///   - storage: Where inputs and output live.
  ///   - ledger: What the published content was built from.
  ///   - engine: Recomputes and compares.
  ///   - scratch: Where the recomputed rows are written. They are removed again, partition by partition.
  public init(
    storage: StorageReader, ledger: any LedgerReader, engine: any JoinEngine,
    scratch: any ScratchArea
  ) {
    self.storage = storage
    self.ledger = ledger
    self.engine = engine
    self.scratch = scratch
  }

  /// The partitions of a job that can be verified: those that were ever built, in order.
  ///
  /// - Throws: What listing the output throws as in `verify`, or what the ledger throws.
  public func builtPartitions(of job: JobDefinition) async throws -> [Partition] {
    try await PublishedContent(of: job, storage: storage, ledger: ledger).lineages.keys.sorted()
  }

  /// Verifies partitions of a job, one after the other.
  ///
  /// A partition is recomputed from the versions that its published content was built from, so it is left out when its
  /// inputs or the job's definition have changed since. One that fails does not affect the others.
  ///
  /// - Parameters:
  ///   - partitions: In any order; nil for all that were ever built.
  ///   - job: What is defined now.
  ///   - samples: How many changed, missing and surplus rows to return, of each.
  ///   - report: Receives each result as soon as it is known.
  /// - Returns: The results, in the order of the partitions.
  /// - Throws: `CancellationError`; `PlanError` when an input or the output cannot be listed, the output is
  ///   missing or of other keys, or the job does not fit its inputs; `EngineError.unreadableFile` when no
  ///   file of a table shows its columns; or what the ledger throws.
  public func verify(
    _ partitions: [Partition]? = nil, of job: JobDefinition, samples: Int,
    report: @Sendable (Verification) -> Void = { _ in }
  ) async throws -> [Verification] {
    let content = try await PublishedContent(of: job, storage: storage, ledger: ledger)
    let planner = Planner(storage: storage, ledger: ledger, schemas: engine)
    let pending = try await planner.report(
      job, looking: partitions.map { .watched(and: Set($0)) } ?? .everywhere)
    if let failure = pending.snapshots.compactMap(\.failure).first {
      throw PlanError.listing(failure)
    }
    let known = Dictionary(
      pending.known.map { ($0.partition, $0) }, uniquingKeysWith: { first, _ in first })
    let chosen = partitions.map { Set($0).sorted() } ?? content.lineages.keys.sorted()
    let obstacles = chosen.map { partition in
      obstacle(
        partition, content.lineages[partition], known[partition],
        in: pending)
    }
    let free = zip(chosen, obstacles).filter { $1 == nil && known[$0] != nil }.map(\.0)
    let plan = try await planner.plan(pending, RunRequest(partitions: free))
    let units = Dictionary(
      plan.units.map { ($0.partition, $0) }, uniquingKeysWith: { first, _ in first })
    let holds = Dictionary(
      plan.held.map { ($0.partition, $0.hold) }, uniquingKeysWith: { first, _ in first })
    var results: [Verification] = []
    for (partition, obstacle) in zip(chosen, obstacles) {
      try Task.checkCancellation()
      let outcome: Verification.Outcome
      if let obstacle {
        outcome = obstacle
      } else if let hold = holds[partition] ?? nil {
        outcome = .held(hold)
      } else {
        outcome = try await compare(
          units[partition], of: plan, with: content.files(of: partition), samples: samples)
      }
      let result = Verification(partition: partition, outcome: outcome)
      report(result)
      results.append(result)
    }
    return results
  }

  /// Why a partition cannot be recomputed as it was built; nil when it can.
  private func obstacle(
    _ partition: Partition, _ lineage: Lineage?, _ known: PendingPartition?,
    in report: PendingReport
  ) -> Verification.Outcome? {
    guard let lineage else { return .neverBuilt }
    if let run = lineage.adoptedBy { return .adopted(by: run) }
    let (job, position) = (report.job, report.positions[partition])
    // A run that moves a position without building has found the same rows in compacted files.
    let isCompacted =
      if let position, position.run > lineage.run {
        (try? ledger.run(position.run))?.kind == .run
      } else {
        false
      }
    if !DefinitionFingerprint(job).isSame(as: lineage.definition) {
      return .definitionChanged(since: lineage.run)
    }
    let changed = job.inputs.indices.filter { index in
      let name = job.inputs[index].name
      let built = isCompacted ? position?.inputs[name] : lineage.inputs[name]
      if !report.isCopy(known?.inputs[index].version, of: built) { return true }
      // A file can be rewritten with the same size and time, which only its digest reveals.
      return position?.inputs[name] == built
        && known?.reasons.contains { $0.isChange(of: name) } ?? false
    }
    guard !changed.isEmpty else { return nil }
    return .inputsChanged(changed.map { job.inputs[$0].name }, since: lineage.run)
  }

  /// Recomputes a unit, none for a partition without any input file, and compares.
  ///
  /// - Throws: `CancellationError`.
  private func compare(
    _ unit: WorkUnit?, of plan: Plan, with published: [DataFile], samples: Int
  ) async throws -> Verification.Outcome {
    let (files, output) = (storage.files, plan.job.output.location)
    let old = published.map { files.place(of: $0, in: output) }
    do {
      guard let unit, !unit.isSurelyEmpty else {
        return published.isEmpty ? .certified(rows: 0) : .surplus(files: published.count)
      }
      let folder = try scratch.makeFolder()
      defer { scratch.remove(folder) }
      let rows = try await files.reading(unit.inputs.pins) {
        let rows = try await engine.stage(
          JoinUnit(unit, of: plan, in: files), into: folder, countsMatches: false
        ).rows
        try await files.checkPins(of: unit)
        return rows
      }
      if published.isEmpty { return rows == 0 ? .certified(rows: 0) : .missing(rows: rows) }
      if rows == 0 { return .surplus(files: published.count) }
      let new = try scratch.files(in: folder)
      return try await files.reading([PinnedFiles(files: published, location: output)]) {
        if try await engine.hasSameRows(old, as: new) { return .certified(rows: rows) }
        return .differs(
          try await engine.difference(
            from: old, to: new, key: plan.job.rowKey, samples: samples))
      }
    } catch let error as CancellationError {
      throw error
    } catch let error as PinError {
      return .moved(error)
    } catch EngineError.unreadableFile(let path, let reason)
      where published.contains(where: { output.file($0.path).exact == path.exact })
    {
      return .unreadable(path: path, reason: reason)
    } catch {
      return .failed(message: "\(error)")
    }
  }
}

extension Reason {
  /// Whether it is that files of an input changed.
  fileprivate func isChange(of input: String) -> Bool {
    if case .inputChanged(let change) = self { change.input == input } else { false }
  }
}
