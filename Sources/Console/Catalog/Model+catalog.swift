import Cells
import Charts
import IncrementalJoin
import PartitionPredicate
import Wording

extension Model {
  /// Lists the tables again, and what is open in them.
  mutating func refreshCatalog() {
    let selected =
      catalog.tables.indices.contains(catalog.tableList.index)
      ? catalog.tables[catalog.tableList.index].name : nil
    catalog.tables = allTables()
    let row = catalog.tables.firstIndex { $0.name == selected } ?? catalog.tableList.index
    let height = Layout(size).content.rows
    catalog.tableList.select(row, count: catalog.tables.count, height: height)
    guard let open = catalog.open else { return }
    guard let table = catalog.tables.first(where: { $0.name == open.table.name }) else {
      catalog.open = nil
      catalog.openPartition = nil
      return
    }
    list(table)
  }

  /// Opens a table: its partitions are listed off the terminal's thread.
  mutating func openTable(_ table: CatalogTable) {
    catalog.open = OpenTable(table, [], number: 0, load: nil)
    list(table)
  }

  /// Lists the partitions of an open table.
  private mutating func list(_ table: CatalogTable) {
    let model = self
    let number = computations + 1
    let load = load
    compute {
      let partitions =
        table.snapshot.map { model.inputPartitions(of: table, $0) } ?? model.outputs(of: table)
      return .table(
        OpenTable(table, partitions, number: number, load: load), load: load)
    }
  }

  mutating func takeTable(_ table: OpenTable, load: Int) {
    guard let open = catalog.open, open.table.name == table.table.name else { return }
    guard load == self.load else {
      // By then, whatever was listed in the meantime was requested.
      return
    }
    let selected = catalog.seeks ?? selectedTablePartition?.partition
    if table.isListed { catalog.seeks = nil }
    catalog.open = table
    // Until the filter has processed the new list, everything is shown.
    if let place = selected.flatMap(table.place) {
      catalog.partitionList.select(
        place, count: table.partitions.count, height: listHeight(on: .catalog))
    }
    if let shown = catalog.openPartition, let place = table.place(of: shown.partition) {
      catalog.openPartition = table.partitions[place]
    }
  }

  /// The table under the cursor.
  var selectedTable: CatalogTable? {
    guard catalog.open == nil else { return nil }
    return sourceRow(CatalogScreen.self, at: catalog.tableList.index).map { catalog.tables[$0] }
  }

  /// The partition of the open table under the cursor.
  var selectedTablePartition: CatalogPartition? {
    guard let open = catalog.open, catalog.openPartition == nil else { return nil }
    return sourceRow(CatalogScreen.self, at: catalog.partitionList.index).map {
      open.partitions[$0]
    }
  }

  /// The file of the open partition under the cursor.
  var selectedFile: DataFile? {
    guard let files = catalog.openPartition?.files else { return nil }
    return sourceRow(CatalogScreen.self, at: catalog.fileList.index).map { files[$0] }
  }

  /// Every table once: inputs first, with those of the selected job at the front, then outputs.
  private func allTables() -> [CatalogTable] {
    var tables: [CatalogTable] = []
    let ordered = (page.map { [$0] } ?? []) + jobs.filter { $0.name != page?.name }
    for job in ordered {
      for ((input, snapshot), totals) in zip(
        zip(job.status.job.inputs, job.status.report.snapshots), job.inputs)
      where !tables.contains(where: { $0.name == input.table.name }) {
        let readers = jobs.filter { other in
          other.status.job.inputs.contains { $0.table.name == input.table.name }
        }
        // The table that a job publishes has the job's name.
        let writer = jobs.contains { $0.name == input.table.name }
        let output = writer ? "output of \(input.table.name), " : ""
        tables.append(
          CatalogTable(
            name: input.table.name, location: input.table.location, format: input.table.format,
            keys: input.table.keys, time: input.table.time?.keys,
            use: "\(output)input of " + readers.map(\.name).joined(separator: ", "),
            briefUse: (writer ? "output, " : "")
              + (readers.count == 1
                ? "input of \(readers[0].name)"
                : "input of \(Quantity.count(readers.count, "job"))"),
            partitionCount: totals.partitions, fileCount: totals.files, bytes: totals.bytes,
            snapshot: snapshot, job: job.name))
      }
    }
    for job in ordered where !tables.contains(where: { $0.name == job.name }) {
      let table = job.status.job.outputTable
      tables.append(
        CatalogTable(
          name: table.name, location: table.location, format: table.format, keys: table.keys,
          time: job.status.job.outputTime,
          use: "output of \(job.name)", briefUse: "output of \(job.name)",
          partitionCount: job.published.partitions, fileCount: 0,
          bytes: job.published.bytes, snapshot: nil, job: job.name))
    }
    return tables
  }

  private func places(of job: JobPage) -> [Partition: Int] {
    Dictionary(
      job.known.indices.lazy.map { (job.known[$0].partition, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  private func inputPartitions(of table: CatalogTable, _ snapshot: Snapshot) -> [CatalogPartition] {
    let job = jobs.first { $0.name == table.job }
    let places = job.map(places) ?? [:]
    return snapshot.partitions.sorted { $0.key < $1.key }.map { partition, listing in
      let output = job.flatMap { partition.reordered(to: $0.status.job.output.keys) }
      let known = output.flatMap { places[$0] }
      var status = PartitionStatus.present
      if let known, let job { status = self.status(ofKnown: known, of: job) }
      return CatalogPartition(
        partition: partition, path: partition.path.text, files: listing.version.files,
        bytes: listing.version.bytes, rows: nil, run: nil,
        // What makes an output empty has been read all the same.
        status: status == .empty ? .done : status, known: known)
    }
  }

  private func outputs(of table: CatalogTable) -> [CatalogPartition] {
    guard let job = jobs.first(where: { $0.name == table.job }) else { return [] }
    let places = places(of: job)
    return job.status.report.lineages.byPartition.sorted { $0.0 < $1.0 }.map { partition, lineage in
      let known = places[partition]
      return CatalogPartition(
        partition: partition, path: partition.path.text, files: [], bytes: lineage.bytes,
        rows: lineage.countedRows, run: lineage.run,
        status: known.map { status(ofKnown: $0, of: job) } ?? .done, known: known)
    }
  }
}

extension OpenTable {
  init(_ table: CatalogTable, _ partitions: [CatalogPartition], number: Int, load: Int?) {
    let calendar = TableCalendar(
      name: table.name, isOutput: table.snapshot == nil, keys: table.keys, time: table.time,
      partitions: partitions.map {
        (
          partition: $0.partition,
          cell: CalendarCell(status: $0.status, bytes: $0.bytes, rows: $0.rows)
        )
      })
    self.init(
      table: table, partitions: partitions,
      longestPath: NameColumn.longest(partitions.lazy.map(\.path)),
      calendar: calendar.keys.grain == .value || calendar.entries.isEmpty ? nil : calendar,
      words: SharedTexts(partitions.lazy.map { $0.status.word }), number: number, load: load)
  }

  /// The index of a partition; they are sorted.
  func place(of partition: Partition) -> Int? {
    let place = partitions.lowerBound { $0.partition < partition }
    return place < partitions.count && partitions[place].partition == partition ? place : nil
  }
}
