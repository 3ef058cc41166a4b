import IncrementalJoin
import TestSupport
import Testing
import Workspace

@Suite("What an operator sets")
struct OperationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A workspace of two tables and a job, with more lines in each part.
  private func load(table: String = "", job: String = "", file: String = "") throws -> Workspace {
    try folder.load(
      """
      tables:
        a: { location: data/a, partitions: [month] \(table) }
        b: { location: data/b, partitions: [month] }
      jobs:
        j:
          inputs: [a, b]
          join: { on: [id] }
          output: { location: out/j }
          \(job)
      \(file)
      """)
  }

  @Test(
    "a wait policy is one word or a mapping",
    arguments: [
      ("", .anyChange),
      ("wait: any", .anyChange),
      ("wait: all", .allInputs(deadline: nil)),
      ("wait: { for: any }", .anyChange),
      ("wait: { for: all }", .allInputs(deadline: nil)),
      ("wait: { for: all, deadline: 36 h }", .allInputs(deadline: .seconds(36 * 3600))),
      ("wait: { deadline: 2d, for: all }", .allInputs(deadline: .seconds(2 * 86_400))),
    ] as [(String, WaitPolicy)])
  func wait(_ text: String, _ expected: WaitPolicy) throws {
    #expect(try load(job: text).job(named: "j").wait == expected)
  }

  @Test(
    "a table has one of three schema policies",
    arguments: [
      ("", .additive), (", schema: strict", .strict), (", schema: additive", .additive),
      (", schema: lenient", .lenient),
    ] as [(String, SchemaPolicy)])
  func schema(_ text: String, _ expected: SchemaPolicy) throws {
    #expect(try load(table: text).table(named: "a").schemaPolicy == expected)
  }

  @Test(
    "rows are recorded on request only",
    arguments: [("", false), (", record_rows: true", true), (", record_rows: false", false)])
  func recordsRows(_ text: String, _ expected: Bool) throws {
    #expect(try load(table: text).table(named: "a").recordsRows == expected)
  }

  @Test("a job's key and the ceilings of its runs are read")
  func keyAndLimits() throws {
    let job = try load(
      job: """
        key: [id, Leg]
            limits: { kept_runs: 5, kept_for: 30 d, kept_bytes: 10 GB, max_partitions: 1, max_bytes: 200 GB }
        """
    ).job(named: "j")
    #expect(job.key == ["id", "Leg"])
    #expect(
      job.limits
        == JobLimits(
          removals: 0.25, keptRuns: 5, keptAge: .seconds(30 * 86_400), keptBytes: 10_000_000_000,
          memory: nil, maxPartitions: 1, maxBytes: 200_000_000_000))
  }

  @Test(
    "a command may be called when a run is over",
    arguments: [
      ("", nil), ("hooks:", nil), ("hooks: {}", nil),
      (
        "hooks: { on_run_finished: './notify.sh --to \"ops, data\"' }",
        "./notify.sh --to \"ops, data\""
      ),
    ])
  func hooks(_ text: String, _ expected: String?) throws {
    #expect(try load(file: text).hooks == Hooks(runFinished: expected))
  }

  @Test("a table's location is also kept as the file spells it")
  func declaredLocation() throws {
    let workspace = try folder.load(
      """
      tables:
        a: { location: ./data//a/../b/, partitions: [m] }
        b: { location: /srv/b/, partitions: [m] }
      """)
    #expect(workspace.tables.map(\.declaredLocation) == ["./data//a/../b/", "/srv/b/"])
    #expect(workspace.tables.map(\.location) == ["\(folder.path)/data/b", "/srv/b"])
  }

  @Test("a table at a job's output location keeps its own declaration")
  func tableAtOutput() throws {
    let workspace = try folder.load(
      """
      tables:
        a: { location: data/a, partitions: [m] }
        x: { location: out/first, partitions: [m], schema: strict, record_rows: true }
      jobs:
        first: { inputs: [a], sql: SELECT 1, output: { location: out/first } }
        by_table: { inputs: [x], sql: SELECT 1, output: { location: out/t } }
        by_job: { inputs: [first], sql: SELECT 1, output: { location: out/j } }
      """)
    let declared = try workspace.job(named: "by_table").inputs[0].table
    #expect(declared.schemaPolicy == .strict)
    #expect(declared.recordsRows)
    #expect(declared.declaredLocation == "out/first")
    let output = try workspace.job(named: "by_job").inputs[0].table
    #expect(output.schemaPolicy == .lenient)
    #expect(!output.recordsRows)
  }

  @Test(
    "none of it makes anything pending",
    arguments: [
      (", schema: lenient", "", ""),
      (", record_rows: true", "", ""),
      (", optional: [price]", "", ""),
      ("", "wait: { for: all, deadline: 1d }", ""),
      ("", "key: [id]", ""),
      (
        "",
        "limits: { kept_runs: 9, kept_for: 1d, kept_bytes: 1MB, max_partitions: 9, max_bytes: 1MB }",
        ""
      ),
      ("", "", "hooks: { on_run_finished: ./notify.sh }"),
    ])
  func fingerprint(_ table: String, _ job: String, _ file: String) throws {
    let plain = try load()
    let changed = try load(table: table, job: job, file: file)
    #expect(changed != plain)
    #expect(try changed.job(named: "j").fingerprint == plain.job(named: "j").fingerprint)
  }
}
