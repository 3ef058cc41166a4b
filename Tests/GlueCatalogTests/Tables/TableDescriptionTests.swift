import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

/// What is read of a table of the catalog, and what is refused.
@Suite("Descriptions of tables")
struct TableDescriptionTests {
  private func table(
    _ columns: [(String, String)] = [("id", "bigint")], keys: [(String, String)] = [],
    serde: String? = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
    _ serdeParameters: [String: String] = ["field.delim": ","], parameters: [String: String] = [:],
    type: String? = "EXTERNAL_TABLE", location: String? = "s3://lake/t/", isGoverned: Bool = false
  ) -> CatalogTable {
    CatalogTable(
      name: CatalogName(database: "db", table: "t"), type: type,
      keys: keys.map { CatalogColumn(name: $0.0, type: $0.1) },
      storage: StorageDescriptor(
        columns: columns.map { CatalogColumn(name: $0.0, type: $0.1) }, location: location,
        serde: serde, serdeParameters: serdeParameters),
      parameters: parameters, isGoverned: isGoverned)
  }

  private static let parquet = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"

  @Test func `types of Hive become those of columns and keys`() throws {
    let description = try TableDescription(
      table(
        [
          ("a", "int"), ("b", "decimal"), ("c", "decimal(12,2)"), ("d", "varchar(10)"),
          ("e", "binary"), ("f", "array<struct<x:int,y z:map<string,decimal(5,1)>>>"),
        ],
        keys: [
          ("s", "string"), ("i", "smallint"), ("l", "long"), ("d", "date"), ("t", "timestamp"),
          ("m", "decimal(5,2)"), ("f", "boolean"),
        ], serde: Self.parquet, [:]))
    #expect(
      description.columns?.map(\.type) == [
        "INTEGER", "DECIMAL(10,0)", "DECIMAL(12,2)", "VARCHAR", "BLOB",
        "STRUCT(\"x\" INTEGER, \"y z\" MAP(VARCHAR, DECIMAL(5,1)))[]",
      ])
    #expect(
      description.keys.map(\.type) == [
        .string, .int, .bigint, .date, .timestamp, .decimal(precision: 5, scale: 2), .boolean,
      ])
    #expect(description.location == Location(scheme: "s3", root: "lake/t"))
  }

  @Test func `Parquet files tell an instant from a clock's time, and the catalog does not`() throws
  {
    #expect(
      try TableDescription(table([("ts", "timestamp")], serde: Self.parquet, [:])).columns == nil)
    #expect(
      try TableDescription(table([("ts", "timestamp")])).columns == [
        Column(name: "ts", type: "TIMESTAMP")
      ])
  }

  @Test func `CSV is read as its SerDe writes it`() throws {
    let simple = try TableDescription(
      table(["id"].map { ($0, "int") }, parameters: ["skip.header.line.count": "1"]))
    #expect(
      simple.csv
        == CSVDialect(
          delimiter: ",", quote: nil, escape: nil, hasHeader: true, null: ["\\N"]))
    let plain = try TableDescription(table([("id", "int")], [:]))
    #expect(plain.csv?.delimiter == "\u{1}" && plain.csv?.hasHeader == false)
    let open = try TableDescription(
      table(
        [("id", "int"), ("at", "timestamp")],
        serde: "org.apache.hadoop.hive.serde2.OpenCSVSerde", ["separatorChar": ";"]))
    #expect(open.columns?.map(\.type) == ["VARCHAR", "VARCHAR"])
    #expect(
      open.csv
        == CSVDialect(delimiter: ";", quote: "\"", escape: "\\", hasHeader: false, null: []))
    let json = try TableDescription(table(serde: "org.openx.data.jsonserde.JsonSerDe", [:]))
    #expect(json.format == .json && json.csv == nil)
    #expect(
      try TableDescription(table(serde: nil, parameters: ["classification": "parquet"])).format
        == .parquet)
  }

  @Test func `a table that would be read wrong is refused by name`() throws {
    for (table, reason) in [
      (table(type: "VIRTUAL_VIEW"), "is a view."),
      (table(parameters: ["table_type": "ICEBERG"]), "is an Iceberg table:"),
      (table(parameters: ["spark.sql.sources.provider": "delta"]), "is a Delta table:"),
      (table(serde: "org.apache.hudi.hadoop.HoodieParquetInputFormat"), "is a Hudi table:"),
      (table(parameters: ["projection.enabled": "TRUE"]), "has partition projection:"),
      (table(isGoverned: true), "is governed by Lake Formation,"),
      (table(location: nil), "has no location."), (table(location: "x"), "has the location \"x\","),
      (table(location: "hdfs://x/y"), "is in hdfs://x/y:"),
      (
        table(serde: "org.apache.hadoop.hive.ql.io.orc.OrcSerde"),
        "has files of a format that is not read: OrcSerde."
      ),
      (
        table(serde: nil), "has files of a format that is not read: the catalog names no SerDe."
      ),
      (
        table(parameters: ["skip.header.line.count": "2"]),
        "has skip.header.line.count = 2, which Dovetail does not read."
      ),
      (
        table([("id", "int")], serde: "x.LazySimpleSerDe", ["escape.delim": "\\"]),
        "has escape.delim = \\, which Dovetail does not read."
      ),
      (table(keys: [("k", "double")]), "has the partition key k of the type double,"),
      (table([("u", "uniontype<int>")]), "has the column u of the type uniontype<int>,"),
      (table([("l", "array<int>")]), "has the column l of the type array<int>,"),
      (table([]), "has no columns."),
    ] {
      let refusal = #expect(throws: TableRefusal.self) { try TableDescription(table) }
      let sentence = refusal?.description ?? ""
      #expect(sentence.hasPrefix("The table db.t of the Glue Data Catalog \(reason)"))
    }
  }

  @Test func `a resource link leads to its table, and no further`() async throws {
    let catalog = MemoryCatalog(databases: ["db"])
    catalog.put(table())
    let name = CatalogName(database: "db", table: "link")
    let target = CatalogName(database: "db", table: "t")
    catalog.put(CatalogTable(name: name, keys: [], storage: nil, target: target))
    #expect(try await catalog.description(of: name).get().name == target)
    let second = CatalogName(database: "db", table: "link2")
    catalog.put(CatalogTable(name: second, keys: [], storage: nil, target: name))
    let refused = try await catalog.description(of: second)
    #expect(refused == .failure(TableRefusal(second, .linkToLink)))
  }
}
