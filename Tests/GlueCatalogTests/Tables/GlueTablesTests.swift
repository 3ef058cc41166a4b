import Foundation
import GlueCatalog
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// Tables whose partitions a catalog knows.
@Suite("Tables of the Glue Data Catalog")
struct GlueTablesTests {
  /// A reader that adds the partitions of a table's folders to the catalog first, as MSCK REPAIR TABLE does.
  private struct Crawler: TableReader {
    let lake: CatalogLake

    func snapshot(of table: TableDefinition, in scope: PartitionScope) async -> Snapshot {
      let folders = await HiveTables(over: lake.files).snapshot(of: table)
      lake.catalog.put(
        CatalogTable(
          name: lake.name,
          keys: table.keys.map { CatalogColumn(name: $0.name, type: "\($0.type)") },
          storage: CatalogLake.storage))
      for listing in folders.partitions.values {
        for file in listing.version.files {
          let names = file.path.parts(separatedBy: "/").dropLast()
          let values = names.compactMap { HivePath.split($0.text)?.value }
          lake.add(values, at: table.location.file(names.joined(separator: "/")))
        }
      }
      var known = table
      known = TableDefinition(
        name: table.name, location: table.location, format: table.format, keys: table.keys,
        catalog: lake.name)
      return await lake.reader.snapshot(of: known, in: scope)
    }
  }

  @Test(arguments: Conformance<StoredTables>.tableReader)
  func conformance(_ conformance: Conformance<StoredTables>) async throws {
    let lake = try CatalogLake()
    let stored = StoredFiles(
      lake.files, at: CatalogLake.location, write: { lake.write("flights/\($1)", $0) },
      remove: { lake.objects.put(nil, at: ObjectPlace(bucket: "lake", key: "flights/\($0)")) })
    try await conformance.check(StoredTables(Crawler(lake: lake), over: stored))
  }

  @Test func `partitions lie anywhere, and files have any names`() async throws {
    let lake = try CatalogLake()
    let table = try lake.table()
    lake.add(["1", "1"], at: "s3://lake/flights/month=1/day=1/")
    lake.add(["1", "2"], at: "s3a://lake/elsewhere/x")
    lake.add(["01", "3"], at: "s3://other/y/z")
    lake.write("flights/month=1/day=1/000000_0")
    lake.write("flights/month=1/day=1/_SUCCESS")
    lake.write("flights/month=1_$folder$")
    lake.write("elsewhere/x/a.parquet")
    lake.objects.put(Data("y".utf8), at: ObjectPlace(bucket: "other", key: "y/z/b"))
    let snapshot = await lake.reader.snapshot(of: table)
    #expect(
      snapshot.paths == [
        "month=1/day=1": ["month=1/day=1/000000_0"],
        "month=1/day=2": ["s3://lake/elsewhere/x/a.parquet"],
        "month=1/day=3": ["s3://other/y/z/b"],
      ])
    #expect(snapshot.problems == [])
    let file = try #require(
      snapshot.partitions.first { $0.key.path == "month=1/day=2" }?.value.version.files.first)
    try await lake.files.check(file, in: table.location)
    try await lake.files.fetch([file], in: table.location)
    #expect(
      try String(contentsOfFile: lake.files.place(of: file, in: table.location), encoding: .utf8)
        .exact == "x")
  }

  @Test func `a partition whose location moves to equal files elsewhere is another version`()
    async throws
  {
    let lake = try CatalogLake()
    let table = try lake.table()
    lake.add(["1", "1"], at: "s3://lake/a/")
    lake.write("a/f")
    lake.write("b/f")
    let before = await lake.reader.snapshot(of: table)
    lake.add(["1", "1"], at: "s3://lake/b")
    let after = await lake.reader.snapshot(of: table)
    // Whether that is a change is a question of its own: MovedFileTests.
    #expect(before.paths != after.paths)
    lake.add(["1", "1"], at: "s3a://lake/a")
    let back = await lake.reader.snapshot(of: table)
    #expect(back.partitions == before.partitions)
  }

  @Test func `partitions without files and files without a partition are told apart`()
    async throws
  {
    let lake = try CatalogLake()
    let table = try lake.table()
    for day in 1...3 { lake.add(["1", "\(day)"], at: "s3://lake/flights/month=1/day=\(day)") }
    lake.write("flights/month=1/day=3/a")
    lake.write("flights/month=1/day=4/a")
    lake.write("flights/month=1/day=5/a")
    lake.write("flights/month=1/day=3/deep/a")
    let snapshot = await lake.reader.snapshot(of: table)
    #expect(snapshot.paths == ["month=1/day=3": ["month=1/day=3/a"]])
    #expect(snapshot.failure == nil)
    #expect(
      snapshot.problems.map(\.description) == [
        "Table flights: month=1/day=1 is in the catalog and has no files, like 1 other partition; it counts as no partition.",
        "Table flights: s3://lake/flights/month=1/day=3/deep is a folder below the last partition key and is not read. Move "
          + "its files up, or add its key to `partitions:` of the table.",
        "Table flights: s3://lake/flights/month=1/day=4 has files that are of no partition in the catalog, like 1 other "
          + "folder, and is not read. Add its partition (MSCK REPAIR TABLE, or the crawler), or remove the files.",
      ])
  }

  @Test func `what cannot be counted right makes the listing incomplete, with a sentence`()
    async throws
  {
    let sharing =
      "is where month=1/day=1 has its files, or inside it, so that rows would be counted twice. Correct the locations "
      + "in the catalog. Nothing counts as deleted, and the jobs that read the table do not run before."
    var orc = CatalogLake.storage
    orc.serde = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
    orc.location = "s3://lake/flights/2"
    for (storage, sentence) in [
      (StorageDescriptor(location: "s3://lake/flights/1"), sharing),
      (StorageDescriptor(location: "s3://lake/flights/1/in"), sharing),
      (
        StorageDescriptor(location: nil),
        "has no location in the catalog: an update without a storage descriptor loses it. Set it again, or drop the "
          + "partition. Nothing counts as deleted, and the jobs that read the table do not run before."
      ),
      (
        StorageDescriptor(location: "hdfs://x/y"),
        "has the location \"hdfs://x/y\" in the catalog, which is not a place of the form s3://bucket/folder. Correct it, or "
          + "drop the partition. Nothing counts as deleted, and the jobs that read the table do not run before."
      ),
      (
        orc,
        "is read by org.apache.hadoop.hive.serde2.OpenCSVSerde, and the table by parquet. Dovetail reads all partitions of a "
          + "table alike: rewrite this one, or correct the catalog. Nothing counts as deleted, and the jobs that read the "
          + "table do not run before."
      ),
    ] {
      let lake = try CatalogLake()
      let table = try lake.table()
      lake.add(["1", "1"], at: "s3://lake/flights/1/")
      let values = ["1", "2"]
      lake.catalog.put(CatalogPartition(values: values, storage: storage), values, of: lake.name)
      lake.write("flights/1/a")
      let snapshot = await lake.reader.snapshot(of: table)
      #expect(
        snapshot.failure?.description == "Table flights: month=1/day=2 \(sentence)")
    }
  }

  @Test func `an archived object is told`() async throws {
    let lake = try CatalogLake()
    let table = try lake.table()
    lake.add(["1", "1"], at: "s3://lake/flights/1")
    lake.write("flights/1/a", storageClass: "DEEP_ARCHIVE")
    let snapshot = await lake.reader.snapshot(of: table)
    #expect(
      snapshot.failure?.description
        == "Table flights: s3://lake/flights/1/a could not be listed: it is in the storage class DEEP_ARCHIVE. Restore it and "
        + "copy it over itself (`aws s3 cp` with --storage-class STANDARD), or leave it out of the table. Nothing counts as "
        + "deleted, and the jobs that read the table do not run until it can be listed.")
  }

  @Test func `NULL and values of another type are read as what they are`() async throws {
    let lake = try CatalogLake()
    let table = try lake.table()
    for (index, values) in [
      ["1", "__HIVE_DEFAULT_PARTITION__"], ["1", "x"], ["1", "02"], ["1", "2"],
    ].enumerated() {
      lake.add(values, at: "s3://lake/p/\(index)")
      lake.write("p/\(index)/a")
    }
    let snapshot = await lake.reader.snapshot(of: table)
    #expect(
      snapshot.paths == [
        "month=1/day=__HIVE_DEFAULT_PARTITION__": ["s3://lake/p/0/a"],
        "month=1/day=2": ["s3://lake/p/2/a", "s3://lake/p/3/a"],
      ])
    let problem = try #require(snapshot.problems.first)
    #expect(snapshot.problems.count == 1)
    #expect(problem.path == "month=1/day=x" && problem.severity == .misplaced)
  }

  @Test func `a catalog that cannot be asked leaves nothing deleted`() async throws {
    let lake = try CatalogLake()
    let table = try lake.table()
    lake.catalog.failure = .denied(call: "glue:GetPartitions", resource: "db.flights", reason: "no")
    lake.catalog.faults.fail(at: 0, of: "partitions")
    let snapshot = await lake.reader.snapshot(of: table)
    #expect(
      snapshot.failure?.description
        == "Table flights: glue:db.flights could not be listed: The credentials do not allow glue:GetPartitions on db.flights: "
        + "no. docs/guide/glue.md lists the permissions that Dovetail needs. Nothing counts as deleted, and the jobs that "
        + "read the table do not run until it can.")
    let output = try lake.table(isOutput: true)
    let missing = CatalogName(database: "none", table: "x")
    let unpublished = TableDefinition(
      name: "o", location: output.location, format: .parquet, keys: output.keys, isOutput: true,
      catalog: missing)
    #expect(await lake.reader.snapshot(of: unpublished).failure?.kind == .locationMissing)
    let gone = TableDefinition(
      name: "i", location: output.location, format: .parquet, keys: output.keys,
      catalog: CatalogName(database: "db", table: "gone"))
    #expect(
      await lake.reader.snapshot(of: gone).failure?.description
        == "Table i: glue:db.gone could not be listed: There is no table db.gone in the Glue Data Catalog. `dovetail catalog "
        + "db` lists those of the database. Nothing counts as deleted, and the jobs that read the table do not run until it "
        + "can.")
  }

  @Test func `a table without keys is read where the catalog says now`() async throws {
    let lake = try CatalogLake()
    let table = try lake.table([])
    lake.write("flights/a")
    #expect(await lake.reader.snapshot(of: table).paths == [".": ["a"]])
    var moved = CatalogLake.storage
    moved.location = "s3://lake/new"
    lake.catalog.put(CatalogTable(name: lake.name, keys: [], storage: moved))
    #expect(await lake.reader.snapshot(of: table).failure?.kind == .locationMissing)
    lake.write("new/b")
    #expect(await lake.reader.snapshot(of: table).paths == [".": ["s3://lake/new/b"]])
  }
}
