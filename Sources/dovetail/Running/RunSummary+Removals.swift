import IncrementalJoin
import Wording

extension RunSummary {
  /// What to tell the operator about partitions that would be emptied; nil when there are none.
  var removalNote: String? {
    guard let removals else { return nil }
    guard let run, staged > 0, !withheld.isEmpty else {
      return wouldBeEmptied.isEmpty
        ? nil : Self.note(onKept: wouldBeEmptied.count, removals, of: job)
    }
    return "\(Quantity.count(withheld.count, "staged partition")) would be emptied and "
      + "\(withheld.count == 1 ? "stays" : "stay") staged: \(removals). If the rows should really be removed, "
      + "`dovetail publish \(run) --allow-removals` removes them."
  }

  /// Why partitions that would be emptied are held, and how to go on.
  static func note(onKept count: Int, _ removals: RemovalCount, of job: String) -> String {
    "Job \(job): \(Quantity.count(count, "partition")) would be emptied and \(count == 1 ? "is" : "are") "
      + "held: \(removals). Fix the inputs; if the rows should really be removed, `dovetail run --job \(job) "
      + "--allow-removals` removes them, and `dovetail bookmarks skip PARTITION --job \(job)` keeps them. "
      + "`dovetail pending --job \(job)` lists the partitions."
  }
}
