import IncrementalJoin

extension Hold {
  /// The word on screen: why it is left out.
  var word: String {
    switch self {
    case .tooYoung, .fromFuture, .unknownColumns, .unreadName, .fewerFiles: "held"
    case .waiting: "waiting"
    case .undone: "undone"
    case .wouldBeEmptied: "emptied"
    }
  }
}

/// Where a partition stands, for people: a glyph, a color and a word, never a color alone.
enum PartitionStatus: String, CaseIterable, Hashable, Sendable {
  /// There is no such partition.
  case absent
  /// Its output was never built, and it is to be built.
  case pending
  /// A run is building it.
  case running
  /// Its output was built, and its inputs changed since.
  case stale
  /// Its output is what its inputs say.
  case done
  /// It is pending, but left out for now.
  case held
  /// The last run could not build it.
  case failed
  /// A table's partition that no job reads.
  case present

  /// The word on screen.
  var word: String { rawValue }

  /// The single character in lists and maps; letters in ASCII.
  func glyph(unicode: Bool) -> String {
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

  var role: Role {
    switch self {
    case .absent: .dim
    case .pending, .stale: .warning
    case .running: .accent
    case .done, .present: .good
    case .held: .accent
    case .failed: .bad
    }
  }

  /// Which of two statuses a map shows when one cell stands for several partitions.
  var urgency: Int {
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
