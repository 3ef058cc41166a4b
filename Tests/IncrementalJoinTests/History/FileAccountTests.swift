import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite struct FileAccountTests {
  private var jobs: [JobDefinition]
  private var ledger = ToldLedger(ledger: FakeLedger())

  init() {
    func table(_ name: String) -> TableDefinition {
      TableDefinition(
        name: name, location: "/warehouse/data/\(name)", format: .csv,
        keys: [PartitionKey(name: "day", type: .int)], declaredLocation: "data/\(name)")
    }
    func job(_ name: String, _ inputs: [String]) -> JobDefinition {
      JobDefinition(
        name: name, inputs: inputs.map { JobInput(name: $0, table: table($0)) },
        transformation: .join(type: .inner, on: ["hour"], select: nil),
        output: OutputDefinition(
          location: "/warehouse/out/\(name)", keys: [PartitionKey(name: "day", type: .int)]))
    }
    jobs = [job("delays", ["flights", "weather"]), job("storms", ["weather"])]
    let file = DataFile(
      path: "day=1/a.csv", size: 100, modified: 1_000_000_000_000_000_000, inode: 1, changed: 1)
    func use(_ input: String, run: RunID, isPublished: Bool) -> FileUse {
      FileUse(partition: "day=1", input: input, run: run, file: file, isPublished: isPublished)
    }
    ledger.readers["delays"] = [
      "day=1/a.csv": [
        use("weather", run: 3, isPublished: true), use("flights", run: 2, isPublished: false),
        use("weather", run: 1, isPublished: false),
      ]
    ]
  }

  private func read(_ path: String) throws -> [FileAccount] {
    try FileAccount.read(path, in: "/warehouse", jobs: jobs, ledger: ledger)
  }

  @Test(
    "a file is found by its full path and by that in the workspace",
    arguments: [
      "/warehouse/data/weather/day=1/a.csv", "data/weather/day=1/a.csv",
      "./data//weather/day=1/./a.csv", "out/../data/weather/day=1/a.csv",
    ])
  func found(path: String) throws {
    let accounts = try read(path)
    #expect(
      accounts.map { "\($0.job) \($0.input) \($0.table) \($0.file)" } == [
        "delays weather weather day=1/a.csv", "storms weather weather day=1/a.csv",
      ])
    #expect(accounts.map { $0.uses.map(\.run) } == [[3, 1], []])
  }

  @Test("a path in a table's location finds the tables in which somebody read it")
  func inTable() throws {
    #expect(
      try read("day=1/a.csv").map { "\($0.job) \($0.input)" } == [
        "delays flights", "delays weather",
      ])
    #expect(try read("day=2/a.csv").count == 3)
  }

  @Test("the builds are listed with the file as it was read")
  func sentences() throws {
    let accounts = try read("data/weather/day=1/a.csv")
    #expect(
      accounts.map(\.description) == [
        """
        day=1/a.csv of table weather, input weather of job delays
          day=1: read by run 3 (100 bytes of 2001-09-09 01:46:40 UTC), published now
          day=1: read by run 1 (100 bytes of 2001-09-09 01:46:40 UTC), replaced since
        """,
        "day=1/a.csv of table weather, input weather of job storms: no build has read it. It is "
          + "pending or held, it changed no rows (compacted, or out of reach), or it is not a data file of the "
          + "table; `dovetail pending --job storms` lists what is pending.",
      ])
  }

  @Test(
    "a path in no input's table is refused with the tables that there are",
    arguments: [
      "/elsewhere/day=1/a.csv", "data/weather2/day=1/a.csv", "day=x/a.csv", "data/weather",
    ])
  func nowhere(path: String) throws {
    #expect(
      throws: FileAccountError.noTable(path: path, locations: ["data/flights", "data/weather"])
    ) { try read(path) }
    #expect(
      FileAccountError.noTable(path: path, locations: ["data/flights", "data/weather"]).description
        == "\(path) is in no table that a job reads. The inputs' tables are in data/flights, "
        + "data/weather. Write the path in full, or relative to the workspace or to the table's "
        + "location.")
    #expect(
      FileAccountError.noTable(path: "x", locations: []).description
        == "x is in no table that a job reads. No job reads a table. Write the path in full, or "
        + "relative to the workspace or to the table's location.")
  }

  @Test("a published file is said to be one")
  func published() throws {
    let error = FileAccountError.published(path: "out/storms/day=1/p.parquet", job: "storms")
    #expect(throws: error) { try read("out/storms/day=1/p.parquet") }
    #expect(
      error.description
        == "out/storms/day=1/p.parquet is in the output of job storms, which no job reads. "
        + "`dovetail why --job storms` with its partition says what it was built from.")
  }
}
