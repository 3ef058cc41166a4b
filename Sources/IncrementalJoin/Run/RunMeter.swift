public import Foundation
import PartitionPredicate

/// How far along a run is, how fast it goes, and how long it may still take, according to its events.
public struct RunMeter: Sendable {
  /// Rows staged so far.
  public private(set) var rows: Int64 = 0
  private let pace: RunPace?
  private var expected: Duration?
  /// What partitions cost, by what they read.
  private var costs: [Partition: Double] = [:]
  private var total = 0.0
  private var done = 0.0
  /// The done shares of the partitions that are being staged.
  private var shares: [Partition: Double] = [:]
  private var startedAt: Date?
  private var lastAt: Date?

  /// Starts before the first event.
  ///
  /// - Parameter pace: How fast earlier runs of the job were; nil when that is not known.
  public init(pace: RunPace? = nil) { self.pace = pace }

  /// Takes an event and the time it occurred.
  public mutating func take(_ event: RunEvent, at instant: Date) {
    switch event {
    case .planned(let plan):
      expected = pace?.expected(plan)
      // A small partition has a cost too: about as much as reading 1 MB.
      for unit in plan.units { costs[unit.partition] = Double(unit.bytes) + 1_000_000 }
      total = costs.values.reduce(0, +)
    case .staging(let partition):
      startedAt = startedAt ?? instant
      shares[partition] = 0
    case .progress(let partition, let share):
      if share.isFinite { shares[partition] = min(1, max(0, share)) }
    case .staged(let partition, let staged):
      rows += staged.rows
      settle(partition)
    case .failed(let partition, _): settle(partition)
    default: break
    }
    lastAt = instant
  }

  private mutating func settle(_ partition: Partition) {
    shares[partition] = nil
    done += costs.removeValue(forKey: partition) ?? 0
  }

  /// The done share of the staging, from 0 to 1.
  public var share: Double {
    guard total > 0 else { return 0 }
    return min(1, (done + shares.reduce(0) { $0 + (costs[$1.key] ?? 0) * $1.value }) / total)
  }

  /// The time since staging of the first partition began.
  private var elapsed: Double {
    guard let startedAt, let lastAt else { return 0 }
    return max(0, lastAt.timeIntervalSince(startedAt))
  }

  /// Rows staged in a second; nil before there are any.
  public var rowsPerSecond: Double? {
    rows > 0 && elapsed > 0 ? Double(rows) / elapsed : nil
  }

  /// How long the run may still take: judging by its own speed, or at its beginning by that of earlier runs; nil while
  /// neither is known.
  public var remaining: Duration? {
    guard total > 0 else { return nil }
    if share >= Self.tellingShare, elapsed > 0 {
      return .seconds(elapsed * (1 - share) / share)
    }
    return expected.map { $0 * (1 - share) }
  }

  /// From which done share on a run's own speed says more than that of earlier ones.
  private static let tellingShare = 0.1
}
