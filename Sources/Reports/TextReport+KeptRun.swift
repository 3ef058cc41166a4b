import IncrementalJoin
public import Operations
import Wording

extension TextReport {
  /// The replaced versions that are kept for undo, and which of them would be removed now.
  public static func keptVersions(_ versions: ReplacedVersions) -> TextReport {
    let (job, kept, expired) = (versions.job, versions.kept, versions.expired)
    var report = TextReport(title: "Replaced versions of \(job.name)")
    report.add(limits(job.limits), .dim)
    guard !kept.isEmpty else {
      report.add(
        "No run has replaced a partition whose old version is still kept. "
          + "To undo a first build needs none: it removes what was built.")
      return report
    }
    if expired.isEmpty {
      report.add("All of them are still kept: there is nothing to remove.", .good)
    } else {
      let what =
        expired.count == 1
        ? "run \(expired[0].run)" : Quantity.count(expired.count, "run")
      let partitions = expired.reduce(0) { $0 + $1.partitions }
      let bytes = expired.reduce(0) { $0 + $1.bytes }
      report.add(
        "What \(what) replaced would be removed: "
          + "\(Quantity.count(partitions, "partition")), \(Quantity.bytes(bytes)). "
          + "Then \(expired.count == 1 ? "that run" : "these runs") can no longer be undone.",
        .warning)
    }
    report.add()
    let going = Set(expired.map(\.run))
    report.add(
      [.number("Run"), .number("Partitions"), .number("Bytes"), Column("")],
      kept.map { run in
        let goes = going.contains(run.run)
        return Row(
          [
            "\(run.run)", Quantity.number(run.partitions), Quantity.bytes(run.bytes),
            goes ? "goes" : "kept",
          ], goes ? .warning : .plain)
      })
    return report
  }

  private static func limits(_ limits: JobLimits) -> String {
    let runs =
      limits.keptRuns == 1
      ? "the newest run" : "the newest \(Quantity.number(limits.keptRuns)) runs"
    var text = "What \(runs) replaced is kept"
    if let age = limits.keptAge { text += " for \(Quantity.span(age))" }
    if let bytes = limits.keptBytes { text += ", up to \(Quantity.bytes(bytes))" }
    return text + " (`limits:` in dovetail.yaml)."
  }
}
