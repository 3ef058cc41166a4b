import PartitionPredicate

extension StepExecutor {
  /// At most this much is read of one unit, and as much of other partitions.
  private static let strayBytes: Int64 = 64 << 20
  /// At most so many other partitions are looked at, the nearest ones.
  private static let strayPartitions = 64
  /// At most so many values are looked for.
  private static let straySample = 1_000

  /// Looks in other partitions for the partners of rows that met nothing, where fewer than half of a run's
  /// rows met; again only when there is twice as much to look at.
  ///
  /// It is a help for the operator: what cannot be found out is no reason to fail.
  func lookForStrays(of plan: Plan, run: RunID) async {
    guard case .join = job.transformation, !Task.isCancelled,
      let records = try? runner.ledger.matches(
        job: job.name, keys: job.output.keys, run: run),
      let known = try? runner.ledger.strays(job: job.name, keys: nil)
    else { return }
    for (pair, records) in Dictionary(grouping: records, by: \.match.pair)
    where MatchTotals(records).isLow {
      let looked = known.filter { [$0.left, $0.right] == pair }.map(\.lookedAt).max() ?? 0
      guard
        let found = try? await strays(
          of: pair, in: records, beyond: 2 * looked, plan: plan, run: run)
      else { continue }
      try? runner.ledger.record([found])
    }
  }

  /// Takes a sample of a partition in which many rows met nothing; nil where there is nothing to look at.
  private func strays(
    of pair: [String], in records: [MatchRecord], beyond looked: Int, plan: Plan, run: RunID
  ) async throws -> StrayMatches? {
    let units = Dictionary(
      plan.units.filter { $0.bytes <= Self.strayBytes }.map { ($0.partition, $0) },
      uniquingKeysWith: { $1 })
    let open = records.filter { units[$0.partition] != nil && $0.unmatched > 0 }
    let most = open.map(\.unmatched).max() ?? 0
    // The first and the last partitions may have their partners outside of what there is.
    let worst = open.filter { $0.unmatched * 2 >= most }
      .sorted { $0.partition < $1.partition }
    guard !worst.isEmpty, let unit = units[worst[worst.count / 2].partition],
      let index = job.inputs.firstIndex(where: { $0.name == pair[1] })
    else { return nil }
    let others = neighbors(of: unit.partition, input: index)
    guard others.count > 1, others.count >= looked else { return nil }
    let sample = try await runner.engine.strays(
      of: JoinUnit(unit, of: plan), meeting: pair[1],
      in: others.map { JoinUnit.Input($0, columns: plan.columns[pair[1]] ?? []) },
      sample: Self.straySample)
    guard sample.sampled > 0 else { return nil }
    return StrayMatches(
      run: run, left: pair[0], right: pair[1], partition: unit.partition,
      lookedAt: others.count,
      sampled: sample.sampled, found: sample.found)
  }

  /// What an input has in the partitions beside another one, the nearest first, within the bounds.
  private func neighbors(of partition: Partition, input index: Int) -> [PendingInput] {
    guard let place = listed.firstIndex(where: { $0.partition == partition }) else { return [] }
    var bytes: Int64 = 0
    var found: [PendingInput] = []
    for distance in 1..<max(2, listed.count) {
      for neighbor in [place - distance, place + distance] where listed.indices.contains(neighbor) {
        let input = listed[neighbor].inputs[index]
        guard let version = input.version, input.isAlone else { continue }
        bytes += version.bytes
        guard bytes <= Self.strayBytes, found.count < Self.strayPartitions else { return found }
        found.append(input)
      }
    }
    return found
  }
}

extension MatchRecord {
  /// Rows of the first input that met nothing.
  fileprivate var unmatched: Int64 { match.leftRows - match.leftMatched }
}
