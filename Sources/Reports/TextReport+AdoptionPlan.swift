public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// What adopting the files of an output would do.
  public static func adoption(_ plan: AdoptionPlan, isConsole: Bool = false) -> TextReport {
    var report = TextReport(title: "Adoption of the output of \(plan.job.name)")
    let files = plan.contents.reduce(0) { $0 + $1.content.files.count }
    let bytes = plan.contents.reduce(0) { $0 + $1.content.bytes }
    guard !plan.isEmpty || !plan.obstacles.isEmpty else {
      report.add(
        "Everything in \(plan.job.output.location) is already known to this workspace.", .good)
      return report
    }
    report.add(
      "\(Quantity.count(plan.contents.count, "partition")) with \(Quantity.count(files, "file")), "
        + "\(Quantity.bytes(bytes)), \(plan.contents.count == 1 ? "becomes" : "become") known as content of unknown "
        + "origin.", .strong)
    report.add(
      "Nothing is built, no file changes, and no position moves: "
        + "\(Remedy.setBookmarks.words(isConsole: isConsole)) says what counts as consumed.")
    if let refusal = plan.takesOver {
      report.add(
        "The output is taken over. Until then a run is refused: \(isConsole ? refusal.consoleSentence : "\(refusal)")",
        .warning)
    }
    if !plan.lost.isEmpty {
      report.add(
        "\(Quantity.count(plan.lost.count, "partition")) \(plan.lost.count == 1 ? "is" : "are") not there as published, "
          + "and \(plan.lost.count == 1 ? "counts" : "count") as not consumed from then on.",
        .warning)
    }
    if let sentence = plan.fixed.sentence { report.add(sentence, .warning) }
    for obstacle in plan.obstacles { report.add("\(obstacle)", .bad) }
    for problem in plan.problems { report.add("\(problem)", .warning) }
    if !plan.contents.isEmpty {
      report.add()
      report.add(
        [Column("Partition"), .number("Files"), .number("Bytes")],
        plan.contents.map {
          Row([
            $0.partition.path.text, Quantity.number($0.content.files.count),
            Quantity.bytes($0.content.bytes),
          ])
        })
    }
    report.add(steps: plan.steps)
    report.add()
    report.add("Preview \(plan.id)", .dim)
    return report
  }
}
