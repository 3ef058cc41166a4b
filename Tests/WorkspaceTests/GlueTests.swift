import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing
import Workspace

/// Tables that are read through the Glue Data Catalog.
struct GlueTests {
  private static let name = CatalogName(database: "market", table: "quotes")

  private func workspace(
    _ yaml: String, _ answer: WorkspaceFile.Answer = .table(Self.quotes)
  ) throws -> Workspace {
    let folder = try TemporaryFolder()
    try folder.write(yaml)
    let file = try WorkspaceFile(in: folder.path)
    #expect(file.catalogNames.isSubset(of: [Self.name]))
    return try file.workspace([Self.name: answer])
  }

  private static let quotes = TableDescription(
    name: name, location: Location(scheme: "s3", root: "lake/quotes"), format: .csv,
    keys: [PartitionKey(name: "day", type: .date)],
    columns: [Column(name: "ts", type: "TIMESTAMP"), Column(name: "bid", type: "DOUBLE")],
    csv: CSVDialect(delimiter: "|", hasHeader: false))

  @Test func `keys, types, format, columns and place are the catalog's, the rest the file's`()
    throws
  {
    let table = try #require(
      try workspace(
        "tables: { quotes: { glue: Market.quotes, time: ts, watch: 90d, schema: lenient } }"
      ).tables.first)
    #expect(table.catalog == Self.name)
    #expect(
      table.location == Self.quotes.location && table.declaredLocation == "glue:market.quotes")
    #expect(table.format == .csv && table.keys == Self.quotes.keys)
    #expect(table.columns == Self.quotes.columns && table.csv == Self.quotes.csv)
    #expect(table.time?.column == "ts" && table.watch == .lately(.seconds(90 * 86_400)))
    #expect(table.schemaPolicy == .lenient)
    let own = try workspace(
      "tables: { quotes: { glue: market.quotes, columns: { bid: INTEGER }, csv: { delimiter: ';' } } }"
    )
    #expect(own.tables.first?.columns == [Column(name: "bid", type: "INTEGER")])
    #expect(own.tables.first?.csv.delimiter == ";")
  }

  @Test func `the catalog's place is read without a look at it`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      glue: { endpoint: "http://127.0.0.1:5000", region: eu-west-1, profile: etl, catalog: "123456789012" }
      tables: { quotes: { glue: market.quotes }, a: { location: a } }
      """)
    let file = try WorkspaceFile(in: folder.path)
    #expect(file.catalogNames == [Self.name])
    #expect(file.glue.endpoint == "http://127.0.0.1:5000" && file.glue.region == "eu-west-1")
    #expect(file.glue.profile == "etl" && file.glue.catalog == "123456789012")
  }

  @Test func `what is wrong is told with its place`() throws {
    func first(_ yaml: String, _ answer: WorkspaceFile.Answer = .table(Self.quotes)) throws
      -> String
    {
      let folder = try TemporaryFolder()
      try folder.write(yaml)
      let file = try WorkspaceFile(in: folder.path)
      let error = #expect(throws: WorkspaceError.self) {
        try file.workspace([Self.name: answer])
      }
      return (error?.description ?? "").replacing("\(folder.path)/", with: "")
    }
    #expect(
      try first("tables: { q: { glue: quotes } }").contains(
        "dovetail.yaml:1:22: error: glue: \"quotes\" does not name a database and a table"))
    #expect(
      try first("tables: { q: { glue: market.quotes, location: x } }").contains(
        "location: stands beside glue:, and the catalog says it"))
    #expect(
      try first(
        "tables: { q: { glue: market.quotes } }",
        .refused("The table market.quotes of the Glue Data Catalog is a view. Name the tables.")
      ).contains(
        "dovetail.yaml:1:22: error: The table market.quotes of the Glue Data Catalog is a view. Name the tables\n"
      ))
    #expect(
      try first("glue: { catalog: mine }\ntables: { a: { location: a } }").contains(
        "catalog: \"mine\" is not the number of an account"))
    #expect(
      try first("glue: { secret_access_key: x }\ntables: { a: { location: a } }").contains(
        "credentials do not belong into this file"))
    #expect(
      try first("tables: { q: { glue: market.quotes, watch: \"hour = 1\" } }").contains("watch:"))
  }
}
