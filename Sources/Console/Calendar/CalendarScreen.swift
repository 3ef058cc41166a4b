import Cells
import Charts
import IncrementalJoin
import PartitionPredicate
import Wording

/// The bands of the calendar screen.
struct CalendarLayout {
  let heading: Rect
  let map: Rect
  let cell: Rect
  let legend: Rect
  let detail: Rect?

  init(_ content: Rect, _ grid: CalendarGrid?, detail columns: Int) {
    var rest = content
    heading = rest.cutTop(1)
    detail = rest.cutDetail(columns)
    let rows = (grid?.rows.count ?? 1) + (grid?.headings.isEmpty == false ? 1 : 0)
    // Blank rows give way to rows of the map.
    let isTight = rest.rows < rows + 6
    _ = rest.cutTop(isTight ? 0 : 1)
    map = rest.cutTop(min(rows, max(1, rest.rows - (isTight ? 3 : 5))))
    _ = rest.cutTop(isTight ? 0 : 1)
    cell = rest.cutTop(isTight ? 0 : 2)
    legend = rest
  }
}

/// The partitions of a table in time order, walked cell by cell.
enum CalendarScreen: ScreenComponent {
  /// The list holds the rows of the map; the column moves sideways.
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> { \.calendar.list }

  static func rowList(_ model: Model) -> RowList? { nil }

  static func ownCount(_ model: Model) -> Int { grid(model)?.rows.count ?? 0 }

  static func rowVersion(_ model: Model) -> RowVersion { RowVersion(identity: [model.load]) }

  static func rowSource(_ model: Model) -> RowSource? { nil }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    let grid = grid(model)
    var area = CalendarLayout(content, grid, detail: model.detailColumns).map
    if grid?.headings.isEmpty == false { _ = area.cutTop(1) }
    return area
  }

  static func appear(_ model: inout Model) -> [Effect] {
    model.openCalendar()
    return model.askForMatches()
  }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    selected(model).map { ("the cell", "\($0.name): \($0.cell?.summary ?? "absent")") }
  }

  static func partition(_ model: Model) -> Partition? {
    guard let page = model.page, let cell = selected(model) else { return nil }
    return outputs(of: cell, page).first
  }

  static func settle(_ model: inout Model) { model.calendar.layOut(columns: model.mapColumns) }

  static func whyNotMarked(_ model: Model) -> String? {
    guard let shown = model.calendar.shown else { return "the calendar is not drawn up yet" }
    return shown.isOutput ? nil : "only partitions of the output can be marked"
  }

  static func whyNoOtherView(_ model: Model) -> String? {
    let views = model.calendar.shown?.views(columns: HeatMap.room(model.mapColumns)) ?? []
    return views.count < 2 ? "the table's partition keys allow one layout only" : nil
  }

  static func switchView(_ model: inout Model) { model.switchCalendarView() }

  /// The partitions of the cells; a range goes through time, within a group where the rows are groups.
  static func markable(_ model: Model) -> MarkableRows? {
    guard let page = model.page, let grid = grid(model), let cell = selected(model),
      cell.table.isOutput
    else { return nil }
    let cells = grid.places.compactMap(grid.slots(at:))
    let all = (cells.map(\.lowerBound).min() ?? 0)..<(cells.map(\.upperBound).max() ?? 0)
    return MarkableRows(places: cell.slots, selected: outputs(of: cell, page)) { range in
      cell.table.partitions(in: range ?? all, group: range == nil ? nil : cell.group)
        .filter { page.known.indices.contains($0) }.map { page.known[$0].partition }
    }
  }

  /// Marks all partitions of the cell, or unmarks them when all are marked.
  static func mark(_ model: inout Model) { model.toggleMark() }

  /// Left and Right go from column to column, and from year to year at the ends.
  static func move(_ model: inout Model, sideways offset: Int) -> [Effect] {
    guard let grid = grid(model), let cursor = model.calendar.cursor(in: grid) else { return [] }
    let cells = grid.rows[cursor.row].slots.indices.filter {
      grid.rows[cursor.row].slots[$0] != nil
    }
    let place = (cells.firstIndex(of: cursor.column) ?? 0) + offset
    if cells.indices.contains(place) {
      model.calendar.column = cells[place]
    } else if let shown = model.calendar.shown, let year = Int(grid.title) {
      let years = shown.years
      let next = offset < 0 ? years.last { $0 < year } : years.first { $0 > year }
      if let next {
        model.calendar.year = next
        model.calendar.column = offset < 0 ? 60 : 0
      }
    }
    return []
  }

  /// Opens the cell's partitions in the catalog; what waits to be built is not there, but on the pending screen.
  static func open(_ model: inout Model) -> [Effect] {
    guard let cell = selected(model), let page = model.page, cell.cell != nil else { return [] }
    if let waiting = known(in: cell, page).first(where: { !page.known[$0].reasons.isEmpty }) {
      model.showPending(waiting)
      return []
    }
    let name =
      cell.table.isOutput
      ? page.name : page.status.job.inputs.first { $0.name == cell.table.name }?.table.name
    guard let table = model.catalog.tables.first(where: { $0.name == name }) else { return [] }
    model.show(.catalog, remembering: true)
    model.catalog.openPartition = nil
    model.catalog.partitionList = ListState()
    model.rowViews[.tablePartitions] = nil
    model.openTable(table)
    model.catalog.seeks = outputs(of: cell, page).first
    return []
  }

  private static func grid(_ model: Model) -> CalendarGrid? { model.calendar.grid }

  /// What is under the cursor.
  struct Selected {
    let table: TableCalendar
    let slots: Range<Int>
    let group: Int?
    let cell: CalendarCell?

    var name: String {
      (group.map { "\(table.groups[$0]) " } ?? "") + table.name(of: slots)
    }
  }

  static func selected(_ model: Model) -> Selected? {
    guard let grid = grid(model), let table = model.calendar.shown,
      let cursor = model.calendar.cursor(in: grid), let slots = grid.slots(at: cursor)
    else { return nil }
    let group = grid.rows[cursor.row].group
    return Selected(
      table: table, slots: slots, group: group, cell: table.cell(in: slots, group: group))
  }

  /// The indices of the output partitions in a cell; none for a cell of an input.
  static func known(in cell: Selected, _ page: JobPage) -> [Int] {
    guard cell.table.isOutput else { return [] }
    return cell.table.partitions(in: cell.slots, group: cell.group)
      .filter { page.known.indices.contains($0) }
  }

  /// The output partitions in a cell; none for a cell of an input.
  private static func outputs(of cell: Selected, _ page: JobPage) -> [Partition] {
    known(in: cell, page).map { page.known[$0].partition }
  }

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    let grid = grid(model)
    let layout = CalendarLayout(rect, grid, detail: model.detailColumns)
    guard let table = model.calendar.shown, let page = model.page else {
      return canvas.draw(
        Line("Drawing up the calendar" + canvas.theme.symbols.ellipsis, .dim), in: layout.heading,
        row: 0)
    }
    let separator = canvas.theme.symbols.separator
    var heading = Line(table.name, .strong)
      .adding(table.isOutput ? " (output)" : " (input)", .dim)
    if let grid, !grid.title.isEmpty { heading = heading.adding("  \(grid.title)", .strong) }
    heading = heading.adding("\(separator)colors: \(model.calendar.measure.rawValue)", .dim)
    if !model.marks.isEmpty {
      heading = heading.adding("\(separator)\(Quantity.number(model.marks.count)) marked", .accent)
    }
    let wrong = table.isOutput ? model.partitionsToRepair(of: page.name) : []
    if !wrong.isEmpty {
      heading = heading.adding("\(separator)\(Quantity.number(wrong.count)) to repair", .bad)
    }
    canvas.draw(heading, in: layout.heading, row: 0)
    guard let grid else {
      return canvas.draw(Line("The table has no partition.", .dim), in: layout.map, row: 0)
    }
    let window = model.calendar.list.window(
      count: grid.rows.count, height: listArea(model, in: rect).rows)
    canvas.draw(
      place: window, of: grid.rows.count, in: layout.map, rows: [layout.heading.row])
    let map = HeatMap(
      table: table, grid: grid, scale: model.calendar.scale,
      cursor: model.calendar.cursor(in: grid), top: window.lowerBound,
      marked: marked(model, table, grid), wrong: places(of: wrong, table, grid),
      live: LiveStatuses(model, of: table, in: grid))
    map.draw(on: &canvas, in: layout.map)
    var legend = layout.legend
    if let cell = selected(model) {
      let name = "\(cell.name): "
      let repairs = map.cursor.flatMap { map.wrong[$0] }
      let summary =
        (map.current(cell.cell, at: map.cursor)?.summary ?? "no partition")
        + (repairs.map { ", \(Quantity.number($0)) to repair" } ?? "")
      let isCut = name.columns + summary.columns > legend.columns
      let lines =
        isCut
        ? (name + summary).wrapped(toColumns: legend.columns).map { Line($0, .strong) }
        : [Line(name, .strong).adding(summary)]
      canvas.draw(
        lines,
        in: layout.cell.rows > 0
          ? layout.cell : legend.cutTop(min(lines.count, max(1, legend.rows - 1))))
    }
    let rest = canvas.draw(map.legend(canvas.theme, columns: legend.columns), in: legend)
    drawOthers(model, grid, on: &canvas, in: rest)
  }

  /// Draws the job's other tables at the same times, as far as they fit.
  private static func drawOthers(
    _ model: Model, _ grid: CalendarGrid, on canvas: inout Canvas, in rect: Rect
  ) {
    guard let calendar = model.calendar.calendar, let shown = model.calendar.shown,
      grid.rows.allSatisfy({ $0.group == nil })
    else { return }
    var rest = rect
    for table in calendar.tables
    where table.name != shown.name && table.keys.grain == shown.keys.grain {
      let map = HeatMap(
        table: table, grid: grid, scale: nil, live: LiveStatuses(model, of: table, in: grid))
      guard rest.rows >= map.rows + 4 else { return }
      _ = rest.cutTop(1)
      canvas.draw(
        Line(table.name, .strong).adding(table.isOutput ? " (output)" : " (input)", .dim),
        in: rest.cutTop(1), row: 0)
      map.draw(on: &canvas, in: rest.cutTop(map.rows))
      rest = canvas.draw(map.legend(canvas.theme, columns: rest.columns), in: rest)
    }
  }

  /// The output's cells whose partitions are all marked.
  private static func marked(
    _ model: Model, _ table: TableCalendar, _ grid: CalendarGrid
  ) -> Set<CalendarGrid.Place> {
    guard table.isOutput, !model.marks.isEmpty else { return [] }
    return Set(
      places(of: model.marks, table, grid).filter { place, count in
        grid.slots(at: place).flatMap {
          table.cell(in: $0, group: grid.rows[place.row].group)?.partitions
        } == count
      }.keys)
  }

  /// How many of some partitions of the output are in each cell that has any.
  private static func places(
    of partitions: some Sequence<Partition>, _ table: TableCalendar, _ grid: CalendarGrid
  ) -> [CalendarGrid.Place: Int] {
    partitions.reduce(into: [:]) { counts, partition in
      guard let at = table.place(of: partition),
        let place = grid.place(of: at.slot, group: at.group)
      else { return }
      counts[place, default: 0] += 1
    }
  }
}
