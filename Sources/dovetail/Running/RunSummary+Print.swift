import IncrementalJoin
import Wording

extension RunSummary {
  var exitStatus: ExitStatus {
    switch state {
    case .cancelled, .interrupted: .interrupted
    case .failed: .failed
    case .partial: .partial
    case .staged where cancelled > 0: .interrupted
    case .staged where !failures.isEmpty || !withheld.isEmpty: .partial
    case .succeeded, .running, .staged:
      hasMisplacedData || !wouldBeEmptied.isEmpty ? .partial : .done
    }
  }

  /// Prints the last lines of a run for people; a quiet run prints only what is wrong, on standard error.
  func print(isFiltered: Bool, _ manner: RunManner) {
    guard !manner.quiet else {
      return alarms.forEach { StandardError.write("dovetail: alarm: \($0)") }
    }
    guard let run else {
      Report.line(
        "Job \(job): nothing to do"
          + (isFiltered ? " of what the predicate selects" : "")
          + (held > 0 ? "; \(heldText)" : "."))
      if let removalNote { Report.line(removalNote) }
      return
    }
    if moved > 0 || released > 0 {
      if released > 0 {
        Report.line(
          "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(released, "partition")) released; "
            + "the next run removes those without rows.")
      }
      guard moved > 0 else { return }
      Report.line(
        "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(moved, "position")) moved"
          + (committed > 0 ? "; \(Quantity.count(committed, "partition")) put back." : "."))
      return
    }
    guard adopted == 0 else {
      return Report.line(
        "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(adopted, "partition")) adopted. Nothing was built, "
          + "and no position moved.")
    }
    if staged > 0, committed == 0, withheld.isEmpty {
      Report.line(
        "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(staged, "partition")) staged, "
          + "\(failures.count) failed. `dovetail diff \(run)` compares them with what is published; "
          + "`dovetail publish \(run)` publishes them.")
      return
    }
    Report.line(
      "Job \(job), run \(run) \(state.rawValue): \(Quantity.count(committed, "partition")) committed "
        + "(\(removed) of them empty\(unchanged > 0 ? ", \(unchanged) unchanged" : "")), "
        + "\(failures.count) failed, "
        + "\(cancelled) cancelled, "
        + "\(Quantity.count(rows, "row")) written from \(Quantity.count(filesRead, "file")) in \(Quantity.elapsed(elapsed))."
    )
    if compacted > 0 {
      Report.line(
        "\(Quantity.count(compacted, "partition")) compacted: the rows are the same, only the "
          + "position moved.")
    }
    if outOfReach > 0 {
      Report.line(
        "\(Quantity.count(outOfReach, "partition")) out of reach of new files: only the position moved."
      )
    }
    if mode != .enable { Report.line("Bookmark \(mode.rawValue): no position moved.") }
    if staged > 0 { Report.line("\(Quantity.count(staged, "partition")) still staged.") }
    if postponed > 0 {
      Report.line("\(Quantity.count(postponed, "partition")) left for a later run.")
    }
    for alarm in alarms { Report.line("Alarm: \(alarm)") }
    if held > 0 { Report.line(heldText) }
    if let removalNote { Report.line(removalNote) }
  }

  /// How many partitions were left alone, and where to find the reasons.
  private var heldText: String {
    "\(Quantity.count(held, "pending partition")) \(held == 1 ? "is" : "are") held, and "
      + "`dovetail pending --job \(job)` says why."
  }
}
