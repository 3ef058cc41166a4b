import Charts
import IncrementalJoin
import Wording

/// What the overview says of the selected job: what to do next, its last error, its inputs and problems.
enum OverviewDetail {
  /// A few are enough here, even when a folder is full of stray files.
  private static let problemLimit = 5
  /// A failure's sentence may be very long; the run's account has all of it.
  private static let errorLines = 3

  static func lines(_ page: JobPage, _ model: Model, columns: Int, _ canvas: Canvas) -> [Line] {
    var lines = [Line("What to do next for \(page.name)", .header)]
    for sentence in advice(page, model) {
      lines += sentence.wrapped(toColumns: columns).map { Line($0) }
    }
    if let error = page.lastError {
      let isOver = page.status.lastError?.succeededSince != nil
      lines += [Line(), Line("Last error", .header)]
      var sentence = error.wrapped(toColumns: columns)
      if sentence.count > errorLines {
        sentence = Array(sentence.prefix(errorLines))
        sentence[errorLines - 1] = "\(sentence[errorLines - 1]) \(canvas.theme.symbols.ellipsis)"
          .elided(toColumns: columns, ellipsis: canvas.theme.symbols.ellipsis)
      }
      lines += sentence.map { Line($0, isOver ? .dim : .bad) }
    }
    return lines + inputs(of: page, columns: columns) + lag(of: page, canvas)
      + problems(of: page, columns: columns)
  }

  /// Sentences about what the operator may do, the most urgent first.
  private static func advice(_ page: JobPage, _ model: Model) -> [String] {
    var advice: [String] = []
    if let failure = model.loadFailure { advice.append("The last refresh failed: \(failure)") }
    if let run = model.run, run.isActive { advice.append("A run is in progress: 7 shows it.") }
    advice += page.steps.lazy.filter { step in
      // This console's own run is told already.
      if case .beingWritten = step { !model.isRunning } else { true }
    }.map { $0 == .upToDate ? "\(page.name) is up to date." : $0.consoleSentence }
    advice += others(than: page, model)
    if model.hasDemo {
      advice.append(
        model.nextDemoStep.map { "Demo: D plays the next step, \"\($0)\"." }
          ?? "Demo: the story is over.")
    }
    return advice
  }

  /// What the other jobs have pending.
  private static func others(than page: JobPage, _ model: Model) -> [String] {
    let pending = model.jobs.filter { $0.runnableCount > 0 }
    let others = pending.filter { $0.name != page.name }
    let runsAll = pending.count > 1 && !model.isReadOnly
    guard page.runnableCount == 0, !others.isEmpty else {
      return runsAll
        ? ["\(Quantity.number(pending.count)) jobs have pending partitions: Alt-r runs all."] : []
    }
    let count = others.reduce(0) { $0 + $1.runnableCount }
    return [
      "\(Quantity.count(others.count, "other job")) \(others.count == 1 ? "has" : "have") "
        + "\(Quantity.number(count)) pending: j and k select \(others.count == 1 ? "it" : "them")"
        + (runsAll ? ", Alt-r runs all." : ".")
    ]
  }

  private static func inputs(of page: JobPage, columns: Int) -> [Line] {
    let names = NameColumn.longest(page.status.job.inputs.lazy.map(\.name))
    return [Line(), Line("Inputs of \(page.name)", .header)]
      + zip(page.status.job.inputs, page.inputs).map { input, totals in
        let arrived = page.arrivals[input.name]?.counts.values.reduce(0, +) ?? 0
        return Line().cutInTheMiddle(input.name, min(max(5, names), max(12, columns - 60)), .strong)
          .column(Quantity.count(totals.partitions, "partition"), 16, right: true)
          .column(Quantity.count(totals.files, "file"), 13, right: true)
          .column(Quantity.bytes(totals.bytes), 8, right: true)
          .adding(
            arrived == 0 ? "nothing new" : "\(Quantity.count(arrived, "change"))",
            arrived == 0 ? .dim : .warning)
      }
  }

  /// How long after the first input each one usually lands, as bars; empty where they land together.
  private static func lag(of page: JobPage, _ canvas: Canvas) -> [Line] {
    let delays = page.delays
    let longest = delays.compactMap(\.p95).max() ?? .zero
    // What lands together differs by less.
    guard longest >= .seconds(1) else { return [] }
    let names = min(16, max(5, NameColumn.longest(delays.lazy.map(\.input))))
    return [Line(), Line("Usual delay after the first input, 95 of 100 within", .header)]
      + delays.map { delay in
        let line = Line().cutInTheMiddle(delay.input, names, .strong)
        guard let p95 = delay.p95 else { return line.adding("no history", .dim) }
        return line.adding(canvas.bar(p95 / longest, columns: 16), .accent)
          .adding(" \(Quantity.span(p95))")
      }
  }

  private static func problems(of page: JobPage, columns: Int) -> [Line] {
    guard !page.problems.isEmpty else { return [] }
    var lines = [Line(), Line("Problems", .header)]
    for problem in page.problems.prefix(problemLimit) {
      let text = problem.description.wrapped(toColumns: columns)
      lines += text.map { Line($0, problem.severity == .stray ? .plain : .bad) }
    }
    let rest = page.problems.count - problemLimit
    if rest > 0 { lines.append(Line("and \(Quantity.number(rest)) more: 6 lists them", .dim)) }
    return lines
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
    case .sourceChanged:
      "put dovetail.yaml back (E), accept it when you run (R), or reset the input (3, B)"
    case .staged: "3, then d compares, P publishes, X discards"
    case .alarms: "m shows what got worse"
    case .wouldBeEmptied:
      "fix the inputs; 4 shows why, then L lets the next run remove, I keeps the rows"
    case .undone(let count): "4, then L releases \(count == 1 ? "it" : "them")"
    case .waiting: "a shows how late it is"
    case .pending: "4 shows why, R previews the run"
    case .held: "4 shows why"
    case .noData: "2 shows where the tables are looked for"
    }
  }
}
