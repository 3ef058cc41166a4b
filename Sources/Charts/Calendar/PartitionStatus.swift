public import IncrementalJoin
import PartitionPredicate

/// Where a partition stands, shown as a glyph, a color and a word, never as a color alone.
public enum PartitionStatus: String, CaseIterable, Hashable, Sendable, Codable {
  /// There is no such partition.
  case absent
  /// An output partition that was never built and should be, or a new input partition that no run has read.
  case pending
  /// A run is building it.
  case running
  /// An output partition whose inputs changed since it was built, or an input partition with files that were rewritten
  /// or removed since a run read them.
  case stale
  /// An output partition that agrees with its inputs, or an input partition that was read as it is.
  case done
  /// An output partition that agrees with its inputs, and that publishes no rows.
  case empty
  /// Pending, but left out for now; an input partition that only such output partitions would read.
  case held
  /// The newest run that tried could not build it.
  case failed
  /// Listed, with nothing waiting for it: a partition of a table that no job reads, or of a reference.
  case present

  /// The word on screen.
  public var word: String { rawValue }

  /// The single character in lists and maps; letters in ASCII.
  public func glyph(unicode: Bool) -> String {
    switch self {
    case .absent: unicode ? "·" : "."
    case .pending: unicode ? "░" : "p"
    case .running: unicode ? "▒" : "r"
    case .stale: unicode ? "▓" : "s"
    case .done: unicode ? "█" : "d"
    case .empty: unicode ? "○" : "e"
    case .held: unicode ? "◦" : "h"
    case .failed: unicode ? "×" : "x"
    case .present: unicode ? "■" : "o"
    }
  }

  /// How urgent the status is; when one cell stands for several partitions, a map shows the highest.
  public var urgency: Int {
    switch self {
    case .absent: 0
    case .empty: 1
    case .present: 2
    case .done: 3
    case .held: 4
    case .stale: 5
    case .pending: 6
    case .running: 7
    case .failed: 8
    }
  }
}

extension PartitionStatus {
  /// Where an output partition stands, ignoring a current run.
  public init(of partition: PendingPartition, in status: JobStatus) {
    self =
      status.failures[partition.partition] == nil
      ? PartitionStatus(of: partition, in: status.report) : .failed
  }

  /// Where an output partition stands, ignoring a current run and the results of earlier ones.
  public init(of partition: PendingPartition, in report: PendingReport) {
    if partition.reasons.isEmpty {
      self = report.withoutRows.contains(partition.partition) ? .empty : .done
    } else if partition.hold != nil {
      self = .held
    } else {
      self = report.lineages[partition.partition] == nil ? .pending : .stale
    }
  }
}
