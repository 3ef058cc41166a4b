import IncrementalJoin
import Wording

/// The widths of the columns of the list of tables: as their contents need; the use gives way before the names.
struct TableColumns {
  /// Narrower than this, the use says nothing.
  private static let leastUse = 12
  private static let titles = ["Table", "Format", "Partitions", "Files", "Bytes"]

  /// Of the titles, in their order.
  private let widths: [Int]
  /// What is left for the use; 0 where that is too little.
  private let use: Int
  /// The width of the longest use, its table's name included.
  private let longestUse: Int
  /// Whether the use of a table does not fit.
  private let isUseCut: Bool

  init(_ tables: [CatalogTable], columns: Int) {
    var widths = Self.titles.map(\.columns)
    for table in tables {
      for (index, cell) in Self.cells(table).enumerated() {
        widths[index] = max(widths[index], cell.columns)
      }
    }
    let others = widths.dropFirst().reduce(0) { $0 + $1 + 1 }
    widths[0] = min(widths[0], max(12, columns - others - 1))
    let rest = columns - others - widths[0] - 1
    let room = rest < Self.leastUse ? 0 : rest
    self.widths = widths
    use = room
    isUseCut = tables.contains { $0.use.columns > room }
    longestUse = tables.map { $0.name.columns + 2 + $0.use.columns }.max() ?? 0
  }

  private static func cells(_ table: CatalogTable) -> [String] {
    [
      table.name, table.format.rawValue, Quantity.number(table.partitionCount),
      table.snapshot == nil ? "-" : Quantity.number(table.fileCount), Quantity.bytes(table.bytes),
    ]
  }

  private static func use(of table: CatalogTable, _ room: Int) -> String {
    table.use.columns <= room ? table.use : table.briefUse
  }

  /// The rows for the whole use of the selected table below the list; 0 where the list shows all of them.
  func useRows(_ columns: Int) -> Int {
    // Words are wrapped as a whole, so that rows are not full.
    isUseCut ? min(4, longestUse / max(1, columns - 24) + 1) : 0
  }

  /// The headings.
  var heading: Line {
    let line = Self.titles.indices.reduce(Line()) { line, index in
      line.column(Self.titles[index], widths[index], .header, right: index > 1)
    }
    return use > 0 ? line.adding("Use", .header) : line
  }

  /// The row of a table.
  func line(_ table: CatalogTable) -> Line {
    var line = Line()
    for (index, cell) in Self.cells(table).enumerated() {
      line =
        index == 0
        ? line.cutInTheMiddle(cell, widths[0], .strong)
        : line.column(cell, widths[index], right: index > 1)
    }
    return use > 0 ? line.adding(Self.use(of: table, use), .dim) : line
  }
}
