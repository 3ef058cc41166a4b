import PartitionPredicate

/// The figures that a later match is compared with.
struct MatchFigures {
  /// With fewer partitions there is no history.
  static let leastPartitions = 5
  /// How far below the median a share must be, so that no alarm is about noise.
  ///
  /// A little less than five percentage points, which differences of shares may miss through rounding.
  private static let leastFall = 0.05 - 1e-9

  private let partitions: Int
  private let leftRates: [Double]
  private let rightRates: [Double]
  private let highestFanOut: Int64
  /// Inputs whose rows are not expected in every partition, unless it had some.
  private let optional: Set<String>  // characters: input names are ASCII
  private let newest: [Partition: InputMatch]

  /// Adds up a history; nil when it is too short.
  ///
  /// A one-sided partition tells nothing about how rows meet.
  // characters: input names are ASCII
  init?(_ history: MatchHistory, optional: Set<String>) {
    let met = history.met
    guard met.count >= Self.leastPartitions else { return nil }
    partitions = met.count
    leftRates = met.compactMap(\.leftRate).sorted()
    rightRates = met.compactMap(\.rightRate).sorted()
    highestFanOut = met.map(\.fanOut).max() ?? 0
    newest = history.newest
    self.optional = optional.union(history.lacking.keys.filter(history.regularlyLacks))
  }

  /// What is worse in a record than in the history.
  func alarms(for record: MatchRecord) -> [MatchAlarm] {
    kinds(record).map { MatchAlarm(record: record, kind: $0, earlier: partitions) }
  }

  private func kinds(_ record: MatchRecord) -> [MatchAlarm.Kind] {
    let match = record.match
    switch (match.leftRows > 0, match.rightRows > 0) {
    case (false, false): return []
    case (false, true): return noRows(of: match.left, in: record.partition)
    case (true, false): return noRows(of: match.right, in: record.partition)
    case (true, true): break
    }
    var kinds: [MatchAlarm.Kind] = []
    if let (lowest, median) = fall(to: match.leftRate, from: leftRates) {
      kinds.append(.leftRateFell(lowest: lowest, median: median))
    }
    // Where nothing meets, one sentence says so.
    if match.rightMatched > 0 || kinds.isEmpty,
      let (lowest, median) = fall(to: match.rightRate, from: rightRates)
    {
      kinds.append(.rightRateFell(lowest: lowest, median: median))
    }
    if highestFanOut <= 1, match.fanOut > 1 {
      kinds.append(.fanOutAppeared)
    } else if highestFanOut > 1, match.fanOut > 2 * highestFanOut {
      kinds.append(.fanOutGrew(highest: highestFanOut))
    }
    return kinds
  }

  /// What is late or missing by declaration is not a fault; what was there and is gone is one.
  private func noRows(of input: String, in partition: Partition) -> [MatchAlarm.Kind] {
    let before = newest[partition].map { $0.left == input ? $0.leftRows : $0.rightRows } ?? 0
    return optional.contains(input) && before == 0 ? [] : [.noRows(input: input)]
  }

  private func fall(to rate: Double?, from earlier: [Double]) -> (Double, Double)? {
    guard let rate, let lowest = earlier.first, let median = earlier.nearestRank(50),
      rate < lowest, median - rate >= Self.leastFall
    else { return nil }
    return (lowest, median)
  }
}
