import Charts
import IncrementalJoin
import Reports
import Wording

/// What the overview says of the selected job: what to do next, its last error, inputs, problems and last runs.
///
/// From 110 columns on it is the detail pane; below, as much of it as fits is drawn under the list.
enum OverviewDetail {
  /// A few are enough here, even when a folder is full of stray files.
  private static let problemLimit = 5
  /// Where it cannot be scrolled, a long error must leave room for the rest.
  private static let errorLines = 3

  /// - Parameters:
  ///   - page: The job.
  ///   - model: What else the console knows.
  ///   - columns: The width where it cannot be scrolled; nil for the pane, which has all of a long error.
  /// - Returns: What is said, under a title.
  static func report(_ page: JobPage, _ model: Model, columns: Int? = nil) -> TextReport {
    let ellipsis = Theme(model.appearance).symbols.ellipsis
    var lines = advice(page, model).map { TextReport.Line($0) }
    if let error = page.lastError {
      let isOver = page.status.lastError?.succeededSince != nil
      let limit = columns.map { $0 * errorLines }
      lines += [TextReport.Line(), TextReport.Line("Last error", .strong)]
      lines.append(
        TextReport.Line(
          limit.map { error.clipped(toColumns: $0, ellipsis: ellipsis) } ?? error,
          isOver ? .dim : .bad))
    }
    lines.append(TextReport.Line())
    lines += TextReport.inputs(totals(of: page), ellipsis: ellipsis)
    lines += titled(
      "Usual delay after the first input (for 95 of 100 partitions)",
      TextReport.usualDelays(page.delays, ellipsis: ellipsis))
    lines += titled("Problems", problems(of: page))
    lines += titled(
      "Last runs",
      TextReport.lastRuns(
        page.history, undone: page.undone, staged: page.status.stagedRows))
    return TextReport(title: "What to do next for \(page.name)", lines: lines)
  }

  private static func titled(_ title: String, _ lines: [TextReport.Line]) -> [TextReport.Line] {
    lines.isEmpty ? [] : [TextReport.Line(), TextReport.Line(title, .strong)] + lines
  }

  /// Sentences about what the operator may do, the most urgent first.
  private static func advice(_ page: JobPage, _ model: Model) -> [String] {
    var advice: [String] = []
    if let failure = model.planFailure(of: page) {
      let sentence = failure.split(whereSeparator: \.isNewline).first.map(String.init) ?? failure
      advice.append("No plan could be made: \(sentence.sanitized) R tries again.")
    }
    let wrong = model.partitionsToRepair(of: page.name).count
    if wrong > 0 {
      advice.append(
        "A verification found \(Quantity.count(wrong, "partition")) to repair: V offers the run that rebuilds "
          + "\(wrong == 1 ? "it" : "them").")
    }
    if let failure = model.loadFailure { advice.append("The last refresh failed: \(failure)") }
    if let run = model.run, run.isActive { advice.append("A run is in progress: 7 shows it.") }
    advice += steps(of: page, model)
      .map { $0 == .upToDate ? "\(page.name) is up to date." : $0.consoleSentence }
    if let ended = model.endedRun(of: page), let summary = ended.summary {
      advice.append(RunScreen.sentence(about: summary, rows: ended.rows))
    }
    advice += others(than: page, model)
    if model.hasDemo, !model.isReadOnly {
      advice.append(
        model.nextDemoStep.map { "Demo: D plays the next step, \"\($0)\"." }
          ?? "Demo: the story is over.")
    }
    return advice
  }

  /// What waits for the operator, as far as runs of this console have not settled it.
  private static func steps(of page: JobPage, _ model: Model) -> [NextStep] {
    let hasEnded = model.endedRun(of: page) != nil
    let isWrong = model.repairs[page.name] != nil
    return page.steps.compactMap { step in
      switch step {
      // This console's own run is told already.
      case .beingWritten: return model.isRunning ? nil : step
      case .failed, .notRedone: return hasEnded ? nil : step
      case .upToDate: return hasEnded || isWrong ? nil : step
      case .pending:
        let count = model.pendingCount(of: page)
        return count == 0 ? nil : .pending(partitions: count)
      default: return step
      }
    }
  }

  /// What the other jobs have pending.
  private static func others(than page: JobPage, _ model: Model) -> [String] {
    let pending = model.jobs.filter { model.pendingCount(of: $0) > 0 }
    let others = pending.filter { $0.name != page.name }
    let runsAll = pending.count > 1 && !model.isReadOnly
    guard model.pendingCount(of: page) == 0, !others.isEmpty else {
      return runsAll
        ? ["\(Quantity.number(pending.count)) jobs have pending partitions: Alt-r runs all."] : []
    }
    let count = others.reduce(0) { $0 + model.pendingCount(of: $1) }
    return [
      "\(Quantity.count(others.count, "other job")) \(others.count == 1 ? "has" : "have") "
        + "\(Quantity.number(count)) pending: j and k select \(others.count == 1 ? "it" : "them")"
        + (runsAll ? ", Alt-r runs all." : ".")
    ]
  }

  private static func totals(of page: JobPage) -> [TextReport.InputTotals] {
    zip(page.status.job.inputs, page.inputs).map { input, totals in
      TextReport.InputTotals(
        input: input.name,
        changes: page.arrivals[input.name]?.counts.values.reduce(0, +) ?? 0,
        isListed: totals.isListed, partitions: totals.partitions, files: totals.files,
        bytes: totals.bytes)
    }
  }

  private static func problems(of page: JobPage) -> [TextReport.Line] {
    let rest = page.problems.count - problemLimit
    return page.problems.prefix(problemLimit).map {
      TextReport.Line($0.description, $0.severity == .stray ? .plain : .bad)
    }
      + (rest > 0
        ? [TextReport.Line("and \(Quantity.number(rest)) more: 6 lists them", .dim)] : [])
  }
}

extension NextStep {
  /// What it is, and which keys help.
  fileprivate var consoleSentence: String { sentence(help: keys) }

  /// Which keys help, as the second half of a sentence; nil where nothing is to be done.
  private var keys: String? {
    switch self {
    case .beingWritten, .unfinished, .upToDate: nil
    case .notListed, .misplaced: "see Problems"
    case .failed: "3, then Enter says why, F retries"
    case .notRedone: "3, then O does it over"
    case .sourceChanged:
      "put dovetail.yaml back (E), accept it when you run (R), or reset the input (3, B)"
    case .staged: "3, then d compares, P publishes, X discards"
    case .outdated: "3, then X discards"
    case .alarms: "m shows what got worse"
    case .wouldBeEmptied:
      "fix the inputs; 4 shows why, then L lets the next run remove, I keeps the rows"
    case .undone(1): "4, then L releases it"
    case .undone: "4, then * marks them and L releases them"
    case .waiting: "a shows how late it is"
    case .pending: "4 shows why, R previews the run"
    case .held: "4 shows why"
    case .noData: "2 shows where the tables are looked for"
    }
  }
}
