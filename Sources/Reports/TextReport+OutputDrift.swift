public import IncrementalJoin
import Wording

extension TextReport {
  /// What others changed in the output of a job.
  ///
  /// - Parameters:
  ///   - drift: What was found.
  ///   - job: The job's name.
  ///   - isConsole: Whether the console shows it, with the key that repairs below it.
  /// - Returns: The report.
  public static func drift(_ drift: OutputDrift, of job: String, isConsole: Bool = false)
    -> TextReport
  {
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
      report.add(
        isConsole ? finding.consoleSentence : "\(finding)",
        finding.kind == .unrecorded ? .dim : .bad)
    }
    if !drift.problems.isEmpty {
      report.add()
      report.add("The listing could not count as data:", .strong)
      for problem in drift.problems { report.add("  \(problem)", .warning) }
    }
    return report
  }
}

extension OutputDrift.Finding {
  /// What was found, and what to do where the key that repairs is not enough.
  fileprivate var consoleSentence: String {
    switch kind {
    case .partitionGone, .fileGone, .fileChanged: fact
    case .foreignFile where isRepairable:
      "\(fact) Move it away, or let R rebuild the partition, which removes it."
    case .foreignPartition: "\(fact) Move it away, or adopt it (1, Alt-a)."
    case .unrecorded: "\(fact) V recomputes the rows; a rerun records the files."
    case .foreignFile: "\(self)"
    }
  }
}
