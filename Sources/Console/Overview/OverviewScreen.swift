import Cells
import Charts
import IncrementalJoin
import Wording

/// The bands of the overview: jobs above, the selected one below, with its calendar beside it where there is room.
struct OverviewLayout {
  /// The width from which there is.
  static let wide = 110

  let heading: Rect
  let list: Rect
  let detail: Rect
  let map: Rect?

  init(_ content: Rect, jobs: Int) {
    var rest = content
    heading = rest.cutTop(1)
    list = rest.cutTop(max(1, min(jobs, content.rows / 3)))
    _ = rest.cutTop(1)
    map = content.columns >= Self.wide ? rest.cutRight(62) : nil
    if map != nil { _ = rest.cutRight(2) }
    detail = rest
  }
}

/// The jobs, and what to do next.
enum OverviewScreen: ScreenComponent {
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> { \.overviewList }

  static func rowList(_ model: Model) -> RowList? { .jobs }

  static func ownCount(_ model: Model) -> Int { model.jobs.count }

  static func rowVersion(_ model: Model) -> RowVersion { RowVersion(identity: [model.loads]) }

  static func rowSource(_ model: Model) -> RowSource? {
    let jobs = model.jobs
    let words = jobs.map { page in
      let last = page.status.runs.first
      return "\(state(of: page, model, unicode: false).1) "
        + (last.map { "\($0.id) \($0.state.rawValue)" } ?? "never ran")
    }
    return RowSource(
      count: jobs.count, name: { jobs[$0].name }, words: { words[$0] },
      columns: [
        SortColumn("Job", text: { jobs[$0].name }), SortColumn("State", text: { words[$0] }),
        SortColumn("Pending", number: { Int64(jobs[$0].runnableCount) }),
        SortColumn("Held", number: { Int64(jobs[$0].heldCount) }),
        SortColumn("Failed", number: { Int64(jobs[$0].status.runs.first?.failed ?? 0) }),
        SortColumn("Last run", number: { jobs[$0].status.runs.first?.id.number ?? 0 }),
      ])
  }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    OverviewLayout(content, jobs: model.jobs.count).list
  }

  static func didMove(_ model: inout Model) {
    if let job = selectedRow(model) { model.selectJob(job) }
    _ = appear(&model)
  }

  static func appear(_ model: inout Model) -> [Effect] {
    if model.size.columns >= OverviewLayout.wide { model.openCalendar() }
    return []
  }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    model.page.map { ("the job's name", $0.name) }
  }

  static func open(_ model: inout Model) -> [Effect] {
    if model.page != nil { model.show(.pending, remembering: true) }
    return []
  }

  /// A few are enough here, even when a folder is full of stray files.
  private static let problemLimit = 5

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    let layout = OverviewLayout(rect, jobs: model.jobs.count)
    let longest = NameColumn.longest(model.jobs.lazy.map(\.name))
    let isWide = rect.columns >= OverviewLayout.wide
    let bars = isWide ? 2 * (sparkColumns + 1) : 0
    let nameWidth = min(max(3, longest), max(12, rect.columns - 54 - bars))
    var heading = Line().column("Job", nameWidth, .header).column("State", 14, .header)
      .column("Pending", 8, .header, right: true).column("Held", 6, .header, right: true)
      .column("Failed", 6, .header, right: true)
    if isWide {
      heading = heading.column("Rows", sparkColumns, .header).column("Time", sparkColumns, .header)
    }
    canvas.draw(heading.adding("Last run", .header), in: layout.heading, row: 0)
    let unicode = canvas.theme.appearance.unicode
    canvas.draw(
      model.overviewList, count: rowCount(model), in: layout.list, placeRow: layout.heading.row
    ) { place in
      model.sourceRow(Self.self, at: place).map {
        line(model.jobs[$0], model, nameWidth: nameWidth, isWide: isWide, unicode: unicode)
      } ?? Line()
    }
    guard let page = model.page else { return }
    canvas.draw(
      detail(page, model, columns: layout.detail.columns, canvas: canvas), in: layout.detail)
    if let map = layout.map { draw(model, on: &canvas, map: map) }
  }

  /// How many of the last runs are shown as bars.
  private static let sparkColumns = 12

  /// The calendar of the selected job's output.
  private static func draw(_ model: Model, on canvas: inout Canvas, map rect: Rect) {
    var rest = rect
    let heading = rest.cutTop(1)
    canvas.draw(Line("Calendar: 8 walks it", .header), in: heading, row: 0)
    guard let calendar = model.calendar.calendar, model.calendar.load == model.load else { return }
    let table = calendar.output
    guard let view = table.views(columns: HeatMap.room(rect.columns)).first else { return }
    let map = HeatMap(table: table, grid: table.grid(view), scale: nil)
    map.draw(on: &canvas, in: rest.cutTop(min(map.rows, max(1, rest.rows - 3))))
    _ = rest.cutTop(1)
    canvas.draw(map.legend(canvas.theme, columns: rest.columns), in: rest)
  }

  private static func line(
    _ page: JobPage, _ model: Model, nameWidth: Int, isWide: Bool, unicode: Bool
  ) -> Line {
    let (glyph, word, role) = state(of: page, model, unicode: unicode)
    let last = page.status.runs.first
    let failed = last?.failed ?? 0
    var line = Line().cutInTheMiddle(page.name, nameWidth, .strong)
      .column("\(glyph) \(word)", 14, role)
      .column(Quantity.number(page.runnableCount), 8, right: true)
      .column(Quantity.number(page.heldCount), 6, right: true)
      .column(Quantity.number(failed), 6, failed > 0 ? .bad : .plain, right: true)
    if isWide {
      for values in [
        page.runs.points.map { Double($0.rows) },
        page.runs.points.map { $0.took.map { $0 / .seconds(1) } },
      ] as [[Double?]] {
        line = line.column(
          Sparkline(values).text(columns: sparkColumns, unicode: unicode), sparkColumns, .accent)
      }
    }
    return line.adding(last.map { "\($0.id) \($0.state.rawValue)" } ?? "never ran", .dim)
  }

  private static func state(of page: JobPage, _ model: Model, unicode: Bool)
    -> (String, String, Role)
  {
    func state(_ status: PartitionStatus, _ word: String) -> (String, String, Role) {
      (status.glyph(unicode: unicode), word, status.role)
    }
    if model.isRunning, model.run?.job == page.name { return state(.running, "running") }
    if page.status.holder != nil { return state(.running, "being written") }
    if page.problems.contains(where: { $0.severity == .incomplete }) {
      return state(.failed, "not listed")
    }
    if !page.status.report.unfinished.isEmpty { return state(.failed, "interrupted") }
    if page.hasNoData {
      return (PartitionStatus.absent.glyph(unicode: unicode), "no data", .warning)
    }
    if page.pending.isEmpty { return state(.done, "up to date") }
    return page.runnableCount == 0 ? state(.held, "held") : state(.pending, "pending")
  }

  private static func detail(
    _ page: JobPage, _ model: Model, columns: Int, canvas: Canvas
  ) -> [Line] {
    var lines = [Line("What to do next", .header)]
    for advice in advice(page, model) {
      lines += advice.wrapped(toColumns: columns).map { Line($0) }
    }
    lines += [Line(), Line("Inputs of \(page.name)", .header)]
    let inputs = NameColumn.longest(page.status.job.inputs.lazy.map(\.name))
    for (input, totals) in zip(page.status.job.inputs, page.inputs) {
      let arrived = page.arrivals[input.name]?.counts.values.reduce(0, +) ?? 0
      lines.append(
        Line().cutInTheMiddle(input.name, min(max(5, inputs), max(12, columns - 60)), .strong)
          .column(Quantity.count(totals.partitions, "partition"), 16, right: true)
          .column(Quantity.count(totals.files, "file"), 13, right: true)
          .column(Quantity.bytes(totals.bytes), 8, right: true)
          .adding(
            arrived == 0 ? "nothing new" : "\(Quantity.count(arrived, "change"))",
            arrived == 0 ? .dim : .warning))
    }
    lines += lag(of: page, canvas)
    if !page.problems.isEmpty {
      lines += [Line(), Line("Problems", .header)]
      for problem in page.problems.prefix(problemLimit) {
        let text = problem.description.wrapped(toColumns: columns)
        lines += text.map { Line($0, problem.severity == .stray ? .plain : .bad) }
      }
      let rest = page.problems.count - problemLimit
      if rest > 0 { lines.append(Line("and \(Quantity.number(rest)) more: 6 lists them", .dim)) }
    }
    return lines
  }

  /// How long after the first input each one usually lands, as bars; empty where they land together.
  private static func lag(of page: JobPage, _ canvas: Canvas) -> [Line] {
    let delays = page.delays
    let longest = delays.compactMap(\.p95).max() ?? .zero
    guard longest > .zero else { return [] }
    let names = min(16, max(5, NameColumn.longest(delays.lazy.map(\.input))))
    return [Line(), Line("Usual delay after the first input, 95 of 100 within", .header)]
      + delays.map { delay in
        let line = Line().cutInTheMiddle(delay.input, names, .strong)
        guard let p95 = delay.p95 else { return line.adding("no history", .dim) }
        return line.adding(canvas.bar(p95 / longest, columns: 16), .accent)
          .adding(" \(Quantity.span(p95))")
      }
  }

  /// What waits for the operator's decision.
  private static func attention(_ page: JobPage) -> [String] {
    let status = page.status
    var advice: [String] = []
    for (input, differences) in status.sourceChanges.sorted(by: { $0.key < $1.key }) {
      advice.append(
        "The table declaration of input \(input) has changed "
          + "(\(differences.joined(separator: "; "))): put dovetail.yaml back, accept it when you run, "
          + "or reset the input (3, B).")
    }
    for (run, partitions) in status.staged.sorted(by: { $0.key > $1.key }) {
      advice.append(
        "Run \(run) staged \(Quantity.count(partitions.count, "partition")) that "
          + "\(partitions.count == 1 ? "waits" : "wait"): 3, then d compares, P publishes, X discards."
      )
    }
    if !status.alarms.isEmpty, let run = status.alarms.first?.newestRun {
      advice.append(
        "Run \(run) raised \(Quantity.count(status.alarms.count, "match alarm")): m shows what got "
          + "worse.")
    }
    if page.emptyingCount > 0 {
      advice.append(
        "\(Quantity.count(page.emptyingCount, "partition")) would be emptied and "
          + "\(page.emptyingCount == 1 ? "is" : "are") held: fix the inputs; 4 shows why, then L lets the "
          + "next run remove, I keeps the rows.")
    }
    if page.undoneCount > 0 {
      advice.append(
        "\(Quantity.count(page.undoneCount, "partition")) \(page.undoneCount == 1 ? "is" : "are") held by an undo: "
          + "4, then L releases \(page.undoneCount == 1 ? "it" : "them").")
    }
    if page.waitingCount > 0 {
      advice.append(
        "\(Quantity.count(page.waitingCount, "partition")) "
          + "\(page.waitingCount == 1 ? "waits" : "wait") for an input: a shows how late it is.")
    }
    return advice
  }

  /// Sentences about what the operator may do, the most urgent first.
  private static func advice(_ page: JobPage, _ model: Model) -> [String] {
    var advice: [String] = []
    if let failure = model.loadFailure { advice.append("The last refresh failed: \(failure)") }
    if let run = model.run, run.isActive { advice.append("A run is in progress: 7 shows it.") }
    if let holder = page.status.holder, !model.isRunning {
      advice.append("The output is being written by \(holder). Wait until it has ended.")
    }
    if let problem = page.problems.first(where: { $0.severity == .incomplete }) {
      advice.append("Table \(problem.table) could not be listed, so nothing runs: see Problems.")
    }
    let misplaced = page.problems.count { $0.severity == .misplaced }
    if misplaced > 0 {
      advice.append(
        "Data in \(Quantity.count(misplaced, "place")) is not read, since no partition can hold "
          + "it: see Problems.")
    }
    let unfinished = page.status.report.unfinished.count
    if unfinished > 0 {
      advice.append(
        "A run was interrupted while it published \(Quantity.count(unfinished, "partition")); "
          + "the next run finishes or rolls back that by itself.")
    }
    if let last = page.status.runs.first, last.failed > 0 {
      advice.append(
        "Run \(last.id) failed in \(Quantity.count(last.failed, "partition")); what is not built "
          + "stays pending.")
    }
    advice += attention(page)
    if page.runnableCount > 0 {
      let verb = page.runnableCount == 1 ? "is" : "are"
      advice.append(
        "\(Quantity.count(page.runnableCount, "partition")) \(verb) pending: 4 shows why, "
          + "R previews the run.")
    }
    let held = page.heldCount - page.undoneCount - page.waitingCount - page.emptyingCount
    if held > 0 {
      advice.append("\(Quantity.count(held, "partition")) held for now: 4 shows why.")
    }
    if page.hasNoData {
      advice.append(
        "No input has a partition, and nothing was ever built: 2 shows where the tables are looked for."
      )
    } else if page.pending.isEmpty, unfinished == 0 {
      advice.append("Nothing is pending: the output is what its inputs say.")
    }
    if model.hasDemo {
      advice.append(
        model.nextDemoStep.map { "Demo: D plays the next step, \"\($0)\"." }
          ?? "Demo: the story is over.")
    }
    return advice
  }
}
