import Foundation
import Testing

/// What a run refuses because the output is not what the ledger says.
@Suite("An output that is not the one the ledger knows")
struct OutputIdentityTests {
  @Test("a published output without any data is refused: an unmounted disk is not a new output")
  func missing() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try bench.remove("out/j")
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(
      refused.stderr == """
        dovetail: Job j: 3 partitions are published by the ledger, but \(bench.path("out/j")) has no \
        data. Mount the disk, or put `location:` back; if it was deleted on purpose, \
        `dovetail run --job j --adopt` rebuilds all of them.

        """)
    let run = try await bench.dovetail("run", "--job", "j", "--adopt")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    #expect(bench.files("out/j").count == 3)
    #expect(try await bench.dovetail("verify").status == 0)
  }

  @Test("other partition keys on the same location are refused: readers would find rows twice")
  func otherKeys() async throws {
    let yaml = Workbench.pair()
    let bench = try Workbench(yaml)
    try await bench.landPair()
    try await bench.run()
    try bench.write(
      "dovetail.yaml",
      yaml.replacing("{ location: out/j }", with: "{ location: out/j, partitions: [K] }"))
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(refused.stderr.contains("holds k=1, but the output has partitions K=<int> now"))
    #expect(bench.files("out/j").count == 3)
  }

  @Test("a folder that no run wrote is left alone, and its partition fails by name")
  func foreignPartition() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    try await bench.landPair(["2", "3"])
    try bench.write("out/j/k=2/foreign.parquet", "not ours")
    let run = try await bench.dovetail("run")
    #expect(run.status == 3)
    #expect(
      run.stderr.contains(
        "\(bench.path("out/j"))/k=2 exists, and no run of this workspace wrote it."))
    #expect(bench.files("out/j/k=2") == ["foreign.parquet"])
    #expect(try await bench.pending() == ["k=2: a: 1 added; b: 1 added"])
    #expect(try await bench.dovetail("run", "--adopt").status == 0)
    #expect(bench.files("out/j/k=2") != ["foreign.parquet"])
  }

  @Test("a changed job changes the columns that a job reading its output sees")
  func chain() async throws {
    func yaml(_ select: String) -> String {
      """
      tables:
        a: { location: data/a, partitions: { k: int } }
        b: { location: data/b, partitions: { k: int } }
      jobs:
        first:
          inputs: [a, b]
          join: { on: [id], select: \(select) }
          output: { location: out/first }
        second:
          inputs: [first]
          sql: SELECT * FROM first
          output: { location: out/second }
      """
    }
    let bench = try Workbench(yaml("[a.id, x]"))
    try await bench.landPair(["1"])
    // Nothing but the first job's run makes the second one's input.
    #expect(try await bench.dovetail("pending", "--job", "second").status == 0)
    try await bench.run()
    try bench.write("dovetail.yaml", yaml("[a.id, x, y]"))
    try await bench.run()
    let columns = try await bench.sql(
      "SELECT column_name FROM (DESCRIBE FROM '\(bench.path("out/second"))/**/*.parquet')")
    #expect(columns.map { $0[0] }.contains("y"))
  }

  @Test("a header without rows does not decide the types of a table's columns")
  func headerOnly() async throws {
    let bench = try Workbench(Workbench.pair(format: "csv"))
    for table in ["a,x", "b,y"] {
      let (name, column) = (table.prefix(1), table.suffix(1))
      try bench.write("data/\(name)/k=1/p.csv", "id,\(column)\n")
      try bench.write("data/\(name)/k=2/p.csv", "id,\(column)\n1,2\n")
    }
    try await bench.run()
    let types = try await bench.sql(
      "SELECT column_type FROM (DESCRIBE FROM '\(bench.path("out/j"))/k=2/*.parquet')")
    #expect(types.allSatisfy { $0[0] == "BIGINT" })
  }

  @Test("a plan that a run would refuse says so")
  func refusedPlan() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try bench.remove("data/a")
    try bench.makeFolder("data/a")
    let plan = try await bench.dovetail("plan")
    #expect(plan.status == 0)
    #expect(plan.stdout.contains("A run is refused: Job j: the input a has no data file left"))
    #expect(try await bench.json("plan").elements[0]["refusal"].text != nil)
  }
}
