import Cells
import Charts
import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

/// The bands of the catalog screen; the calendar stands left of the list or above it, the detail right of both.
struct CatalogLayout {
  /// The widest calendar that leaves room for the list beside it.
  private static let narrowMap = 40
  /// The rows below a calendar for its legend, with a blank one.
  private static let legendRows = 3
  /// The rows that a list needs below a calendar, its heading included.
  private static let listRows = 6

  let heading: Rect
  /// Where the calendar is drawn; nil where there is none or no room.
  let map: Rect?
  let heat: HeatMap?
  let columns: Rect
  let list: Rect
  /// The whole use of the selected table, below the list; without rows where the list shows it.
  let use: Rect
  let detail: Rect?

  /// - Parameters:
  ///   - content: The whole screen between tabs and status.
  ///   - columns: Those of the detail pane.
  ///   - use: The rows that the selected table's use needs below a list without a pane.
  ///   - draw: The calendar for so many columns.
  init(
    _ content: Rect, detail columns: Int, use: (Int) -> Int, map draw: (Int) -> HeatMap?
  ) {
    var rest = content
    heading = rest.cutTop(1)
    detail = rest.cutDetail(columns)
    heat = draw(rest.columns)
    if let heat, heat.columns <= Self.narrowMap, rest.columns >= 76, rest.rows >= heat.rows + 2 {
      map = rest.cutLeft(heat.columns + 2)
    } else if let heat, heat.columns <= rest.columns,
      rest.rows >= heat.rows + Self.legendRows + Self.listRows
    {
      map = rest.cutTop(heat.rows + Self.legendRows)
    } else {
      map = nil
    }
    self.columns = rest.cutTop(1)
    self.use = rest.cutBottom(detail == nil ? min(use(rest.columns), rest.rows / 3) : 0)
    list = rest
  }
}

/// Tables, then the partitions of one table, then the files of one partition.
enum CatalogScreen: ScreenComponent {
  static func layout(_ model: Model, in content: Rect) -> CatalogLayout {
    CatalogLayout(
      content, detail: model.detailColumns,
      use: { columns in
        model.catalog.open != nil
          ? 0 : TableColumns(model.catalog.tables, columns: columns).useRows(columns)
      },
      map: { map(model, columns: $0) })
  }

  /// The calendar of the open table; nil where it is hidden and where the keys tell no time.
  private static func map(_ model: Model, columns: Int) -> HeatMap? {
    let catalog = model.catalog
    guard catalog.showsMap, catalog.openPartition == nil, let table = catalog.open?.calendar,
      var view = table.views(columns: HeatMap.room(columns)).first
    else { return nil }
    let at = model.selectedTablePartition.flatMap { table.place(of: $0.partition) }
    if case .year = view, let slot = at?.slot { view = .year(table.year(of: slot)) }
    let grid = table.grid(view)
    return HeatMap(
      table: table, grid: grid, scale: nil,
      cursor: at.flatMap { grid.place(of: $0.slot, group: $0.group) }, showsTitle: true)
  }

  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect) {
    let layout = layout(model, in: rect)
    if let partition = model.catalog.openPartition, let open = model.catalog.open {
      drawFiles(partition, of: open.table, model, on: &canvas, layout)
    } else if let open = model.catalog.open {
      drawPartitions(open, model, on: &canvas, layout)
    } else {
      drawTables(model, on: &canvas, layout)
    }
  }

  private static func drawTables(
    _ model: Model, on canvas: inout Canvas, _ layout: CatalogLayout
  ) {
    let tables = model.catalog.tables
    canvas.draw(
      Line(Quantity.count(tables.count, "table"), .strong), in: layout.heading, row: 0)
    let widths = TableColumns(tables, columns: layout.list.columns)
    canvas.draw(widths.heading, in: layout.columns, row: 0)
    canvas.draw(model.catalog.tableList, count: rowCount(model), in: layout.list) { place in
      model.sourceRow(Self.self, at: place).map { widths.line(tables[$0]) } ?? Line()
    }
    guard layout.use.rows > 0, let table = model.selectedTable else { return }
    let use = "\(table.name): \(table.use)".wrapped(toColumns: layout.use.columns)
    canvas.draw(use.map { Line($0, .key) }, in: layout.use)
  }
}
