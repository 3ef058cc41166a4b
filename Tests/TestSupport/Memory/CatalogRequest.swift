/// The kinds of requests to a catalog, as `MemoryCatalog` counts them and lets them fail.
public enum CatalogRequest: String, CaseIterable, Sendable {
  case databases
  case tables
  case table
  case createTable
  case updateTable
  case partitions
  case batchGet
  case createPartitions
  case updatePartitions
  case deletePartitions
  case bookmark

  /// Whether an answer that is lost leaves open what became of the catalog.
  var writes: Bool {
    switch self {
    case .createTable, .updateTable, .createPartitions, .updatePartitions, .deletePartitions: true
    case .databases, .tables, .table, .partitions, .batchGet, .bookmark: false
    }
  }
}
