import Foundation
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("The table of an output")
struct TableTests {
  private func table(_ change: (inout CatalogTable) -> Void) -> CatalogTable {
    let key = { CatalogColumn(name: $0, type: "int") }
    var table = CatalogTable(
      name: PublishedLake.name, keys: [key("month"), key("day")],
      storage: StorageDescriptor(
        columns: [CatalogColumn(name: "x", type: "int", comment: "theirs")],
        location: "s3://lake/out/fw",
        serde: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"),
      parameters: ["owner": "them"])
    change(&table)
    return table
  }

  private func refusal(_ change: (inout CatalogTable) -> Void) async throws -> String? {
    let lake = try PublishedLake()
    lake.catalog.put(table(change))
    let error = await #expect(throws: PublishError.self) { _ = try await lake.open() }
    #expect(await lake.outputs().holder(of: lake.output) == nil)
    return error?.description
  }

  private func sentence(_ reason: String) -> String {
    "Cannot publish through market.fw: \(reason). The partition stays as it was and stays pending; put the cause "
      + "right, then run again."
  }

  @Test("is refused where readers would not find what is published")
  func refusals() async throws {
    #expect(
      try await refusal { $0.parameters["projection.enabled"] = "TRUE" }
        == sentence(
          "it has partition projection, with which Athena does not look at the locations of partitions (remove its "
            + "property projection.enabled, or name another table)"))
    #expect(
      try await refusal { $0.parameters["table_type"] = "ICEBERG" }
        == sentence("it is a table of Iceberg, whose partitions are not the catalog's"))
    #expect(
      try await refusal { $0.type = "VIRTUAL_VIEW" }
        == sentence("it is a view (name another table)"))
    #expect(
      try await refusal { $0.target = CatalogName(database: "other", table: "fw") }
        == sentence("it is a resource link to other.fw (name that table itself)"))
    #expect(
      try await refusal { $0.storage?.serde = "org.apache.hadoop.hive.serde2.OpenCSVSerde" }
        == sentence(
          "its files are read by org.apache.hadoop.hive.serde2.OpenCSVSerde, and those of an output are Parquet "
            + "(name another table)"))
    #expect(
      try await refusal { $0.keys[1].type = "string" }
        == sentence(
          "its partition keys are (month int, day string), and the output's are (month int, day int) (name another "
            + "table, or say `partitions:` so)"))
    #expect(
      try await refusal { $0.storage?.location = "s3://lake/elsewhere/" }
        == sentence(
          "its location is s3://lake/elsewhere/, and the output's is s3://lake/out/fw (give the output that "
            + "location, or name another table)"))
  }

  @Test("follows the columns of the job, its partitions first, so that no reader finds two types")
  func columns() async throws {
    let lake = try PublishedLake(pageSize: 2)
    lake.catalog.put(table { _ in })
    let lease = try await lake.open()
    try await lease.describe(run: 1, columns: [Column(name: "x", type: "INTEGER")])
    for day in 1...5 { try await lake.publish("v1", day, run: 1, lease) }
    #expect(try await lake.catalog.table(PublishedLake.name).version == "1")

    let wider = [Column(name: "x", type: "BIGINT"), Column(name: "y", type: "VARCHAR")]
    try await lease.describe(run: 2, columns: wider)
    let locations = lake.catalog.locations(of: PublishedLake.name)
    // Killed between the partitions and the table, it is done again.
    lake.objects.faults.fail(at: 0, of: "updateTable")
    await #expect(throws: PublishError.self) { try await lake.publish("v2", 1, run: 2, lease) }
    lake.objects.faults.stop()
    #expect(lake.catalog.locations(of: PublishedLake.name) == locations)
    try await lake.publish("v2", 1, run: 2, lease)
    let changed = try await lake.catalog.table(PublishedLake.name)
    #expect(
      changed.storage?.columns == [
        CatalogColumn(name: "x", type: "bigint", comment: "theirs"),
        CatalogColumn(name: "y", type: "string"),
      ])
    #expect(changed.parameters["owner"] == "them" && changed.version == "2")
    let partitions = lake.catalog.partitions(of: PublishedLake.name)
    #expect(partitions.count == 5)
    for partition in partitions {
      #expect(partition.storage?.columns == changed.storage?.columns)
    }
    #expect((1...5).map { lake.published(lake.day($0)) } == ["v2", "v1", "v1", "v1", "v1"])
  }

  /// An output whose job has got another type of a column.
  private func widened() async throws -> (PublishedLake, any OutputLease, PublishAction) {
    let lake = try PublishedLake()
    lake.catalog.put(table { _ in })
    let lease = try await lake.open()
    try await lease.describe(run: 1, columns: [Column(name: "x", type: "INTEGER")])
    let old = try await lake.publish("v1", 1, run: 1, lease)
    try await lease.describe(run: 2, columns: [Column(name: "x", type: "BIGINT")])
    let staged = try await lake.stage("v2", 1, run: 2, lease)
    return (lake, lease, .publish(staged: staged, replaced: old))
  }

  @Test("is not changed over what somebody else has changed meanwhile, and the next try does both")
  func overtakenColumns() async throws {
    let (lake, lease, action) = try await widened()
    let held = lake.catalog.hold(.updateTable)
    let publish = Task { try await lease.publish(action, run: 2, partition: lake.day(1)) }
    await held.arrived()
    lake.catalog.put(
      table {
        $0.version = "7"
        $0.parameters["owner"] = "others"
      })
    held.proceed()
    let error = await #expect(throws: PublishError.self) { try await publish.value }
    #expect(
      error?.description
        == "market.fw was changed by somebody else during the run. It was left alone and stays pending; run again."
    )
    #expect(try await lake.catalog.table(PublishedLake.name).version == "7")
    #expect(lake.published(lake.day(1)) == "v1")

    try await lease.publish(action, run: 2, partition: lake.day(1))
    let changed = try await lake.catalog.table(PublishedLake.name)
    #expect(changed.version == "8" && changed.parameters["owner"] == "others")
    #expect(changed.storage?.columns.map(\.type) == ["bigint"])
    #expect(lake.published(lake.day(1)) == "v2")
  }

  @Test("has its new columns also where the answer that says so was lost")
  func lostColumns() async throws {
    let (lake, lease, action) = try await widened()
    lake.objects.losses.fail(at: 0, of: "updateTable")
    try await lease.publish(action, run: 2, partition: lake.day(1))
    let changed = try await lake.catalog.table(PublishedLake.name)
    #expect(changed.version == "2" && changed.storage?.columns.map(\.type) == ["bigint"])
    #expect(lake.published(lake.day(1)) == "v2")
    await lease.release()
    await (try await lake.open("two")).release()
  }

  @Test("keeps others out until a change whose answer was lost cannot be carried out any more")
  func doubtfulColumns() async throws {
    let (lake, lease, action) = try await widened()
    lake.catalog.failure = .lost(reason: "the connection was cut")
    lake.objects.faults.fail(at: 0, of: "updateTable")
    await #expect(throws: PublishError.self) {
      try await lease.publish(action, run: 2, partition: lake.day(1))
    }
    lake.objects.faults.stop()
    await lease.release()
    await #expect(throws: PublishError.self) { _ = try await lake.open("two") }
    lake.wait(361)
    await (try await lake.open("two")).release()
  }

  @Test("has no name for a type that only DuckDB has")
  func types() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    try await lease.describe(run: 1, columns: [Column(name: "id", type: "UUID")])
    let error = await #expect(throws: PublishError.self) {
      try await lake.publish("v1", 1, run: 1, lease)
    }
    #expect(
      error?.description
        == "Cannot publish to market.fw: the column id is of type UUID, for which the catalog has no name (cast it in "
        + "the job, or leave out `types: duckdb`). The partition stays as it was and stays pending; put the cause "
        + "right, then run again.")
    #expect(lake.catalog.partitions(of: PublishedLake.name) == [])
  }

  @Test("is not made in a database that is missing")
  func database() async throws {
    let lake = try PublishedLake(database: "other")
    let error = await #expect(throws: PublishError.self) { _ = try await lake.open() }
    #expect(
      error?.description
        == "Cannot look up market.fw: There is no database market in the Glue Data Catalog of this account and region. "
        + "`dovetail catalog` lists them. The partition stays as it was and stays pending; put the cause right, then run "
        + "again.")
  }

  @Test("is not published through without permission, which the sentence names")
  func permission() async throws {
    let lake = try PublishedLake()
    let lease = try await lake.open()
    try await lake.publish("v1", 1, run: 1, lease)
    let staged = try await lake.stage("v2", 1, run: 2, lease)
    lake.catalog.failure = .denied(
      call: "glue:BatchUpdatePartition", resource: "market.fw", reason: "no policy allows it")
    lake.objects.faults.fail(at: 0, of: "updatePartitions")
    let old = try await lease.token(published: lake.day(1))
    let error = await #expect(throws: PublishError.self) {
      try await lease.publish(
        .publish(staged: staged, replaced: old), run: 2, partition: lake.day(1))
    }
    #expect(
      error?.description.exact.contains(text: "do not allow glue:BatchUpdatePartition") == true)
    #expect(lake.published(lake.day(1)) == "v1")
  }
}
