import IncrementalJoin
import Wording

/// What a plan is requested for.
struct PlanWish: Equatable, Sendable {
  var job: String
  /// The request without what does not change the plan: note, consents, and whether it ends after staging.
  var request = RunRequest()
  /// Which pending partitions the request's predicate selects: `where month = 1`.
  var restriction: String?

  /// The wish in a few words: `what is pending`, `3 partitions`.
  var title: String {
    if let partitions = request.partitions { return Quantity.count(partitions.count, "partition") }
    if let window = request.window { return "the window (\(window.after), \(window.through)]" }
    return request.mode == .disable ? "every partition" : "what is pending"
  }
}
