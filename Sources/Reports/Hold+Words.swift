public import IncrementalJoin

extension Hold {
  /// Why the partition is left out, as the end of a sentence, with keys where the command line has commands.
  public var consoleSentence: String {
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
