import Cells
import Charts
import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

/// The bands of the catalog screen; the calendar stands left of the list or above it, the detail right of both.
struct CatalogLayout {
  let heading: Rect
  let map: Rect?
  let columns: Rect
  let list: Rect
  let detail: Rect?

  init(_ content: Rect, _ catalog: CatalogState, detail columns: Int) {
    var rest = content
    heading = rest.cutTop(1)
    detail = rest.cutDetail(columns)
    if catalog.showsMap, catalog.openPartition == nil, let calendar = catalog.open?.calendar,
      rest.columns >= (detail == nil ? 76 : CalendarMap.yearColumns), rest.rows >= 17
    {
      if calendar.hasYears {
        map = rest.cutTop(CalendarMap.yearRows)
      } else if rest.columns >= 76 {
        map = rest.cutLeft(CalendarMap.monthColumns + 2)
      } else if rest.rows >= 2 * CalendarMap.monthRows {
        map = rest.cutTop(CalendarMap.monthRows)
      } else {
        map = nil
      }
    } else {
      map = nil
    }
    self.columns = rest.cutTop(1)
    list = rest
  }
}

/// Tables, then the partitions of one table, then the files of one partition.
enum CatalogScreen: ScreenComponent {
  static func layout(_ model: Model, in content: Rect) -> CatalogLayout {
    CatalogLayout(content, model.catalog, detail: model.detailColumns)
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
    let longest = NameColumn.longest(tables.lazy.map(\.name))
    let nameWidth = min(max(5, longest), max(12, layout.list.columns - 56))
    let room = layout.list.columns - nameWidth - 39
    canvas.draw(
      Line().column("Table", nameWidth, .header).column("Format", 8, .header)
        .column("Partitions", 10, .header, right: true).column("Files", 8, .header, right: true)
        .column("Bytes", 8, .header, right: true).adding("Use", .header),
      in: layout.columns, row: 0)
    canvas.draw(model.catalog.tableList, count: rowCount(model), in: layout.list) { place in
      guard let row = model.sourceRow(Self.self, at: place) else { return Line() }
      let table = tables[row]
      return Line().cutInTheMiddle(table.name, nameWidth, .strong).column(table.format.rawValue, 8)
        .column(Quantity.number(table.partitionCount), 10, right: true)
        .column(table.snapshot == nil ? "-" : Quantity.number(table.fileCount), 8, right: true)
        .column(Quantity.bytes(table.bytes), 8, right: true)
        .adding(table.use.columns <= room ? table.use : table.briefUse, .dim)
    }
  }
}
