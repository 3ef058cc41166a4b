/// What a later match is compared with.
struct MatchFigures {
  /// Fewer partitions are no history.
  private static let leastPartitions = 5
  /// How far below the median a share must lie, so that no alarm is about noise.
  ///
  /// A little less than five percentage points, which differences of shares may miss by rounding.
  private static let leastFall = 0.05 - 1e-9

  private let partitions: Int
  private let leftRates: [Double]
  private let rightRates: [Double]
  private let highestFanOut: Int64

  /// Adds up a history; nil when it is too short.
  ///
  /// A one-sided partition tells nothing about how rows meet.
  init?(_ history: MatchHistory) {
    let met = history.newest.values.filter { $0.leftRows > 0 && $0.rightRows > 0 }
    guard met.count >= Self.leastPartitions else { return nil }
    partitions = met.count
    leftRates = met.compactMap(\.leftRate).sorted()
    rightRates = met.compactMap(\.rightRate).sorted()
    highestFanOut = met.map(\.fanOut).max() ?? 0
  }

  /// What is worse in a record than in the history.
  func alarms(for record: MatchRecord) -> [MatchAlarm] {
    kinds(record.match).map { MatchAlarm(record: record, kind: $0, earlier: partitions) }
  }

  private func kinds(_ match: InputMatch) -> [MatchAlarm.Kind] {
    switch (match.leftRows > 0, match.rightRows > 0) {
    case (false, false): return []
    case (false, true): return [.noRows(input: match.left)]
    case (true, false): return [.noRows(input: match.right)]
    case (true, true): break
    }
    var kinds: [MatchAlarm.Kind] = []
    if let (lowest, median) = fall(to: match.leftRate, from: leftRates) {
      kinds.append(.leftRateFell(lowest: lowest, median: median))
    }
    if let (lowest, median) = fall(to: match.rightRate, from: rightRates) {
      kinds.append(.rightRateFell(lowest: lowest, median: median))
    }
    if highestFanOut <= 1, match.fanOut > 1 {
      kinds.append(.fanOutAppeared)
    } else if highestFanOut > 1, match.fanOut > 2 * highestFanOut {
      kinds.append(.fanOutGrew(highest: highestFanOut))
    }
    return kinds
  }

  private func fall(to rate: Double?, from earlier: [Double]) -> (Double, Double)? {
    guard let rate, let lowest = earlier.first, let median = earlier.nearestRank(50),
      rate < lowest, median - rate >= Self.leastFall
    else { return nil }
    return (lowest, median)
  }
}
