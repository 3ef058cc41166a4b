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

  /// Why the partition is left out, beside the word, and the key that releases it; on another screen after `way`.
  func remark(way: String = "") -> String {
    switch self {
    case .undone(let run, let by): return "undone by run \(by) (run \(run)): \(way)L releases it"
    case .wouldBeEmptied(let run, _):
      return "would be empty, run \(run) kept it: \(way)L removes it, I keeps its rows"
    case .tooYoung, .fromFuture, .unknownColumns, .unreadName, .waiting, .fewerFiles:
      let text = "\(self)"
      return text.hasPrefix("held: ") ? String(text.dropFirst(6)) : text
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
