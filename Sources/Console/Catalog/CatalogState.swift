import Charts
import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

/// A table of the workspace: an input of jobs, or a job's output.
struct CatalogTable: Sendable {
  let name: String
  let location: Location
  let format: DataFormat
  let keys: [PartitionKey]
  /// What the keys are declared to say about time; nil where nothing is declared.
  let time: TimeKeys?
  /// `input of flights_weather`, `output of flights_weather`.
  let use: String
  /// The same in fewer words where many jobs read it: `input of 3 jobs`.
  let briefUse: String
  let partitionCount: Int
  let fileCount: Int
  let bytes: Int64
  /// nil for an output, which is known from its lineages.
  let snapshot: Snapshot?
  /// The job whose pending partitions color the table.
  let job: String

  /// Where it lies, and what it holds.
  var report: TextReport {
    let keys = keys.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    let files = snapshot == nil ? "" : ", \(Quantity.count(fileCount, "file"))"
    return TextReport(
      title: name,
      lines: [
        TextReport.Line(use, .strong), TextReport.Line("Location: \(location)"),
        TextReport.Line("Format: \(format.rawValue)"),
        TextReport.Line("Partition keys: \(keys.isEmpty ? "none" : keys)"),
        TextReport.Line(
          "\(Quantity.count(partitionCount, "partition"))\(files), \(Quantity.bytes(bytes))"),
      ])
  }
}

/// One partition of the open table.
struct CatalogPartition: Sendable {
  let partition: Partition
  let path: String
  let files: [DataFile]
  let bytes: Int64
  /// The published rows; nil for an input.
  let rows: Int64?
  let run: RunID?
  let status: PartitionStatus
  /// The place of the output partition with the same keys among those of the table's job, as of the listing's load.
  let known: Int?

  /// The newest modification time of its files, in nanoseconds.
  var newest: Int64 { files.map(\.modified).max() ?? 0 }

  /// Its files, or what is published of it.
  func report(of table: CatalogTable) -> TextReport {
    table.snapshot == nil
      ? .published(path, table: table.name, run: run, rows: rows, bytes: bytes)
      : .files(files, of: path, table: table.name)
  }
}

/// The open table, whose partitions are listed once.
struct OpenTable: Sendable {
  let table: CatalogTable
  let partitions: [CatalogPartition]
  /// The width of the longest path in columns.
  let longestPath: Int
  /// The partitions in time order; nil where the keys tell no time.
  let calendar: TableCalendar?
  /// What the list shows beside the paths.
  let words: SharedTexts
  /// The number of the opening, which tells later ones apart.
  let number: Int
  /// The load that the partitions were listed of; nil while they are not listed.
  let load: Int?

  /// Whether the partitions are listed; the table is shown before they are.
  var isListed: Bool { load != nil }
}

/// The catalog screen: tables, then the partitions of one, then the files of one.
struct CatalogState: Sendable {
  var tables: [CatalogTable] = []
  var tableList = ListState()
  var partitionList = ListState()
  var fileList = ListState()
  var open: OpenTable?
  var openPartition: CatalogPartition?
  /// How many times a partition was opened.
  var openings = 0
  var showsMap = true
  /// The partition to select once the table is listed.
  var seeks: Partition?
}
