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

  /// Why the partition is left out, as the end of a sentence, with keys where the command line has commands.
  var consoleSentence: String {
    switch self {
    case .undone(let run, let by):
      "held: run \(by) undid what run \(run) had built of it; a new arrival releases it, and so does L on 4"
    case .wouldBeEmptied(let run, let count):
      "held: it would be emptied, and run \(run) kept it: \(count); on 4, L lets the next run remove it and "
        + "I keeps its rows"
    case .tooYoung, .fromFuture, .unknownColumns, .unreadName, .waiting, .fewerFiles: "\(self)"
    }
  }
}

extension PartitionStatus {
  /// The role of its glyph and word.
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
}
