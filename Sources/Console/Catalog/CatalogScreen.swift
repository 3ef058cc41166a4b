import Cells
import Charts
import IncrementalJoin
import Operations
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
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> {
    let catalog = model.catalog
    return catalog.openPartition != nil
      ? \.catalog.fileList
      : catalog.open != nil ? \.catalog.partitionList : \.catalog.tableList
  }

  static func rowList(_ model: Model) -> RowList? {
    model.catalog.openPartition != nil
      ? .files : model.catalog.open != nil ? .tablePartitions : .tables
  }

  static func ownCount(_ model: Model) -> Int {
    if let partition = model.catalog.openPartition { return partition.files.count }
    return model.catalog.open?.partitions.count ?? model.catalog.tables.count
  }

  static func rowVersion(_ model: Model) -> RowVersion {
    guard let open = model.catalog.open else { return RowVersion(identity: [model.load]) }
    return RowVersion(
      identity: model.catalog.openPartition == nil
        ? [open.number] : [open.number, model.catalog.openings])
  }

  private static let nanoseconds = "ns since 1970-01-01 UTC"

  static func rowSource(_ model: Model) -> RowSource? {
    if let files = model.catalog.openPartition?.files {
      return RowSource(
        count: files.count, name: { files[$0].path.text },
        words: { Quantity.instant(nanoseconds: files[$0].modified) },
        columns: [
          SortColumn("File", text: { files[$0].path.text }),
          SortColumn("Bytes", number: { files[$0].size }),
          SortColumn("Modified", unit: nanoseconds, number: { files[$0].modified }),
        ])
    }
    guard let open = model.catalog.open else { return tableSource(model.catalog.tables) }
    let partitions = open.partitions
    let isOutput = open.table.snapshot == nil
    return RowSource(
      { Array(partitions.indices) }, name: { partitions[$0].path }, words: { open.words },
      keys: open.table.keys, partition: { partitions[$0].partition },
      columns: [
        SortColumn("Partition", number: Int64.init),
        SortColumn("State", text: { partitions[$0].status.word }),
        SortColumn(isOutput ? "Rows" : "Files") {
          partitions[$0].rows ?? Int64(partitions[$0].files.count)
        },
        SortColumn("Bytes", number: { partitions[$0].bytes }),
        SortColumn(isOutput ? "Built by" : "Newest", unit: isOutput ? nil : nanoseconds) {
          partitions[$0].run?.number ?? partitions[$0].newest
        },
      ])
  }

  private static func tableSource(_ tables: [CatalogTable]) -> RowSource {
    RowSource(
      count: tables.count, name: { tables[$0].name },
      words: { "\(tables[$0].format.rawValue) \(tables[$0].use)" },
      columns: [
        SortColumn("Table", text: { tables[$0].name }),
        SortColumn("Format", text: { tables[$0].format.rawValue }),
        SortColumn("Partitions", number: { Int64(tables[$0].partitionCount) }),
        SortColumn("Files", number: { Int64(tables[$0].fileCount) }),
        SortColumn("Bytes", number: { tables[$0].bytes }),
        SortColumn("Use", text: { tables[$0].use }),
      ])
  }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    layout(model, in: content).list
  }

  private static func layout(_ model: Model, in content: Rect) -> CatalogLayout {
    CatalogLayout(content, model.catalog, detail: model.detailColumns)
  }

  static func detailArea(_ model: Model, in content: Rect) -> Rect? {
    layout(model, in: content).detail
  }

  /// Where a table lies, the files of a partition and its account, or the outputs that a file is in.
  static func detail(_ model: Model) -> RowDetail? {
    let catalog = model.catalog
    if let file = model.selectedFile, let table = catalog.open?.table {
      let request = ReportRequest.uses(file: table.location.file(file.path))
      return RowDetail(
        known: TextReport(title: request.title), request: request, isReplaced: true)
    }
    if let open = catalog.open,
      let shown = catalog.openPartition ?? model.selectedTablePartition
    {
      let output = partition(model).flatMap { model.page?.index(of: $0) == nil ? nil : $0 }
      return RowDetail(
        known: shown.report(of: open.table), request: output.map { .why($0) })
    }
    return model.selectedTable.map { RowDetail(known: $0.report) }
  }

  static func nameColumn(_ model: Model, columns: Int) -> NameColumn? {
    guard let open = model.catalog.open, model.catalog.openPartition == nil else { return nil }
    return NameColumn(
      longest: open.longestPath, besides: columnsBesideNames(open, columns: columns),
      columns: columns, shift: model.catalog.partitionList.shift)
  }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    let catalog = model.catalog
    if catalog.openPartition != nil {
      return model.selectedFile.map { ("the file's path", $0.path.text) }
    }
    if catalog.open != nil {
      return model.selectedTablePartition.map { ("the partition", $0.path) }
    }
    return model.selectedTable.map { ("the table's location", $0.location.description) }
  }

  static func partition(_ model: Model) -> Partition? {
    guard let keys = model.page?.status.job.output.keys else { return nil }
    return (model.catalog.openPartition ?? model.selectedTablePartition)?.partition
      .reordered(to: keys)
  }

  /// Opens a table, one of its partitions, or the outputs that contain a file.
  static func open(_ model: inout Model) -> [Effect] {
    if model.catalog.openPartition != nil {
      guard let table = model.catalog.open?.table, let file = model.selectedFile else {
        return []
      }
      return model.ask(for: .uses(file: table.location.file(file.path)))
    }
    if model.catalog.open != nil {
      model.catalog.fileList = ListState()
      model.catalog.openings += 1
      model.resetView(of: .files)
      model.catalog.openPartition = model.selectedTablePartition
    } else if let table = model.selectedTable {
      model.catalog.partitionList = ListState()
      model.resetView(of: .tablePartitions)
      model.openTable(table)
    }
    return []
  }

  static func move(_ model: inout Model, sideways offset: Int) -> [Effect] {
    offset > 0 && model.catalog.openPartition == nil ? open(&model) : []
  }

  static func whyNoOtherView(_ model: Model) -> String? {
    guard let open = model.catalog.open else { return "open a table first" }
    return open.calendar == nil ? "the table's partition keys do not name a day" : nil
  }

  static func switchView(_ model: inout Model) { model.catalog.showsMap.toggle() }

  static func goBack(_ model: inout Model) -> Bool {
    if model.catalog.openPartition != nil {
      model.catalog.openPartition = nil
    } else if model.catalog.open != nil {
      model.catalog.open = nil
    } else {
      return false
    }
    return true
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

  /// The width that the other columns of a table's partitions need.
  static func columnsBesideNames(_ open: OpenTable, columns: Int) -> Int {
    1 + 10 + (counts(open) + 1) + 9 + (isWide(columns) ? 19 : 0)
  }

  /// Beside the calendar the last column does not fit.
  private static func isWide(_ columns: Int) -> Bool { columns >= 56 }

  /// The width of the column with the number of files or rows.
  private static func counts(_ open: OpenTable) -> Int { open.table.snapshot == nil ? 9 : 5 }

  private static func drawPartitions(
    _ open: OpenTable, _ model: Model, on canvas: inout Canvas, _ layout: CatalogLayout
  ) {
    let catalog = model.catalog
    drawHeading(open, model, on: &canvas, layout)
    if let map = layout.map, let calendar = open.calendar {
      let day = model.selectedTablePartition.flatMap { PartitionCalendar.day(of: $0.partition) }
      CalendarMap.draw(calendar, selected: day, on: &canvas, in: map)
    }
    guard let names = model.nameColumn(on: .catalog) else { return }
    let isWide = isWide(layout.list.columns)
    let isOutput = open.table.snapshot == nil
    let counts = counts(open)
    let unicode = canvas.theme.appearance.unicode
    canvas.draw(
      catalog.partitionList, names, count: rowCount(model), in: layout.list,
      columns: layout.columns,
      name: { model.sourceRow(Self.self, at: $0).map { open.partitions[$0].path } },
      heading: { names in
        let line = Line().heading(names).column("State", 9, .header)
          .column(isOutput ? "Rows" : "Files", counts, .header, right: true)
          .column("Bytes", 8, .header, right: true)
        return isWide ? line.adding(isOutput ? "Built by" : "Newest (UTC)", .header) : line
      }
    ) { place, names in
      guard let row = model.sourceRow(Self.self, at: place) else { return Line() }
      let partition = open.partitions[row]
      let status = partition.status
      let line = Line().name(partition.path, names)
        .column("\(status.glyph(unicode: unicode)) \(status.word)", 9, status.role)
        .column(
          Quantity.number(partition.rows ?? Int64(partition.files.count)), counts, right: true
        )
        .column(Quantity.bytes(partition.bytes), 8, right: true)
      guard isWide else { return line }
      return line.adding(
        partition.run.map { "run \($0)" } ?? Quantity.instant(nanoseconds: partition.newest), .dim)
    }
    if rowCount(model) == 0, model.filterMessage(columns: layout.list.columns).isEmpty {
      let text =
        !open.isListed
        ? "Listing the partitions" + canvas.theme.symbols.ellipsis
        : open.partitions.isEmpty ? "The table has no partition." : "Nothing fits the filter."
      canvas.draw(Line(text, .dim), in: layout.list, row: 0)
    }
  }

  private static func drawFiles(
    _ partition: CatalogPartition, of table: CatalogTable, _ model: Model,
    on canvas: inout Canvas, _ layout: CatalogLayout
  ) {
    let status = partition.status
    let glyph = status.glyph(unicode: canvas.theme.appearance.unicode)
    canvas.draw(
      Line("\(table.name) \(partition.path)  ", .strong)
        .adding("\(glyph) \(status.word)", status.role)
        .adding("  \(Quantity.bytes(partition.bytes))", .dim),
      in: layout.heading, row: 0)
    guard table.snapshot != nil else {
      let rows = partition.rows.map { Quantity.count(Int($0), "row") } ?? "rows not counted"
      let run = partition.run.map { " by run \($0)" } ?? ""
      canvas.draw(Line("Published\(run): \(rows)."), in: layout.columns, row: 0)
      return
    }
    canvas.draw(
      Line().column("Bytes", 9, .header, right: true).column("Modified (UTC)", 19, .header)
        .adding("File", .header),
      in: layout.columns, row: 0)
    canvas.draw(model.catalog.fileList, count: rowCount(model), in: layout.list) { place in
      guard let row = model.sourceRow(Self.self, at: place) else { return Line() }
      let file = partition.files[row]
      return Line().column(Quantity.bytes(file.size), 9, right: true)
        .column(Quantity.instant(nanoseconds: file.modified), 19, .dim).adding(file.path.text)
    }
  }
}
