import IncrementalJoin
import Wording

/// What a plan is requested for.
struct PlanRequest: Equatable, Sendable {
  var job: String
  /// The request without what does not change the plan: note, consents, and whether it ends after staging.
  var run = RunRequest()
  /// Which pending partitions the request's predicate selects: `where month = 1`.
  var restriction: String?

  /// The request in a few words: `what is pending`, `3 partitions`.
  var title: String {
    if let partitions = run.partitions { return Quantity.count(partitions.count, "partition") }
    if let window = run.window { return "the window (\(window.after), \(window.through)]" }
    return run.mode == .disable ? "every partition" : "what is pending"
  }
}
