public import Foundation
public import PartitionPredicate

/// When the inputs of a job landed, and how far they lag behind each other.
///
/// An input lands in a partition with the earliest modification time among the files that it now has there, so
/// rewriting all of them moves the instant. Where the job waits for whole windows (`of: window`), it lands with the last
/// of the window's partitions. Output partitions that were only partly looked at are left out.
public struct ArrivalSkew: Hashable, Sendable {
  /// One input in one partition.
  public struct Arrival: Hashable, Sendable {
    /// The job's input.
    public let input: String
    /// When it landed; nil while it has no file of the partition, or not all that is awaited, and where nothing is.
    public let landed: Date?
    /// How long after the first input it landed, zero for that one; nil while it is missing.
    public let delay: Duration?
    /// How long the first input has been waiting for it, up to the listing, at least zero; nil once it has landed, when
    /// it was deleted, and where the job does not wait for it, because its first partition is a later one.
    public let missingFor: Duration?
    /// Whether it has been missing for longer than 95 of 100 of its earlier delays; nil once it has landed, when it was
    /// deleted, and without a history.
    public let isLate: Bool?
    /// Whether it has no file any more, and the job has consumed one of the partition.
    public let isDeleted: Bool
    /// How much of the window is there; nil unless the job waits for the whole of it and this input is still awaited.
    public let presence: WindowPresence?
  }

  /// One output partition that at least one input has files of.
  public struct PartitionArrivals: Hashable, Sendable {
    /// In the order of the output's keys.
    public let partition: Partition
    /// One an input, in the job's order.
    public let arrivals: [Arrival]
    /// When the partition is built without what is missing; nil where nothing is, and for a job without a deadline.
    public let deadline: Date?
    /// Whether that has passed.
    public let isOverdue: Bool

    /// The inputs that have not landed, in the job's order.
    public var missing: [Arrival] { arrivals.filter { $0.missingFor != nil } }
  }

  /// In the order of the partitions.
  public let partitions: [PartitionArrivals]
  /// How late each input usually is, in the job's order.
  public let delays: [InputDelays]

  /// Measures a report, in time proportional to its files, and to n log n for n partitions.
  public init(_ report: PendingReport) {
    let landings = report.landings(of: report.known)
    let complete = landings.filter { $0.inputs.allSatisfy { $0.landed != nil } }
    let delays = report.job.inputs.enumerated().map { index, input in
      InputDelays(
        input: input.name,
        delays: complete.compactMap { landing in
          guard let first = landing.first else { return nil }
          return landing.inputs[index].landed.map { $0.since(first) }
        })
    }
    self.delays = delays
    partitions = zip(report.known, landings).compactMap { partition, landing in
      guard partition.isLookedAt, let first = landing.first else { return nil }
      return PartitionArrivals(partition, landing, since: first, delays, in: report)
    }
  }
}

extension ArrivalSkew {
  /// When the inputs of one partition landed, without measuring all others, except those that a window has to find.
  ///
  /// - Parameters:
  ///   - known: The output partition.
  ///   - delays: How late the inputs of the report usually are, in the job's order.
  ///   - report: What was listed.
  /// - Returns: One an input, in the job's order; nil of a partition without files, and of one that was partly looked at.
  static func arrivals(
    of known: PendingPartition, usually delays: [InputDelays], in report: PendingReport
  ) -> [Arrival]? {
    guard known.isLookedAt, let landing = report.landings(of: [known]).first,
      let first = landing.first
    else { return nil }
    return PartitionArrivals(known, landing, since: first, delays, in: report).arrivals
  }
}

extension ArrivalSkew.PartitionArrivals {
  fileprivate init(
    _ known: PendingPartition, _ landing: Landing, since first: Int64, _ delays: [InputDelays],
    in report: PendingReport
  ) {
    let start = Date(nanoseconds: first)
    let waited = max(.zero, Duration.seconds(report.listedAt.timeIntervalSince(start)))
    partition = known.partition
    arrivals = zip(delays, landing.inputs).map { usual, input in
      let waited = input.landed == nil && input.isAwaited ? waited : nil
      return ArrivalSkew.Arrival(
        input: usual.input, landed: input.landed.map { Date(nanoseconds: $0) },
        delay: input.landed.map { $0.since(first) }, missingFor: waited,
        isLate: waited.flatMap { waited in usual.p95.map { waited > $0 } },
        isDeleted: input.isDeleted, presence: input.presence)
    }
    if case .allInputs(_, let wait?) = report.job.wait,
      arrivals.contains(where: { $0.missingFor != nil })
    {
      let deadline = start.addingTimeInterval(wait / .seconds(1))
      self.deadline = deadline
      isOverdue = report.listedAt >= deadline
    } else {
      deadline = nil
      isOverdue = false
    }
  }
}

/// When the inputs of one output partition landed, in nanoseconds since 1970-01-01 UTC.
private struct Landing {
  struct Input {
    /// nil while not all that is awaited is there.
    var landed: Int64?
    var isAwaited = true
    var isDeleted = false
    var presence: WindowPresence?
  }

  /// The first file of any input; nil without files.
  let first: Int64?
  let inputs: [Input]
}

extension PendingReport {
  /// Whether an input has no file in an output partition's own span, and the job has consumed one that was there.
  ///
  /// Files of neighboring partitions, which are read as halo, say nothing about that.
  package func isDeleted(_ input: PendingInput, of known: PendingPartition) -> Bool {
    let name = input.input.name
    guard input.core.isEmpty else { return false }
    if deleted[known.partition]?.contains(name.exact) == true { return true }
    guard positions[known.partition]?.inputs[name] != nil else { return false }
    guard !input.isAlone, hasHalo(input.input) else { return true }
    return known.reasons.contains { reason in
      guard let change = reason.change, change.input == name, !change.isHalo else { return false }
      return change.changes.contains { $0.kind == .removed }
    }
  }

  /// Whether partitions beside the output partition's own span may be read of an input.
  private func hasHalo(_ input: JobInput) -> Bool {
    guard let index = job.inputs.firstIndex(where: { $0.name == input.name }) else { return false }
    return job.windows[index] != TimeWindow.none || (input.table.time?.slack ?? .zero) > .zero
  }

  /// One for each of some partitions.
  fileprivate func landings(of partitions: [PendingPartition]) -> [Landing] {
    var windows: [(reads: ReadSets, landings: [Int64?])] = []
    if case .allInputs(.window, _) = job.wait {
      windows = job.inputs.indices.map { index in
        let reads = ReadSets(of: job.inputs[index], snapshots[index], index: index, in: job)
        return (reads, reads.landings)
      }
    }
    return partitions.map { known in
      let partition = known.partition
      let inputs = known.inputs.enumerated().map { index, input -> Landing.Input in
        let name = input.input.name
        let isConsumed = positions[partition]?.inputs[name] != nil
        if isDeleted(input, of: known) {
          return Landing.Input(isAwaited: false, isDeleted: true)
        }
        guard case .instants = known.span, !windows.isEmpty, windows[index].reads.isByTime,
          input.isLookedAt
        else { return Landing.Input(landed: input.landed) }
        let (reads, landings) = windows[index]
        // What an output partition was built from is not awaited again.
        let presence = isConsumed ? nil : reads.presence(for: partition, span: known.span)
        guard presence?.isComplete ?? true else { return Landing.Input(presence: presence) }
        let members = reads.read(by: partition, span: known.span).members
        return Landing.Input(
          landed: landings[members.indices].lazy.compactMap { $0 }.max(),
          isAwaited: presence?.expected != 0, presence: presence)
      }
      return Landing(first: known.inputs.compactMap(\.landed).min(), inputs: inputs)
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
