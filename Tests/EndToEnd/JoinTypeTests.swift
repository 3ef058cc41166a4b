import Testing

/// Columns to join on whose types do not fit.
@Suite("Join columns of two types")
struct JoinTypeTests {
  private func complaint(_ bench: Workbench) async throws -> String {
    let plan = try await bench.dovetail("plan")
    let run = try await bench.dovetail("run")
    for answer in [plan, run] {
      #expect(answer.status == 2)
      #expect(answer.stdout == "")
    }
    #expect(plan.stderr == run.stderr)
    #expect(!bench.exists("out/j"))
    #expect(try await bench.json("history").elements.isEmpty)
    return plan.stderr
  }

  @Test("text and numbers are refused before anything is staged, and the hint leads to a join")
  func textAndNumber() async throws {
    let yaml = Workbench.pair(format: "csv")
    let bench = try Workbench(yaml)
    try bench.write("data/a/k=1/p.csv", "id,x\n01,1\n02,2\n")
    try bench.write("data/b/k=1/p.csv", "id,y\n1,10\n2,20\n")
    #expect(
      try await complaint(bench) == """
        dovetail: Job j does not fit its inputs: The join column "id" is VARCHAR in the input a (guessed \
        from \(bench.path("data/a/k=1/p.csv"))) and BIGINT in the input b (guessed from \
        \(bench.path("data/b/k=1/p.csv"))). Comparing the two takes a conversion, and which rows meet \
        depends on it, so none is chosen for you. Declare one type for it under `columns:` of both tables (`dovetail \
        tables --columns` prints what to write), or write `sql:` instead of `join:` and compare with a \
        cast, as in a.id = CAST(b.id AS VARCHAR).

        """)
    try bench.write(
      "dovetail.yaml",
      yaml.replacing(
        "location: data/a,", with: "location: data/a, columns: { id: BIGINT, x: BIGINT },"))
    #expect(try await bench.run()[0]["rows"].integer == 2)
  }

  @Test(
    "files that say their types are named, whichever kind of join it is",
    arguments: ["inner", "left", "right", "full"])
  func dates(_ join: String) async throws {
    let bench = try Workbench(Workbench.pair(join: join))
    try await bench.land("a/k=1", "SELECT DATE '2024-01-01' AS id, 1 AS x")
    try await bench.land("b/k=1", "SELECT TIMESTAMP '2024-01-01 00:00:00' AS id, 2 AS y")
    #expect(
      try await complaint(bench) == """
        dovetail: Job j does not fit its inputs: The join column "id" is DATE in the input a (in \
        \(bench.path("data/a/k=1/part.parquet"))) and TIMESTAMP in the input b (in \
        \(bench.path("data/b/k=1/part.parquet"))). Comparing the two takes a conversion, and which rows meet \
        depends on it, so none is chosen for you. The files say their types: let the writer of one of them \
        change it, or write `sql:` instead of `join:` and compare with a cast, as in a.id = CAST(b.id AS \
        DATE).

        """)
    try bench.write(
      "dovetail.yaml",
      Workbench.pair().replacing(
        "join: { type: inner, on: [id] }",
        with: "sql: SELECT a.id, x, y FROM a JOIN b ON a.id = CAST(b.id AS DATE)"))
    #expect(try await bench.run()[0]["rows"].integer == 1)
  }

  @Test("what has no value yet fits everything, also in a full join", arguments: ["inner", "full"])
  func noValue(_ join: String) async throws {
    let bench = try Workbench(Workbench.pair(join: join, format: "csv"))
    try bench.write("data/a/k=1/p.csv", "id,x\n,1\n")
    try bench.write("data/b/k=1/p.csv", "id,y\n1,10\n")
    #expect(try await bench.run()[0]["rows"].integer == (join == "full" ? 2 : 0))
    // The type is pinned by the first value.
    try bench.write("data/a/k=2/p.csv", "id,x\n1,1\n")
    try bench.write("data/b/k=2/p.csv", "id,y\n1,10\n")
    #expect(try await bench.run()[0]["rows"].integer == 1)
  }

  @Test("numbers without rounding are joined by value")
  func numbers() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.land("a/k=1", "SELECT unnest([1, 9007199254740993])::BIGINT AS id, 1 AS x")
    try await bench.land(
      "b/k=1", "SELECT unnest([1.00, 9007199254740992.00])::DECIMAL(20,2) AS id, 2 AS y")
    #expect(try await bench.run()[0]["rows"].integer == 1)
    let rounded = try Workbench(Workbench.pair())
    try await rounded.land("a/k=1", "SELECT 9007199254740993::BIGINT AS id, 1 AS x")
    try await rounded.land("b/k=1", "SELECT 9007199254740992::DOUBLE AS id, 2 AS y")
    #expect(try await complaint(rounded).contains("BIGINT in the input a"))
  }
}
