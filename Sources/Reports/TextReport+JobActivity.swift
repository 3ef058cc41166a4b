import Foundation
public import IncrementalJoin
import Wording

extension TextReport {
  /// Who works on which job at this moment, and how far that is.
  public static func activity(_ activities: [JobActivity]) -> TextReport {
    var report = TextReport(title: "Who is running what")
    let active = activities.filter { $0.holder != nil }
    if active.isEmpty { report.add("Nobody is running anything.", .good) }
    for activity in active {
      report.add(activity.job, .strong)
      for line in activity.lines { report.add("  \(line)") }
    }
    for activity in activities where activity.isAbandoned {
      guard let run = activity.run else { continue }
      report.add(
        "Run \(run.id) of \(activity.job) is recorded as in progress, and nobody writes the output: its process has "
          + "died. The next run of the job finishes or rolls back what it began.", .warning)
    }
    let idle = activities.filter { $0.holder == nil && !$0.isAbandoned }.map(\.job)
    if !active.isEmpty, let last = idle.last {
      let others = idle.dropLast().joined(separator: ", ")
      report.add("Nobody is running \(others)\(others.isEmpty ? "" : " or ")\(last).", .dim)
    }
    return report
  }
}

extension JobActivity {
  /// Who holds the output since when, which run that is, and how far it is; nothing when nobody does.
  public var lines: [String] {
    guard let holder else { return [] }
    let who =
      "\(holder.user) on \(holder.host), process \(holder.process), since \(Quantity.instant(holder.since)) UTC, "
      + "from the workspace \(holder.workspace)"
    guard let run else {
      return [who, "it has recorded no run here: it lists and plans, or is of another workspace"]
    }
    let plan = run.plan.isEmpty ? "" : " of plan \(run.plan)"
    var progress = [
      "\(Quantity.number(committed)) committed", "\(Quantity.number(failed)) failed",
    ]
    if staged > 0 { progress.append("\(Quantity.number(staged)) staged") }
    let left = pending.map { "; \(Quantity.number($0)) still pending" } ?? ""
    return [
      who,
      "run \(run.id), \(run.kind.rawValue)\(plan), started at \(Quantity.instant(run.startedAt)) UTC by \(run.user)",
      "so far \(progress.joined(separator: ", "))\(left)",
    ]
  }
}
