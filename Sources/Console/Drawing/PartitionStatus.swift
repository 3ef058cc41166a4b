import Charts
import IncrementalJoin

extension Hold {
  /// The word on screen: why the partition is left out.
  var word: String {
    switch self {
    case .tooYoung, .fromFuture, .unknownColumns, .unreadName, .fewerFiles: "held"
    case .waiting: "waiting"
    case .undone: "undone"
    case .wouldBeEmptied: "emptied"
    }
  }
}

extension PartitionStatus {
  /// The role of its glyph and word.
  var role: Role {
    switch self {
    case .absent, .empty: .dim
    case .pending, .stale: .warning
    case .running: .accent
    case .done, .present: .good
    case .held: .accent
    case .failed: .bad
    }
  }
}
