import Foundation
import GlueCatalog
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport

/// A table `flights` of a catalog in memory, whose files lie in a bucket in memory.
struct CatalogLake {
  let catalog: MemoryCatalog
  let objects = MemoryObjects()
  let files: ObjectFiles
  let name = CatalogName(database: "db", table: "flights")
  private let scratch: TemporaryFolder

  init(pageSize: Int = 1000) throws {
    catalog = MemoryCatalog(databases: ["db"], pageSize: pageSize)
    scratch = try TemporaryFolder()
    let objects = objects
    files = ObjectFiles({ _ in objects }, scratch: ObjectScratch(folder: scratch.path, limit: 10))
  }

  var reader: GlueTables { reader { Date() } }

  func reader(clock: @escaping @Sendable () -> Date) -> GlueTables {
    let catalog = catalog
    return GlueTables({ () throws(CatalogError) in catalog }, over: files, clock: clock)
  }

  static let location = Location(scheme: "s3", root: "lake/flights")

  static let storage = StorageDescriptor(
    columns: [CatalogColumn(name: "id", type: "bigint")], location: "s3://lake/flights/",
    inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    serde: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")

  /// Puts the table there.
  ///
  /// - Returns: It as `dovetail.yaml` would declare it.
  @discardableResult
  func table(
    _ keys: [(String, String)] = [("month", "int"), ("day", "int")], time: TableTime? = nil,
    watch: TableWatch? = nil, isOutput: Bool = false
  ) throws -> TableDefinition {
    let columns = keys.map { CatalogColumn(name: $0.0, type: $0.1) }
    let table = CatalogTable(name: name, keys: columns, storage: Self.storage)
    catalog.put(table)
    let description = try TableDescription(table)
    return TableDefinition(
      name: "flights", location: description.location, format: description.format,
      keys: description.keys, columns: description.columns, isOutput: isOutput, time: time,
      watch: watch, catalog: name)
  }

  /// Adds a partition, below the table's location unless told otherwise.
  func add(_ values: [String], at location: String) {
    var storage = Self.storage
    storage.location = location
    catalog.put(CatalogPartition(values: values, storage: storage), values, of: name)
  }

  /// Writes an object below the bucket.
  func write(_ key: ExactText, _ text: String = "x", storageClass: ExactText? = nil) {
    objects.put(
      Data(text.utf8), at: ObjectPlace(bucket: "lake", key: key), storageClass: storageClass)
  }
}

extension Snapshot {
  /// The paths of the files, by that of the partition.
  var paths: [ExactText: [ExactText]] {
    Dictionary(
      partitions.map { ($0.path, $1.version.files.map(\.path)) }, uniquingKeysWith: { $1 })
  }
}
