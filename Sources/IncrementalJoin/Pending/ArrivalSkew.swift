public import Foundation
public import PartitionPredicate

/// When the inputs of a job landed, and how far they lag behind each other.
///
/// An input lands in a partition with the earliest modification time among the files that it now has there, so
/// rewriting all of them moves the instant. Partitions that were only partly looked at are left out.
public struct ArrivalSkew: Hashable, Sendable {
  /// One input in one partition.
  public struct Arrival: Hashable, Sendable {
    /// The job's input.
    public let input: String
    /// When it landed; nil while it has no file of the partition.
    public let landed: Date?
    /// How long after the first input it landed, zero for that one; nil while it is missing.
    public let delay: Duration?
    /// How long the first input has been waiting for it, up to the listing, at least zero; nil once it has landed, and
    /// when it was deleted.
    public let missingFor: Duration?
    /// Whether it has been missing for longer than 95 of 100 of its earlier delays; nil once it has landed, when it was
    /// deleted, and without a history.
    public let isLate: Bool?
    /// Whether it has no file any more, and had one when the job last consumed the partition.
    public let isDeleted: Bool
  }

  /// One output partition that at least one input has files of.
  public struct PartitionArrivals: Hashable, Sendable {
    /// In the order of the output's keys.
    public let partition: Partition
    /// One an input, in the job's order.
    public let arrivals: [Arrival]

    /// The inputs that have not landed, in the job's order.
    public var missing: [Arrival] { arrivals.filter { $0.landed == nil && !$0.isDeleted } }
  }

  /// In the order of the partitions.
  public let partitions: [PartitionArrivals]
  /// How late each input usually is, in the job's order.
  public let delays: [InputDelays]

  /// Measures a report, in time proportional to its files, and to n log n for n partitions.
  public init(_ report: PendingReport) {
    let landings = report.known.map { partition in
      partition.inputs.map(\.landed)
    }
    let complete = landings.filter { !$0.contains(nil) }
    let delays = report.job.inputs.enumerated().map { index, input in
      InputDelays(
        input: input.name,
        delays: complete.compactMap { landed in
          landed[index].flatMap { own in landed.compactMap(\.self).min().map { own.since($0) } }
        })
    }
    let listedAt = report.listedAt
    self.delays = delays
    partitions = zip(report.known, landings).compactMap { partition, landings in
      guard partition.isLookedAt, let first = landings.compactMap(\.self).min() else { return nil }
      let waited = max(
        .zero, Duration.seconds(listedAt.timeIntervalSince(Date(nanoseconds: first))))
      let consumed = report.positions[partition.partition]?.inputs ?? [:]
      return PartitionArrivals(
        partition: partition.partition,
        arrivals: zip(delays, landings).map { usual, landed in
          let isDeleted = landed == nil && consumed[usual.input] != nil
          let waited = landed == nil && !isDeleted ? waited : nil
          return Arrival(
            input: usual.input, landed: landed.map { Date(nanoseconds: $0) },
            delay: landed.map { $0.since(first) }, missingFor: waited,
            isLate: waited.flatMap { waited in usual.p95.map { waited > $0 } },
            isDeleted: isDeleted)
        })
    }
  }
}

extension Int64 {
  /// How long an instant is after an earlier one, both in nanoseconds.
  fileprivate func since(_ earlier: Int64) -> Duration {
    // Computed separately: the difference of two arbitrary modification times may not fit.
    .nanoseconds(self) - .nanoseconds(earlier)
  }
}
