import PartitionPredicate

extension StepExecutor {
  /// Looks in other partitions for the partners of rows that met nothing, where fewer than half of a run's
  /// rows met; again only when there is twice as much to look at.
  ///
  /// It is a help for the operator: what cannot be found out is no reason to fail.
  func lookForStrays(of plan: Plan, run: RunID) async {
    guard !Task.isCancelled,
      let records = try? runner.ledger.matches(
        job: job.name, keys: job.output.keys, run: run),
      let known = try? runner.ledger.strays(job: job.name, keys: nil)
    else { return }
    let search = StraySearch(
      engine: runner.engine, files: runner.storage.files, plan: plan, listed: listed)
    for (pair, records) in Dictionary(grouping: records, by: \.match.pair)
    where MatchTotals(records).isLow {
      guard let index = job.inputs.firstIndex(where: { $0.name == pair[1] }),
        let unit = worst(of: records, in: plan)
      else { continue }
      let looked = known.filter { [$0.left, $0.right] == pair }.map(\.lookedAt).max() ?? 0
      guard
        let found = try? await search.strays(of: unit, input: index, atLeast: 2 * looked)
      else { continue }
      try? runner.ledger.record([
        StrayMatches(
          run: run, left: pair[0], right: pair[1], partition: unit.partition,
          lookedAt: found.lookedAt, sampled: found.sample.sampled, found: found.sample.found)
      ])
    }
  }

  /// One of the units in which the most rows met nothing.
  private func worst(of records: [MatchRecord], in plan: Plan) -> WorkUnit? {
    let units = Dictionary(
      plan.units.filter { $0.bytes <= StraySearch.maxBytes }.map { ($0.partition, $0) },
      uniquingKeysWith: { $1 })
    let open = records.filter { units[$0.partition] != nil && $0.unmatched > 0 }
    let most = open.map(\.unmatched).max() ?? 0
    // The first and the last partitions may have their partners outside of what there is.
    let worst = open.filter { $0.unmatched * 2 >= most }
      .sorted { $0.partition < $1.partition }
    return worst.isEmpty ? nil : units[worst[worst.count / 2].partition]
  }
}

extension MatchRecord {
  /// Rows of the first input that met nothing.
  fileprivate var unmatched: Int64 { match.leftRows - match.leftMatched }
}
