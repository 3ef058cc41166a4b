import Cells
import Charts
import IncrementalJoin
import PartitionPredicate

/// The calendars of a job with the scales of their measures, computed once.
struct DrawnCalendar: Sendable {
  let calendar: JobCalendar
  /// The number of the load that it was made from.
  let load: Int
  /// What it shows of the job's known partitions.
  let statuses: [PartitionStatus]
  /// Where they stand in the output's calendar; nil for one without a time.
  let places: [(slot: Int, group: Int)?]
  /// The load of which it shows how the rows met; nil where it does not.
  let matchesOf: Int?
  /// The scales of each table, for all measures except the status.
  private let scales: [[HeatScale]]

  init(
    _ calendar: JobCalendar, of page: JobPage, failed: Set<Partition>, load: Int,
    matchesOf: Int? = nil
  ) {
    self.calendar = calendar
    self.load = load
    self.matchesOf = matchesOf
    statuses = page.known.indices.map { index in
      failed.contains(page.known[index].partition) ? .failed : page.partitionStatus(index)
    }
    places = page.known.map { calendar.output.place(of: $0.partition) }
    scales = calendar.tables.map { table in
      CalendarMeasure.allCases.filter { $0 != .status }
        .map { HeatScale($0, of: table.entries.lazy.map(\.cell)) }
    }
  }

  /// The scale of a measure for a table; nil for the status.
  func scale(_ measure: CalendarMeasure, table: Int) -> HeatScale? {
    scales[table].first { $0.measure == measure }
  }
}

/// The calendar screen: one table of the job at a time, in one view, with a cursor.
struct CalendarState: Sendable {
  /// The job's calendars; nil until they are built.
  var drawn: DrawnCalendar?
  /// The number of the load that they were built from.
  var load: Int?
  /// How the rows met in what is published; empty until it is read.
  var matches: [MatchRecord] = []
  /// The number of the load of which that is; nil until it is read.
  var matchesOf: Int?
  /// The number of the load for which it was asked.
  var matchesAsked: Int?
  /// Which of the job's tables is shown; the output unless another was chosen.
  var table: Int?
  var measure = CalendarMeasure.status
  /// Which of the table's views is shown.
  var view = 0
  /// The year that is shown; nil for the newest.
  var year: Int?
  /// The row of the cursor.
  var list = ListState()
  /// The column of the cursor; nil for the newest partition's.
  var column: Int?
  /// How the table is laid out; nil when there is nothing to lay out.
  private(set) var grid: CalendarGrid?
  /// What the grid depends on.
  private var laidOut: LaidOut?

  private struct LaidOut: Equatable {
    let load: Int?
    let table: Int
    let view: CalendarView
  }

  var calendar: JobCalendar? { drawn?.calendar }

  /// The index of the table that is shown.
  var shownTable: Int? {
    calendar.map { min(table ?? .max, $0.tables.count - 1) }
  }

  /// The table that is shown.
  var shown: TableCalendar? {
    calendar.flatMap { calendar in shownTable.map { calendar.tables[$0] } }
  }

  /// What the colors stand for; nil for the status.
  var scale: HeatScale? { shownTable.flatMap { drawn?.scale(measure, table: $0) } }

  /// Lays the table out in `columns` columns, unless it already is.
  mutating func layOut(columns: Int) {
    guard let shown, let shownTable else {
      (grid, laidOut) = (nil, nil)
      return
    }
    let views = shown.views(columns: HeatMap.room(columns))
    guard !views.isEmpty else {
      (grid, laidOut) = (nil, nil)
      return
    }
    var view = views[view % views.count]
    if case .year(let newest) = view { view = .year(year ?? newest) }
    let wanted = LaidOut(load: load, table: shownTable, view: view)
    guard wanted != laidOut else { return }
    (grid, laidOut) = (shown.grid(view), wanted)
  }

  /// The cell under the cursor, or the nearest one in the row where the column has none.
  func cursor(in grid: CalendarGrid) -> CalendarGrid.Place? {
    guard grid.rows.indices.contains(list.index), let shown else { return nil }
    let cells = grid.rows[list.index].slots.indices.filter {
      grid.rows[list.index].slots[$0] != nil
    }
    let newest = shown.entries.last.flatMap { grid.place(of: $0.slot, group: $0.group)?.column }
    let wanted = column ?? newest ?? 0
    return cells.min { abs($0 - wanted) < abs($1 - wanted) }
      .map { CalendarGrid.Place(row: list.index, column: $0) }
  }
}

extension Model {
  /// Builds the job's calendars, unless they are there, off the terminal's thread.
  mutating func openCalendar() {
    guard let page, calendar.load != load else { return }
    if calendar.calendar?.job != page.name { calendar = CalendarState() }
    calendar.load = load
    let model = self
    let (load, matches, matchesOf) = (load, calendar.matches, calendar.matchesOf)
    compute {
      let indices = page.known.indices.filter { model.status(ofKnown: $0, of: page) == .failed }
      let failed = Set(indices.map { page.known[$0].partition })
      let calendar = JobCalendar(page.status.report, matches: matches, failed: failed)
      return .calendar(
        DrawnCalendar(calendar, of: page, failed: failed, load: load, matchesOf: matchesOf),
        load: load)
    }
  }

  /// Asks how the rows met in what is published, once for a load; nothing where the job tells nothing of that.
  mutating func askForMatches() -> [Effect] {
    guard let page, calendar.matchesAsked != load else { return [] }
    if case .sql = page.status.job.transformation { return [] }
    calendar.matchesAsked = load
    return [.matches(job: page.name, load: load)]
  }

  /// Draws the calendar anew with how the rows met.
  mutating func take(_ matches: [MatchRecord], of job: String, load: Int) {
    guard load == self.load, page?.name == job, !matches.isEmpty else { return }
    (calendar.matches, calendar.matchesOf) = (matches, load)
    drawAgain()
  }

  /// Draws the calendar again where what is drawn lacks how the rows met; what is still being drawn is waited for.
  private mutating func drawAgain() {
    guard let drawn = calendar.drawn, drawn.calendar.job == page?.name,
      drawn.matchesOf != calendar.matchesOf
    else { return }
    calendar.load = nil
    openCalendar()
  }

  /// The columns for the map of the calendar screen, beside the detail pane.
  var mapColumns: Int { detailColumns == 0 ? size.columns : size.columns - detailColumns - 1 }

  /// Takes the calendars; the cursor goes to the newest partition unless it was moved before.
  mutating func take(_ drawn: DrawnCalendar, load: Int) {
    guard load == self.load else { return }
    calendar.drawn = drawn
    restoreCalendar()
    if calendar.column == nil { moveToNewest() }
    drawAgain()
  }

  /// Puts the cursor on the newest partition of the table that is shown.
  mutating func moveToNewest() {
    calendar.column = nil
    calendar.layOut(columns: mapColumns)
    guard let grid = calendar.grid, let last = calendar.shown?.entries.last,
      let place = grid.place(of: last.slot, group: last.group)
    else { return }
    calendar.column = place.column
    calendar.list.select(
      place.row, count: grid.rows.count, height: listHeight(on: .calendar))
  }

  /// Switches to the job's next table.
  mutating func switchCalendarTable() {
    guard let count = calendar.calendar?.tables.count else { return }
    calendar.table = ((calendar.table ?? count - 1) + 1) % count
    (calendar.view, calendar.year) = (0, nil)
    moveToNewest()
  }

  /// Switches the table to its next view.
  mutating func switchCalendarView() {
    calendar.view += 1
    calendar.year = nil
    moveToNewest()
  }

  /// Colors the cells by the next measure for which anything is known.
  mutating func switchMeasure() {
    guard let drawn = calendar.drawn, let table = calendar.shownTable else { return }
    let all = CalendarMeasure.allCases
    let place = all.firstIndex(of: calendar.measure) ?? 0
    let next = (1...all.count).map { all[(place + $0) % all.count] }
      .first { $0 == .status || drawn.scale($0, table: table)?.range != nil }
    calendar.measure = next ?? .status
  }
}
