import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing
import Workspace

/// Two tables that every job of these tests can join.
private let tables = """
  tables:
    a: { location: data/a, partitions: { month: int, day: int } }
    b: { location: data/b, partitions: { month: int, day: int } }

  """

@Suite("A workspace")
struct WorkspaceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("every key is read")
  func everyKey() throws {
    let workspace = try folder.load(
      """
      version: 1
      tables:
        flights:
          location: data/flights
          format: csv
          partitions: { month: int, "day": "DECIMAL(5, 2)" }
          columns: { origin: VARCHAR, price: "DECIMAL(18,3)" }
          min_age: 15m
          schema: strict
          record_rows: true
          csv: { delimiter: ";" }
          optional: [price]
        weather: { location: /srv/weather, format: json, partitions: [region] }
      jobs:
        copies:
          inputs: [flights, flights_too]
          join: { type: full, on: [origin], select: [flights.*, flights_too.price] }
          output: { location: out/copies, format: parquet, partitions: [Day, month], types: duckdb }
          wait: { for: all, deadline: 36 h }
          key: [origin, leg]
          limits:
            { removals: 0.5, kept_runs: 0, kept_for: 30 d, kept_bytes: 10 GB, memory: 4GiB,
              max_partitions: 500, max_bytes: 200 GB }
        flights_too:
          inputs: { f: flights }
          sql: |
            SELECT * FROM f
          output: { location: out/too }
      hooks: { on_run_finished: 'notify "$USER"' }
      """)

    let keys = [
      PartitionKey(name: "month", type: .int),
      PartitionKey(name: "day", type: .decimal(precision: 5, scale: 2)),
    ]
    let flights = TableDefinition(
      name: "flights", location: "\(folder.path)/data/flights", format: .csv, keys: keys,
      columns: [
        Column(name: "origin", type: "VARCHAR"), Column(name: "price", type: "DECIMAL(18,3)"),
      ],
      minimumAge: .seconds(900), schemaPolicy: .strict, recordsRows: true,
      csv: CSVDialect(delimiter: ";"), optional: ["price"], declaredLocation: "data/flights")
    let weather = TableDefinition(
      name: "weather", location: "/srv/weather", format: .json,
      keys: [PartitionKey(name: "region", type: .string)])
    #expect(workspace.tables == [flights, weather])

    let too = JobDefinition(
      name: "flights_too", inputs: [JobInput(name: "f", table: flights)],
      transformation: .sql("SELECT * FROM f\n"),
      output: OutputDefinition(
        location: "\(folder.path)/out/too", keys: keys,
        place: OutputPlace(declared: "out/too", resolved: "out/too")))
    let copies = JobDefinition(
      name: "copies",
      inputs: [
        JobInput(name: "flights", table: flights),
        JobInput(name: "flights_too", table: too.outputTable),
      ],
      transformation: .join(
        type: .full, on: ["origin"], select: ["flights.*", "flights_too.price"]),
      output: OutputDefinition(
        location: "\(folder.path)/out/copies",
        keys: [
          PartitionKey(name: "Day", type: .decimal(precision: 5, scale: 2)),
          PartitionKey(name: "month", type: .int),
        ], types: .duckdb, place: OutputPlace(declared: "out/copies", resolved: "out/copies")),
      limits: JobLimits(
        removals: 0.5, keptRuns: 0, keptAge: .seconds(30 * 86_400), keptBytes: 10_000_000_000,
        memory: 4 << 30, maxPartitions: 500, maxBytes: 200_000_000_000),
      wait: .allInputs(deadline: .seconds(36 * 3600)), key: ["origin", "leg"])
    #expect(workspace.jobs == [too, copies])
    #expect(workspace.hooks == Hooks(runFinished: "notify \"$USER\""))
    #expect(workspace.folder == folder.path)
    #expect(workspace.ledgerPath == "\(folder.path)/.dovetail/ledger.sqlite")
  }

  @Test("what is left out has the documented defaults")
  func defaults() throws {
    let workspace = try folder.load(
      tables + """
        jobs:
          j: { inputs: [a, b], join: { on: [id] }, output: { location: out/j } }
        """)
    let table = try #require(workspace.tables.first)
    #expect(table.format == .parquet)
    #expect(table.columns == nil)
    #expect(table.minimumAge == .zero)
    #expect(table.schemaPolicy == .additive)
    #expect(!table.recordsRows)
    #expect(table.csv == CSVDialect())
    #expect(table.optional.isEmpty)
    let job = try workspace.job(named: nil)
    #expect(job.transformation == .join(type: .inner, on: ["id"], select: nil))
    #expect(job.output.keys == table.keys)
    #expect(job.output.types == nil)
    #expect(
      job.limits
        == JobLimits(
          removals: 0.25, keptRuns: 3, keptAge: nil, keptBytes: nil, memory: nil,
          maxPartitions: nil, maxBytes: nil))
    #expect(job.wait == .anyChange)
    #expect(job.key.isEmpty)
    #expect(workspace.hooks == Hooks(runFinished: nil))
  }

  @Test("a workspace may have tables and no jobs", arguments: ["", "jobs:\n", "jobs: {}\n"])
  func noJobs(_ jobs: String) throws {
    #expect(try folder.load(tables + jobs).jobs.isEmpty)
  }

  @Test("anchors, a byte order mark and Windows line ends are read")
  func otherSpellings() throws {
    let text = """
      tables:
        a: { location: data/a, partitions: &keys { month: int } }
        b: { location: data/b, partitions: *keys }
      """
    let workspace = try folder.load("\u{FEFF}" + text.replacing("\n", with: "\r\n"))
    #expect(workspace.tables.map(\.keys.count) == [1, 1])
  }

  @Test("jobs stand after those that they read, otherwise in the order of the file")
  func order() throws {
    let workspace = try folder.load(
      tables + """
          out_of_x: { location: ./out/x, partitions: { month: int, day: int } }
        jobs:
          last: { inputs: [a, by_table, by_name], sql: SELECT 1, output: { location: out/l } }
          by_table: { inputs: { x: out_of_x }, sql: SELECT 1, output: { location: out/t } }
          free: { inputs: [a], sql: SELECT 1, output: { location: out/f } }
          by_name: { inputs: [x], sql: SELECT 1, output: { location: out/n } }
          x: { inputs: [a], sql: SELECT 1, output: { location: out/x } }
        """)
    #expect(workspace.jobs.map(\.name) == ["free", "x", "by_table", "by_name", "last"])
    #expect(try workspace.job(named: "by_table").inputs.map(\.table.name) == ["out_of_x"])
  }

  @Test("locations are compared after following links, and kept as they were declared")
  func links() throws {
    try folder.makeFolder("real/a")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: "real/a")
    let text = """
      tables:
        a: { location: link, partitions: [m] }
      jobs:
        j: { inputs: [a], sql: SELECT 1, output: { location: real/a/../a/out } }
      """
    #expect(
      try folder.complaint(about: text) == """
        dovetail.yaml:4:56: error: the output location is inside the location of table a (line 2)
            j: { inputs: [a], sql: SELECT 1, output: { location: real/a/../a/out } }
                                                                 ^
          hint: choose a folder outside: a job replaces what is in its output.
        """)
    // `link/..` is the folder `real`, so shortening it would name another folder.
    let workspace = try folder.load(
      """
      tables:
        a: { location: link/../b, partitions: [m] }
        b: { location: data/./x//../b, partitions: [m] }
      """)
    #expect(
      workspace.tables.map(\.location) == [
        "\(folder.path)/link/../b", "\(folder.path)/data/b",
      ])
  }

  @Test("at most twenty mistakes are shown, the first ones of the file")
  func manyMistakes() throws {
    let lines = (1...25).map { "  t\($0): { location: data/t\($0), partitions: [m], key: 1 }" }
    let complaint = try folder.complaint(about: "tables:\n\(lines.joined(separator: "\n"))\n")
    #expect(complaint.hasPrefix("dovetail.yaml:2:"))
    #expect(complaint.contains("dovetail.yaml:21:"))
    #expect(!complaint.contains("dovetail.yaml:22:"))
    #expect(complaint.hasSuffix("\n... and 5 more. Correct these first."))
  }

  @Test("a file that is not UTF-8 is refused at its place")
  func notUTF8() throws {
    try Data("tables:\n  caf\u{E9}: {}\n".unicodeScalars.map { UInt8($0.value) })
      .write(to: URL(fileURLWithPath: "\(folder.path)/dovetail.yaml"))
    let error = #expect(throws: WorkspaceError.self) { try Workspace.load(from: folder.path) }
    #expect(
      error?.description.replacing("\(folder.path)/", with: "") == """
        dovetail.yaml:2:6: error: the file is not UTF-8 text
            caf\u{FFFD}: {}
               ^
          hint: save the file as UTF-8.
        """)
  }

  /// The YAML of the documentation's page, in its order.
  private func documentedExamples() throws -> [String] {
    let page = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .appending(path: "../../../docs/guide/dovetail-yaml.md").standardized
    let text = try String(contentsOf: page, encoding: .utf8)
    return text.matches(of: /```yaml\n((?s).*?)```/).map { String($0.1) }
  }

  @Test("the small examples of the documentation are valid")
  func smallExamples() throws {
    let examples = try documentedExamples().dropFirst()
    #expect(examples.count == 14)
    let tables = """
      tables:
        flights: { location: data/flights, partitions: { month: int, day: int } }
        weather: { location: data/weather, partitions: { month: int, day: int } }

      """
    for example in examples {
      let text = example.hasPrefix("tables:") ? example : tables + example
      #expect(try folder.complaint(about: text).isEmpty, "\(example)")
    }
  }

  @Test("the full example of the documentation is valid")
  func fullExample() throws {
    let workspace = try folder.load(try #require(try documentedExamples().first))
    #expect(workspace.tables.map(\.name) == ["flights", "weather"])
    #expect(
      workspace.tables[1].csv
        == CSVDialect(
          delimiter: ";", null: ["", "NA"], dateFormat: "%d/%m/%Y",
          timestampFormat: "%d/%m/%Y %H:%M:%S", decimal: ",", thousands: ".",
          true: ["yes", "1"], false: ["no", "0"]))
    #expect(workspace.tables[1].optional == ["wind_gust"])
    #expect(workspace.jobs.map(\.name) == ["flights_weather", "delays"])
    #expect(workspace.jobs[0].output.types == .spark)
    let job = workspace.jobs[0]
    #expect(job.limits.memory == 4 << 30)
    #expect(job.limits.keptAge == .seconds(30 * 86_400))
    #expect(job.wait == .allInputs(deadline: .seconds(36 * 3600)))
    #expect(job.key == ["flight", "sched_dep_time"])
    #expect(workspace.hooks.runFinished == "./notify.sh")
  }
}
