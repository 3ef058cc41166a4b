import Foundation
public import IncrementalJoin
import PartitionPredicate

/// When the inputs of a job landed, as a picture shows it: what is usual, and which partitions need a look.
public struct ArrivalDelays: Hashable, Sendable {
  /// One input of a job.
  public struct Input: Hashable, Sendable {
    /// How long after the first input it usually lands.
    public let usual: InputDelays
    /// Partitions in which it has not landed although another input has; deleted ones do not count.
    public let missing: Int
    /// Those in which it has been missing longer than 95 of 100 of its earlier delays.
    public let late: Int
    /// The longest that it has been missing; nil where it is missing nowhere.
    public let longestMissing: Duration?
  }

  /// In the job's order.
  public let inputs: [Input]
  /// Partitions in which an input is missing, the longest awaited first, then those with the longest delays.
  public let slowest: [ArrivalSkew.PartitionArrivals]
  /// How many partitions have a missing input.
  public let incomplete: Int

  /// Computes the delays.
  ///
  /// - Parameters:
  ///   - skew: The arrivals of a job.
  ///   - limit: How many partitions to put into `slowest`.
  public init(_ skew: ArrivalSkew, limit: Int = 12) {
    var missing = skew.delays.map { _ in (count: 0, late: 0, longest: Duration.zero) }
    var waits: [(length: Duration, index: Int)] = []
    var delays: [(length: Duration, index: Int)] = []
    var incomplete = 0
    for (index, partition) in skew.partitions.enumerated() {
      var wait: Duration?
      for (input, arrival) in partition.arrivals.enumerated() {
        guard let awaited = arrival.missingFor else { continue }
        wait = max(wait ?? .zero, awaited)
        missing[input].count += 1
        if arrival.isLate == true { missing[input].late += 1 }
        missing[input].longest = max(missing[input].longest, awaited)
      }
      if let wait {
        incomplete += 1
        waits.append((wait, index))
      } else {
        delays.append((partition.arrivals.compactMap(\.delay).max() ?? .zero, index))
      }
    }
    inputs = zip(skew.delays, missing).map { usual, missing in
      Input(
        usual: usual, missing: missing.count, late: missing.late,
        longestMissing: missing.count == 0 ? nil : missing.longest)
    }
    self.incomplete = incomplete
    let order: ((length: Duration, index: Int), (length: Duration, index: Int)) -> Bool = {
      $0.length == $1.length ? $0.index < $1.index : $0.length > $1.length
    }
    let chosen = waits.sorted(by: order).prefix(limit)
    let rest = delays.sorted(by: order).prefix(limit - chosen.count)
    slowest = (chosen + rest).map { skew.partitions[$0.index] }
  }
}
