public import IncrementalJoin
import PartitionPredicate

/// Where a partition stands, for people: a glyph, a color and a word, never a color alone.
public enum PartitionStatus: String, CaseIterable, Hashable, Sendable, Codable {
  /// There is no such partition.
  case absent
  /// Its output was never built, and it is to be built; of an input, it is new and no run has read it.
  case pending
  /// A run is building it.
  case running
  /// Its output was built, and its inputs changed since; of an input, files that a run has read were rewritten or
  /// removed.
  case stale
  /// Its output is what its inputs say; of an input, it was read as it is.
  case done
  /// It is pending, but left out for now.
  case held
  /// The last run could not build it.
  case failed
  /// It is listed, and nothing waits for it: of a table that no job reads, or of a reference.
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
    case .held: unicode ? "◦" : "h"
    case .failed: unicode ? "×" : "x"
    case .present: unicode ? "■" : "o"
    }
  }

  /// Which of two statuses a map shows when one cell stands for several partitions: the greater one.
  public var urgency: Int {
    switch self {
    case .absent: 0
    case .present: 1
    case .done: 2
    case .held: 3
    case .stale: 4
    case .pending: 5
    case .running: 6
    case .failed: 7
    }
  }
}

extension PartitionStatus {
  /// Where an output partition stands, apart from a run that goes on and from what the last one did.
  public init(of partition: PendingPartition, in report: PendingReport) {
    if partition.reasons.isEmpty {
      self = .done
    } else if partition.hold != nil {
      self = .held
    } else {
      self = report.lineages[partition.partition] == nil ? .pending : .stale
    }
  }
}
