public import PartitionPredicate

extension PartitionAccount {
  /// How many of the job's newest runs are searched for what they did with a partition.
  public static let searchedRuns = 50

  /// Accounts for an output partition, known or not.
  ///
  /// The keys of the partition may be in another order than the output's.
  ///
  /// - Parameters:
  ///   - partition: The output partition.
  ///   - report: What is pending.
  ///   - delays: How late the inputs of the report usually are, see `ArrivalSkew.delays`; nil to measure it, which takes
  ///     longer than all the rest.
  ///   - ledger: What the runs recorded.
  /// - Returns: All that is known of the partition.
  /// - Throws: what the ledger throws.
  public static func read(
    _ partition: Partition, in report: PendingReport, usually delays: [InputDelays]? = nil,
    ledger: any LedgerReader
  ) throws -> PartitionAccount {
    let partition = partition.reordered(to: report.job.output.keys) ?? partition
    let place = report.place(of: partition)
    let known =
      place < report.known.count && report.known[place].partition == partition
      ? report.known[place] : nil
    let position = report.positions[partition]
    let lineage = report.lineages[partition]
    let arrivals = known.flatMap {
      ArrivalSkew.arrivals(of: $0, usually: delays ?? ArrivalSkew(report).delays, in: report)
    }
    let inputs = try inputs(known, position, lineage, arrivals, report, ledger)
    let definition = DefinitionFingerprint(report.job)
    let isConsumed =
      position.map { definition.isSame(as: $0.definition) } ?? false
      && inputs.allSatisfy { $0.consumed?.id == $0.current?.id }
    return PartitionAccount(
      job: report.job.name, partition: partition, listedAt: report.listedAt,
      status: status(of: partition, known, isBuilt: lineage != nil, in: report),
      causes: known?.reasons.map { Cause($0) } ?? [],
      isBehind: isConsumed && report.behind.contains(partition), inputs: inputs,
      position: position, positionRun: try position.flatMap { try ledger.run($0.run) },
      lineage: lineage, divergence: try divergence(position, lineage, definition, ledger),
      visits: try visits(of: partition, of: report.job, ledger),
      isUnfinished: report.unfinished.contains(partition), problems: report.problems,
      outOfReach: known?.outOfReach ?? [])
  }

  private static func status(
    of partition: Partition, _ known: PendingPartition?, isBuilt: Bool, in report: PendingReport
  ) -> Status {
    guard let known else {
      if isBuilt { return .settled }
      let index = report.place(of: partition)
      let near = report.known[max(0, index - 2)..<min(report.known.count, index + 2)]
      return .unknown(near: near.map(\.partition))
    }
    if let hold = known.hold { return .held(hold) }
    return known.reasons.isEmpty ? .settled : .pending
  }

  private static func inputs(
    _ known: PendingPartition?, _ position: Position?, _ lineage: Lineage?,
    _ arrivals: [ArrivalSkew.Arrival]?, _ report: PendingReport, _ ledger: any LedgerReader
  ) throws -> [Input] {
    let versions = try VersionLibrary(
      ledger, Array(position?.inputs.values ?? [:].values) + (lineage?.inputs.values ?? [:].values))
    let consumed = versions[position]
    let built = versions[lineage?.inputs ?? [:]]
    return report.job.inputs.enumerated().map { index, input in
      Input(
        name: input.name,
        partition: known.flatMap { $0.inputs[index].isAlone ? $0.inputs[index].partition : nil },
        current: known?.inputs[index].version,
        isHaloOnly: known.map {
          $0.inputs[index].core.isEmpty && !$0.inputs[index].members.isEmpty
        } ?? false, consumed: consumed[input.name],
        built: built[input.name], arrival: arrivals?[index],
        changes: input.changes)
    }
  }

  private static func divergence(
    _ position: Position?, _ lineage: Lineage?, _ definition: DefinitionFingerprint,
    _ ledger: any LedgerReader
  ) throws -> Divergence? {
    func moved(_ run: RunID) throws -> Divergence {
      .moved(run: run, kind: try ledger.run(run)?.kind)
    }
    switch (position, lineage) {
    case (nil, nil): return nil
    case (let position?, nil): return try moved(position.run)
    // What adopted content was built from is not known.
    case (nil, let lineage?):
      if lineage.adoptedBy != nil { return nil }
      return .built(run: lineage.run, mode: try ledger.run(lineage.run)?.mode)
    case (let position?, let lineage?):
      if position.inputs == lineage.inputs,
        definition.areSame(position.definition, lineage.definition)
      {
        return nil
      }
      if lineage.run > position.run {
        if lineage.adoptedBy != nil { return nil }
        return .built(run: lineage.run, mode: try ledger.run(lineage.run)?.mode)
      }
      return try moved(position.run)
    }
  }

  private static func visits(
    of partition: Partition, of job: JobDefinition, _ ledger: any LedgerReader
  ) throws -> [Visit] {
    try ledger.runs(job: job.name, limit: searchedRuns).compactMap { run in
      try ledger.workUnit(of: partition, job: job.name, run: run.id)
        .map { Visit(run: run, unit: $0) }
    }
  }
}

extension PartitionAccount.Cause {
  /// Splits a reason into its parts.
  init(_ reason: Reason) {
    self.reason = reason
    input = reason.change?.input
    partition = reason.change?.partition
    changes = reason.change?.changes ?? []
  }
}
