extension Sequence<RunRecord> {
  /// Which of the runs were undone as a whole, each with the run that undid it.
  ///
  /// The newest come first, so that an undo that was undone itself is known before what it had undone.
  public var undone: [RunID: RunID] {
    var undone: [RunID: RunID] = [:]
    for run in self {
      guard let earlier = run.undoes, run.state == .succeeded, undone[run.id] == nil else {
        continue
      }
      undone[earlier] = run.id
    }
    return undone
  }
}

extension RunRecord {
  /// What the run undid, or what was requested beyond the ordinary; empty for an ordinary run.
  public var whatItDid: String { undoes.map { "undid run \($0)" } ?? detail }
}
