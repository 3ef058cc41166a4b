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

  @Test func `a job's output is a table of the catalog with a time and a watch of its own`() throws
  {
    let folder = try TemporaryFolder()
    let yaml = """
      tables:
        a: { location: "s3://lake/a", partitions: { day: date }, time: ts }
        b: { location: "s3://lake/b", partitions: { day: date } }
        tca: { glue: Market.TCA, time: ts, watch: 90d }
        twice: { glue: market.twice, watch: "day >= date '2026-01-01'", schema: strict }
      jobs:
        j:
          inputs: [a, b]
          join: { on: [id] }
          output: { location: "s3://lake/tca", glue: market.tca }
        k:
          inputs: [tca, a]
          join: { on: [id] }
          output: { location: "s3://lake/twice", glue: market.twice }
        l:
          inputs: [twice, tca]
          join: { on: [id] }
          output: { location: "s3://lake/l" }
      """
    try folder.write(yaml)
    let file = try WorkspaceFile(in: folder.path)
    // Whose table is not there before the first run is not asked for.
    #expect(file.catalogNames == [])
    let workspace = try file.workspace()
    #expect(workspace.jobs.map(\.name) == ["j", "k", "l"])
    let tca = workspace.jobs[1].inputs[0].table
    #expect(tca.name == "tca" && tca.catalog == CatalogName(database: "market", table: "tca"))
    #expect(tca.location == Location(scheme: "s3", root: "lake/tca") && tca.format == .parquet)
    #expect(tca.keys == [PartitionKey(name: "day", type: .date)])
    #expect(tca.time?.column == "ts" && tca.watch == .lately(.seconds(90 * 86_400)))
    #expect(tca.isOutput && tca.schemaPolicy == .lenient)
    let twice = workspace.jobs[2].inputs[0].table
    guard case .selected? = twice.watch else {
      Issue.record("\(String(describing: twice.watch))")
      return
    }
    #expect(twice.schemaPolicy == .strict && twice.catalog?.table == "twice")
    #expect(workspace.tables.contains(tca) && workspace.tables.contains(twice))
    // What is wrong there has its place.
    try folder.write(yaml.replacing("watch: 90d", with: "watch: \"hour = 1\""))
    let error = #expect(throws: WorkspaceError.self) {
      try WorkspaceFile(in: folder.path).workspace()
    }
    #expect(error?.description.contains("dovetail.yaml:4:") == true)
  }

  @Test func `a table at the folders of an output that lies in the catalog is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: "s3://lake/a", partitions: { day: date } }
          b: { location: "s3://lake/b", partitions: { day: date } }
          tca: { location: "s3://lake/tca", partitions: { day: date } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: "s3://lake/tca", glue: market.tca }
        """,
      """
      dovetail.yaml:4:20: error: the table tca would find nothing at the location of the output of job j: the Glue Data \
      Catalog says where the files of market.tca are
          tca: { location: "s3://lake/tca", partitions: { day: date } }
                           ^
        hint: write glue: market.tca instead of location:, partitions: and format:.
      """)
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
        "location: cannot be given together with glue:, because the catalog defines it"))
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
