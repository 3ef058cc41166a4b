import Cells
import Charts
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// The list shows the tables, the partitions of the open one, or the files of the open partition.
extension CatalogScreen {
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
      longest: open.longestPath,
      besides: columnsBesideNames(open, columns: columns) + model.markColumns,
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

  static var selectsPartitions: Bool { true }

  /// The output partition of a row of the open table, where that is one of the job's.
  static func output(_ model: Model) -> (@Sendable (Int) -> Partition?)? {
    guard let page = model.page, let open = model.catalog.open, open.load == model.load,
      open.table.job == page.name, model.catalog.openPartition == nil
    else { return nil }
    let partitions = open.partitions
    return { row in partitions[row].known.map { page.known[$0].partition } }
  }

  static func markable(_ model: Model) -> MarkableRows? {
    output(model).map { rows(model, about: $0) }
  }

  static func shown(_ model: Model, _ page: JobPage) -> [Int]? {
    guard output(model) != nil, let partitions = model.catalog.open?.partitions else { return nil }
    let rows = model.shownRows ?? Array(partitions.indices)
    return Set(rows.compactMap { partitions[$0].known }).sorted()
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
    return open.calendar == nil ? "the table's partition keys tell no time" : nil
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
}
