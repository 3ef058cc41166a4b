public import IncrementalJoin
import Wording

extension TextReport {
  /// What others changed in the output of a job.
  public static func drift(_ drift: OutputDrift, of job: String) -> TextReport {
    var report = TextReport(title: "Drift of the output of \(job)")
    let checked = Quantity.count(drift.checked, "published partition")
    report.add(
      drift.isEmpty
        ? "\(checked) checked: their files are those that the runs published."
        : "\(checked) checked: \(Quantity.count(drift.findings.count, "finding")), "
          + "\(Quantity.count(drift.repairable.count, "partition")) to repair.",
      drift.isEmpty ? .good : .bad)
    if !drift.findings.isEmpty { report.add() }
    for finding in drift.findings {
      report.add("\(finding)", finding.kind == .unrecorded ? .dim : .bad)
    }
    if !drift.problems.isEmpty {
      report.add()
      report.add("The listing could not count as data:", .strong)
      for problem in drift.problems { report.add("  \(problem)", .warning) }
    }
    return report
  }
}
