import Foundation
import Testing

@Suite("Bad input")
struct BadInputTests {
  @Test("data in a folder of the wrong type, or outside every folder: the rest commits, status 3")
  func misplaced() async throws {
    for (place, sentence) in [
      (
        "a/k=two",
        "k=two: \"two\" is not a value of the partition key k, which is declared as int; the folder "
          + "is not read. Rename it, or correct the key's type."
      ),
      (
        "a",
        "part.parquet is outside the partition folders k=<int>/ and is not read. "
          + "Move it into its partition, or correct `partitions:` of the table."
      ),
      (
        "a/l=1",
        "l=1 is not a folder k=<int> and is not read. "
          + "Rename it, or correct `partitions:` of the table."
      ),
      (
        "a/k=1/l=1",
        "k=1/l=1 is a folder below the last partition key and is not read. "
          + "Move its files up, or add its key to `partitions:` of the table."
      ),
    ] {
      let bench = try Workbench(Workbench.pair())
      try await bench.landPair(["1", "2"])
      try await bench.land(place, Workbench.rows("x"))
      let finished = try await bench.dovetail("run")
      #expect(finished.status == 3, Comment(rawValue: finished.stderr))
      let message = "dovetail: Table a: \(bench.path("data/a"))/\(sentence)\n"
      #expect(finished.stderr.contains(message), Comment(rawValue: finished.stderr))
      #expect(finished.stdout.contains("2 partitions committed"))
      #expect(bench.exists("out/j/k=2"))
      #expect(try await bench.pending() == [])
      // Said on every run, until somebody puts it right.
      let again = try await bench.dovetail("run")
      #expect(again.status == 3)
      #expect(again.stderr.contains(message))
    }
  }

  @Test("a Delta table is refused by name, and nothing is undone of what was read of it before")
  func openTable() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2"])
    try await bench.run()
    try bench.makeFolder("data/a/_delta_log")
    try await bench.land("a/k=3", Workbench.rows("x"))
    let sentence =
      "Table a: \(bench.path("data/a")) holds the files of a Delta table (it has _delta_log): its "
      + "log decides which of them count"
    for command in ["run", "pending"] {
      let refused = try await bench.dovetail(command)
      #expect(refused.status == 1)
      #expect(refused.stderr.contains(sentence), Comment(rawValue: refused.stderr))
    }
    let tables = try await bench.dovetail("tables")
    #expect(tables.stdout.contains(sentence), Comment(rawValue: tables.stdout))
    try bench.remove("data/a/_delta_log")
    try bench.remove("data/a/k=3")
    #expect(try await bench.pending() == [])
    try await bench.expectPair()
  }

  @Test("a stray file is reported and changes nothing")
  func stray() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try bench.write("data/a/k=1/notes.txt", "x")
    try bench.write("data/a/k=1/_SUCCESS", "")
    try bench.write("data/a/k=1/.part.crc", "")
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 0)
    #expect(
      finished.stderr.hasSuffix(
        "dovetail: Table a: \(bench.path("data/a/k=1/notes.txt")) is not a parquet file and is left "
          + "out (expected .parquet).\n"))
    try await bench.expectPair()
  }

  @Test("text of another spelling that two partitions meet at the same time fails neither")
  func spelledTogether() async throws {
    for _ in 0..<3 {
      let bench = try Workbench(
        """
        tables:
          t: { location: t, format: csv, partitions: { k: int }, columns: { v: "DECIMAL(9,2)" } }
        jobs: { j: { inputs: [t], sql: SELECT v FROM t, output: { location: out } } }
        """)
      for key in 1...4 { try bench.write("t/k=\(key)/f.csv", "v\n1.5\n") }
      let finished = try await bench.dovetail("run")
      #expect(finished.status == 0, "\(finished.stderr)")
    }
  }

  @Test("a broken CSV row is named with its file and line")
  func brokenRow() async throws {
    let bench = try Workbench(
      Workbench.pair(format: "csv").replacing(
        "location: data/a,", with: "columns: { id: BIGINT, x: BIGINT }, location: data/a,"))
    for key in [1, 2] {
      try bench.write("data/a/k=\(key)/part.csv", "id,x\n1,10\n2,20\n")
      try bench.write("data/b/k=\(key)/part.csv", "id,y\n1,10\n2,20\n")
    }
    try bench.write("data/a/k=2/part.csv", "id,x\n1,10\ntwo,20\n3,30\n")
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 3)
    #expect(
      finished.stderr.contains(
        "dovetail: k=2 failed: \(bench.path("data/a/k=2/part.csv")) cannot be read: line 3, "
          + "column \"id\": \"two\" is not exactly a value of BIGINT. "),
      Comment(rawValue: finished.stderr))
    #expect(try await bench.pending() == ["k=2: a: 1 added; b: 1 added"])
    #expect(!bench.exists("out/j/k=2"))
  }

  @Test("a file with a new or another column fails its partition and is named")
  func schema() async throws {
    let bench = try Workbench(Workbench.pair(table: ", schema: strict"))
    try await bench.landPair()
    try await bench.run()
    try await bench.land("a/k=2", "SELECT 1::BIGINT AS id, 'ten' AS x")
    try await bench.land("a/k=3", "SELECT 1::BIGINT AS id, 10::BIGINT AS x, 5 AS extra")
    let before = try bench.facts("out/j")
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 1)
    for key in [2, 3] {
      #expect(
        finished.stderr.contains("k=\(key) failed: \(bench.path("data/a/k=\(key)/part.parquet"))"),
        Comment(rawValue: finished.stderr))
    }
    #expect(finished.stderr.contains("extra"))
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten", "k=3: a: 1 rewritten"])
  }

  @Test("missing, not permitted and nothing new are three different answers")
  func threeAnswers() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    let nothing = try await bench.dovetail("pending")
    #expect(nothing.status == 0)
    #expect(nothing.stdout == "Job j: nothing is pending.\n")

    try FileManager.default.moveItem(
      atPath: bench.path("data/a"), toPath: bench.path("data/elsewhere"))
    let missing =
      "dovetail: Table a: \(bench.path("data/a")) does not exist. Create the folder, or correct "
      + "`location:` of the table; nothing counts as deleted.\n"
    for command in ["pending", "run", "predicate", "plan"] {
      let finished = try await bench.dovetail(command)
      #expect(finished.status == 1)
      #expect(finished.stderr == missing)
      #expect(!finished.stdout.contains("nothing is pending"))
    }
    let status = try await bench.dovetail("status")
    #expect(status.status == 0)
    #expect(status.stdout.contains("does not exist"))
    #expect(bench.files("out/j").count == 3)
  }

  @Test(
    "a folder that may not be read counts nothing as deleted",
    .enabled(if: !Machine.isRoot || Machine.dropsRights, "root's rights cannot be laid down here"))
  func notPermitted() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    let before = try bench.facts("out/j")
    for folder in ["data/a/k=2", "data/a"] {
      chmod(bench.path(folder), 0)
      defer { chmod(bench.path(folder), 0o755) }
      let refused = try await bench.shell(Machine.asOrdinaryUser + #""$0" run -C "$1""#)
      #expect(refused.status == 1)
      #expect(
        refused.stderr == "dovetail: Table a: \(bench.path(folder)) may not be read: permission "
          + "denied. Nothing counts as deleted, and the jobs that read the table do not run until "
          + "it can be listed.\n")
    }
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.pending() == [])
  }
}
