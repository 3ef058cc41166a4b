import PartitionPredicate

extension StepExecutor {
  /// Looks in other partitions for the partners of unmatched rows, where fewer than half of a run's rows matched; again
  /// only when there is twice as much to examine.
  ///
  /// This only helps the operator, so if it cannot be found out, nothing fails.
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

  /// One of the units with the most unmatched rows.
  private func worst(of records: [MatchRecord], in plan: Plan) -> WorkUnit? {
    let units = Dictionary(
      plan.units.filter { $0.bytes <= StraySearch.maxBytes }.map { ($0.partition, $0) },
      uniquingKeysWith: { $1 })
    let open = records.filter { units[$0.partition] != nil && $0.unmatched > 0 }
    let most = open.map(\.unmatched).max() ?? 0
    // The first and last partitions may have their partners outside of the existing data.
    let worst = open.filter { $0.unmatched * 2 >= most }
      .sorted { $0.partition < $1.partition }
    return worst.isEmpty ? nil : units[worst[worst.count / 2].partition]
  }
}

extension MatchRecord {
  /// The number of the first input's unmatched rows.
  fileprivate var unmatched: Int64 { match.leftRows - match.leftMatched }
}
