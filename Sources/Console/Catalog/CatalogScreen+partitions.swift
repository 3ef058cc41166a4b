import Cells
import Charts
import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

extension CatalogScreen {
  /// The width that the other columns of a table's partitions need.
  static func columnsBesideNames(_ open: OpenTable, columns: Int) -> Int {
    1 + 10 + (counts(open) + 1) + 9 + (isWide(columns) ? 19 : 0)
  }

  /// Beside the calendar the last column does not fit.
  static func isWide(_ columns: Int) -> Bool { columns >= 56 }

  /// The width of the column with the number of files or rows.
  static func counts(_ open: OpenTable) -> Int { open.table.snapshot == nil ? 9 : 5 }

  static func drawPartitions(
    _ open: OpenTable, _ model: Model, on canvas: inout Canvas, _ layout: CatalogLayout
  ) {
    let catalog = model.catalog
    drawHeading(open, model, on: &canvas, layout)
    if var rest = layout.map, let map = layout.heat {
      map.draw(on: &canvas, in: rest.cutTop(map.rows))
      canvas.draw(map.legend(canvas.theme, columns: rest.columns - 2), in: rest)
    }
    guard let names = model.nameColumn(on: .catalog) else { return }
    let isWide = isWide(layout.list.columns)
    let isOutput = open.table.snapshot == nil
    let counts = counts(open)
    let unicode = canvas.theme.appearance.unicode
    let output = output(model)
    let theme = canvas.theme
    canvas.draw(
      catalog.partitionList, names, count: rowCount(model), in: layout.list,
      columns: layout.columns,
      name: { model.sourceRow(Self.self, at: $0).map { open.partitions[$0].path } },
      heading: { names in
        let line = theme.mark(nil, model).heading(names).column("State", 9, .header)
          .column(isOutput ? "Rows" : "Files", counts, .header, right: true)
          .column("Bytes", 8, .header, right: true)
        return isWide ? line.adding(isOutput ? "Built by" : "Newest (UTC)", .header) : line
      }
    ) { place, names in
      guard let row = model.sourceRow(Self.self, at: place) else { return Line() }
      let partition = open.partitions[row]
      let status = partition.status
      let line = theme.mark(output?(row), model).name(partition.path, names)
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

  static func drawFiles(
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
    let (list, count) = (model.catalog.fileList, rowCount(model))
    let visible = list.window(count: count, height: layout.list.rows).compactMap { place in
      model.sourceRow(Self.self, at: place).map { partition.files[$0].path.text }
    }
    // The folders, which the screen's heading names, do not stand before every name.
    let folders = NameColumn.sharedFolders(visible)
    let room = max(0, layout.list.columns - 30)
    canvas.draw(
      Line().column("Bytes", 9, .header, right: true).column("Modified (UTC)", 19, .header)
        .cutInTheMiddle(folders.isEmpty ? "File" : "File in \(folders)", room, .header),
      in: layout.columns, row: 0)
    canvas.draw(list, count: count, in: layout.list) { place in
      guard let row = model.sourceRow(Self.self, at: place) else { return Line() }
      let file = partition.files[row]
      let name = file.path.text.utf8.dropFirst(folders.utf8.count)
      return Line().column(Quantity.bytes(file.size), 9, right: true)
        .column(Quantity.instant(nanoseconds: file.modified), 19, .dim)
        .cutInTheMiddle(String(decoding: name, as: UTF8.self), room, .plain)
    }
  }
}
