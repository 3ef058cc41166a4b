import IncrementalJoin

extension Model {
  /// The title of the terminal's window: the workspace, and how far a run is or how it ended.
  public var title: String {
    let name = "Dovetail \(workspace)"
    guard let run else { return name }
    let number = run.id.map { "run \($0)" } ?? "run"
    if run.isActive { return "\(Int(run.share * 100)) % \(number) \(run.job) - \(name)" }
    if run.failure != nil { return "failed: \(number) \(run.job) - \(name)" }
    guard let summary = run.summary, summary.run != nil else { return name }
    return "\(summary.state.rawValue): \(number) \(run.job) - \(name)"
  }
}
