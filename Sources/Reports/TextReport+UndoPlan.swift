public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// What undoing would do.
  public static func undo(_ plan: UndoPlan) -> TextReport {
    var report = TextReport(title: "Undo of \(plan.detail) of \(plan.job.name)")
    func count(_ action: UndoPlan.Unit.Action) -> String {
      Quantity.number(plan.units.count { $0.action == action })
    }
    report.add(
      "\(Quantity.count(plan.units.count, "partition")) "
        + "\(plan.units.count == 1 ? "goes" : "go") back: \(count(.restore)) restored, "
        + "\(count(.remove)) removed, \(count(.stay)) with unchanged files.", .strong)
    report.add(
      "Positions go back too. A build that is undone is held until an input changes again or "
        + "it is released.")
    report.add()
    report.add(
      [
        Column("Does"), Column("Partition"), .number("Of run"), .number("Rows now"),
        .number("Rows after"),
      ],
      plan.units.map { unit in
        Row(
          [
            unit.action.rawValue, unit.partition.path.text, "\(unit.run)",
            Quantity.number(unit.rows),
            Quantity.number(unit.rowsBefore),
          ], unit.action == .remove ? .bad : unit.action == .restore ? .warning : .plain)
      })
    report.add(steps: plan.steps)
    report.add()
    report.add("Preview \(plan.id)", .dim)
    return report
  }

  /// The steps of an operation, in order.
  mutating func add(steps: [PlanStep]) {
    guard !steps.isEmpty else { return }
    add()
    for (number, step) in steps.enumerated() { add("\(number + 1). \(step)") }
  }
}
