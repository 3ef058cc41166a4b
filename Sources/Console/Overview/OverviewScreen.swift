import Cells
import Charts
import IncrementalJoin
import Reports
import Wording

/// The bands of the overview: jobs above, the selected one below, with its calendar where there is room.
struct OverviewLayout {
  /// The columns of a year's calendar.
  private static let mapColumns = 62

  let heading: Rect
  let list: Rect
  /// What all jobs have together; without rows for a single job.
  let totals: Rect
  /// The calendar of the selected job; nil where there is no room.
  let map: Rect?
  /// What to do next.
  let text: Rect

  init(_ content: Rect, jobs: Int) {
    var rest = content
    heading = rest.cutTop(1)
    list = rest.cutTop(max(1, min(jobs, content.rows / 3)))
    totals = rest.cutTop(jobs > 1 ? 1 : 0)
    _ = rest.cutTop(1)
    map = content.columns >= Model.detailWidth ? rest.cutLeft(Self.mapColumns) : nil
    if map != nil { _ = rest.cutLeft(1) }
    text = rest
  }
}

/// The jobs, and what to do next.
enum OverviewScreen: ScreenComponent {
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> { \.overviewList }

  static func rowList(_ model: Model) -> RowList? { .jobs }

  static func ownCount(_ model: Model) -> Int { model.jobs.count }

  static func rowVersion(_ model: Model) -> RowVersion {
    RowVersion(identity: [model.loads], content: model.historyChanges)
  }

  static func rowSource(_ model: Model) -> RowSource? {
    let jobs = model.jobs
    let words = jobs.map { page in
      "\(state(of: page, model, unicode: false).1) "
        + (lastRun(of: page, model)?.outcome ?? "never ran")
    }
    return RowSource(
      count: jobs.count, name: { jobs[$0].name }, words: { words[$0] },
      columns: [
        SortColumn("Job", text: { jobs[$0].name }), SortColumn("State", text: { words[$0] }),
        SortColumn("Pending", number: { Int64(model.pendingCount(of: jobs[$0])) }),
        SortColumn("Held", number: { Int64(jobs[$0].heldCount) }),
        SortColumn("Failed", number: { Int64(jobs[$0].history.first?.failed ?? 0) }),
        SortColumn("Last run", number: { jobs[$0].history.first?.id.number ?? 0 }),
      ])
  }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    OverviewLayout(content, jobs: model.jobs.count).list
  }

  /// The pane that all screens have; hidden, its text is drawn as it is below 110 columns.
  static func detailArea(_ model: Model, in content: Rect) -> Rect? {
    OverviewLayout(content, jobs: model.jobs.count).text
  }

  /// Everything is known, so that nothing is read.
  static func detail(_ model: Model) -> RowDetail? {
    model.page.map { RowDetail(known: OverviewDetail.report($0, model)) }
  }

  static func didMove(_ model: inout Model) {
    if let job = selectedRow(model) { model.selectJob(job) }
    _ = appear(&model)
  }

  static func appear(_ model: inout Model) -> [Effect] {
    if model.size.columns >= Model.detailWidth { model.openCalendar() }
    return []
  }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    model.page.map { ("the job's name", $0.name) }
  }

  static func open(_ model: inout Model) -> [Effect] {
    if model.page != nil { model.show(.pending, remembering: true) }
    return []
  }

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    let layout = OverviewLayout(rect, jobs: model.jobs.count)
    let unicode = canvas.theme.appearance.unicode
    let widths = OverviewColumns(model, columns: rect.columns, unicode: unicode)
    canvas.draw(widths.heading, in: layout.heading, row: 0)
    canvas.draw(
      model.overviewList, count: rowCount(model), in: layout.list, placeRow: layout.heading.row
    ) { place in
      model.sourceRow(Self.self, at: place).map {
        line(model.jobs[$0], model, widths, unicode: unicode)
      } ?? Line()
    }
    if layout.totals.rows > 0 {
      canvas.draw(totals(model, widths), in: layout.totals, row: 0)
    }
    if let map = layout.map { draw(model, on: &canvas, map: map) }
    guard let page = model.page, model.detailColumns == 0 else { return }
    let report = OverviewDetail.report(page, model, columns: layout.text.columns)
    let rest = canvas.draw([Line(report.title, .header)], in: layout.text)
    canvas.draw(DetailText(title: report.title, report.lines), from: 0, in: rest)
  }

  static func totalsLabel(_ jobs: [JobPage]) -> String {
    "All \(Quantity.number(jobs.count)) jobs"
  }

  /// What all jobs have together, below the columns; a table that several of them read counts once.
  private static func totals(_ model: Model, _ widths: OverviewColumns) -> Line {
    let jobs = model.jobs
    func sum(_ count: (JobPage) -> Int) -> String {
      Quantity.number(jobs.reduce(0) { $0 + count($1) })
    }
    var tables: [String: Int64] = [:]  // characters: tables are named in dovetail.yaml
    for page in jobs {
      for (input, totals) in zip(page.status.job.inputs, page.inputs) {
        tables[input.table.name] = totals.bytes
      }
    }
    let published = jobs.reduce(0) { $0 + $1.published.bytes }
    let figures =
      "\(Quantity.bytes(tables.values.reduce(0, +))) in, \(Quantity.bytes(published)) out"
    return Line().cutInTheMiddle(totalsLabel(jobs), widths.name, .strong)
      .column("", widths.state).column(
        sum(model.pendingCount(of:)), widths.pending, .strong, right: true
      )
      .column(sum(\.heldCount), widths.held, .strong, right: true)
      .column(
        sum { lastRun(of: $0, model)?.failed ?? 0 }, widths.failed, .strong, right: true
      )
      .adding(String(repeating: " ", count: widths.bars))
      .adding(figures.columns <= widths.last ? figures : "", .dim)
  }

  /// The calendar of the selected job's output.
  private static func draw(_ model: Model, on canvas: inout Canvas, map rect: Rect) {
    var rest = rect
    guard let calendar = model.calendar.calendar, model.calendar.load == model.load else { return }
    let table = calendar.output
    guard let view = table.views(columns: HeatMap.room(rect.columns)).first else { return }
    let grid = table.grid(view)
    let map = HeatMap(
      table: table, grid: grid, scale: nil, live: LiveStatuses(model, of: table, in: grid))
    canvas.draw(Line("Calendar (8 opens it)", .header), in: rest.cutTop(1), row: 0)
    map.draw(on: &canvas, in: rest.cutTop(min(map.rows, max(1, rest.rows - 3))))
    _ = rest.cutTop(1)
    canvas.draw(map.legend(canvas.theme, columns: rest.columns), in: rest)
  }

  private static func line(
    _ page: JobPage, _ model: Model, _ widths: OverviewColumns, unicode: Bool
  ) -> Line {
    let (glyph, word, role) = state(of: page, model, unicode: unicode)
    let last = lastRun(of: page, model)
    let failed = last?.failed ?? 0
    var line = Line().cutInTheMiddle(page.name, widths.name, .strong)
      .column("\(glyph) \(word)", widths.state, role)
      .column(Quantity.number(model.pendingCount(of: page)), widths.pending, right: true)
      .column(Quantity.number(page.heldCount), widths.held, right: true)
      .column(Quantity.number(failed), widths.failed, failed > 0 ? .bad : .plain, right: true)
    if widths.bars > 0 {
      let points = page.runs.points
      for spark in [
        Sparkline(points.map { Double($0.rows) }),
        Sparkline(points.map { $0.took.map { $0 / .seconds(1) } }),
        Sparkline(points.map(\.matchRate), in: 0...1),
      ] {
        line = line.column(
          spark.text(columns: OverviewColumns.spark, unicode: unicode), OverviewColumns.spark,
          .accent)
      }
    }
    guard widths.last > 0 else { return line }
    return line.adding(last?.outcome ?? "never ran", .dim)
  }

  /// How the newest run of a job ended, also one that the listing knows nothing of yet, and how much failed in it.
  static func lastRun(of page: JobPage, _ model: Model) -> (outcome: String, failed: Int)? {
    if let ended = model.endedRun(of: page), let summary = ended.summary, let run = summary.run {
      return (outcome(of: run, ended.kind, summary.state), summary.failures.count)
    }
    return page.history.first.map { (outcome(of: $0.id, $0.kind, $0.state), $0.failed) }
  }

  /// How a run ended, and what it was where it was none of the ordinary kind.
  private static func outcome(of run: RunID, _ kind: RunKind, _ state: RunState) -> String {
    "\(run) \(kind == .run ? "" : "\(kind.rawValue) ")\(state.rawValue)"
  }

  static func state(of page: JobPage, _ model: Model, unicode: Bool)
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
    let hasFailed = model.endedRun(of: page)?.summary.map { !$0.failures.isEmpty }
    if hasFailed ?? page.hasFailed { return state(.failed, "failed") }
    if model.planFailure(of: page) != nil { return state(.failed, "cannot run") }
    if model.repairs[page.name] != nil { return state(.failed, "to repair") }
    if model.pendingCount(of: page) > 0 { return state(.pending, "pending") }
    return page.heldCount > 0 ? state(.held, "held") : state(.done, "up to date")
  }
}
