import Cells
import IncrementalJoin
import PartitionPredicate

extension Model {
  /// Lists the tables anew, and what is open in them.
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
    let partition = catalog.selectedPartition?.partition
    openTable(table)
    guard let now = catalog.open else { return }
    let kept = now.rows.firstIndex { now.partitions[$0].partition == partition }
    catalog.partitionList.select(
      kept ?? catalog.partitionList.index, count: now.rows.count, height: height)
    if let shown = catalog.openPartition {
      catalog.openPartition = now.partitions.first { $0.partition == shown.partition }
    }
  }

  /// Opens a table: lists its partitions, once.
  mutating func openTable(_ table: CatalogTable) {
    let partitions = table.snapshot.map { inputPartitions(of: table, $0) } ?? outputs(of: table)
    catalog.open = OpenTable(
      table: table, partitions: partitions,
      longestPath: NameColumn.longest(partitions.lazy.map(\.path)),
      calendar: PartitionCalendar(
        keys: table.keys, partitions: partitions.map { ($0.partition, $0.status) }),
      rows: [])
    applyCatalogFilter()
  }

  /// Every table once: inputs first, those of the selected job before the others, then outputs.
  private func allTables() -> [CatalogTable] {
    var tables: [CatalogTable] = []
    let ordered = (page.map { [$0] } ?? []) + jobs.filter { $0.name != page?.name }
    for job in ordered {
      for (input, snapshot) in zip(job.status.job.inputs, job.status.report.snapshots)
      where !tables.contains(where: { $0.name == input.table.name }) {
        let readers = jobs.filter { other in
          other.status.job.inputs.contains { $0.table.name == input.table.name }
        }
        tables.append(
          CatalogTable(
            name: input.table.name, location: input.table.location, format: input.table.format,
            keys: input.table.keys,
            use: "input of " + readers.map(\.name).joined(separator: ", "),
            partitionCount: snapshot.partitions.count, fileCount: snapshot.fileCount,
            bytes: snapshot.bytes, snapshot: snapshot, job: job.name))
      }
    }
    for job in ordered where !tables.contains(where: { $0.name == job.name }) {
      let table = job.status.job.outputTable
      let lineages = job.status.report.lineages.all.filter(\.isPublished)
      tables.append(
        CatalogTable(
          name: table.name, location: table.location, format: table.format, keys: table.keys,
          use: "output of \(job.name)", partitionCount: lineages.count, fileCount: 0,
          bytes: lineages.reduce(0) { $0 + $1.bytes }, snapshot: nil, job: job.name))
    }
    return tables
  }

  private func statuses(of job: JobPage) -> [Partition: PartitionStatus] {
    var statuses: [Partition: PartitionStatus] = [:]
    for index in job.known.indices {
      statuses[job.known[index].partition] = status(ofKnown: index, of: job)
    }
    return statuses
  }

  /// Where a known partition stands, with what a run in this console did to it.
  func status(ofKnown index: Int, of job: JobPage) -> PartitionStatus {
    let status = job.partitionStatus(index)
    guard let run, run.job == job.name else { return status }
    switch run.state(of: job.known[index].partition) {
    case .staging, .staged, .published: return run.isActive ? .running : status
    case .failed: return status == .done ? .done : .failed
    case .waiting, .committed, .unchanged, .removed, .kept, .held, .cancelled, nil: return status
    }
  }

  private func inputPartitions(of table: CatalogTable, _ snapshot: Snapshot) -> [CatalogPartition] {
    let job = jobs.first { $0.name == table.job }
    let statuses = job.map(statuses) ?? [:]
    return snapshot.partitions.sorted { $0.key < $1.key }.map { partition, listing in
      let output = job.flatMap { partition.reordered(to: $0.status.job.output.keys) }
      return CatalogPartition(
        partition: partition, path: partition.path.text, files: listing.version.files,
        bytes: listing.version.bytes, rows: nil, run: nil,
        status: output.flatMap { statuses[$0] } ?? .present)
    }
  }

  private func outputs(of table: CatalogTable) -> [CatalogPartition] {
    guard let job = jobs.first(where: { $0.name == table.job }) else { return [] }
    let statuses = statuses(of: job)
    return job.status.report.lineages.byPartition.sorted { $0.0 < $1.0 }.map { partition, lineage in
      CatalogPartition(
        partition: partition, path: partition.path.text, files: [], bytes: lineage.bytes,
        rows: lineage.countedRows, run: lineage.run, status: statuses[partition] ?? .done)
    }
  }
}
