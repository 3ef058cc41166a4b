/// How long after the first input another one usually lands: its history over the partitions in which
/// every input has landed.
///
/// Percentiles are nearest ranks: the p-th of n sorted delays is the one at rank ⌈p · n / 100⌉, counted
/// from 1, which is always one that happened.
public struct InputDelays: Hashable, Sendable {
  /// The job's input.
  public let input: String
  /// Partitions in which every input has landed.
  public let partitions: Int
  /// The 50th percentile; nil without such a partition.
  public let median: Duration?
  /// The 95th percentile; nil without such a partition.
  public let p95: Duration?

  /// Measures the delays of one input, in any order.
  public init(input: String, delays: [Duration]) {
    let sorted = delays.sorted()
    self.input = input
    partitions = sorted.count
    median = sorted.nearestRank(50)
    p95 = sorted.nearestRank(95)
  }
}

extension Array where Element: Comparable {
  /// The percentile of sorted values by the nearest rank; nil of none.
  func nearestRank(_ percentile: Int) -> Element? {
    isEmpty ? nil : self[(percentile * count + 99) / 100 - 1]
  }
}
