import Foundation
import Testing

@Suite("Exit statuses and their sentences")
struct ExitStatusTests {
  @Test("0: nothing to do is done, and says so")
  func nothingToDo() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let first = try await bench.dovetail("run")
    #expect(first.status == 0)
    #expect(
      first.stdout.hasPrefix(
        "Job j, run 1 succeeded: 3 partitions committed (0 of them empty), 0 failed, 0 cancelled, "
          + "9 rows written from 6 files in "))
    #expect(first.stderr == "dovetail: run 1: 3 partitions\ndovetail: committed 3 partitions\n")
    let again = try await bench.dovetail("run")
    #expect(again.status == 0)
    #expect(again.stdout == "Job j: nothing to do.\n")
    #expect(again.stderr == "")
  }

  @Test("the status for nothing to do can be chosen, but not one that means something else")
  func exitNothing() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    #expect(try await bench.dovetail("run", "--exit-nothing", "99").status == 0)
    #expect(try await bench.dovetail("run", "--exit-nothing", "99").status == 99)
    #expect(try await bench.dovetail("run", "--exit-nothing", "0").status == 0)
    let lost = try await bench.shell(#""$0" run --exit-nothing 99 -C "$1" > /dev/full"#)
    #expect(lost.status == 1)
    for status in ["1", "4", "130", "256", "-1", "none"] {
      let refused = try await bench.dovetail("run", "--exit-nothing=\(status)")
      #expect(refused.status == 2)
      #expect(
        refused.stderr.contains(
          "\"\(status)\" cannot be the status for nothing to do: write 0 or 5 to 255, but not 130.")
      )
    }
    try bench.truncate("data/a/k=1/part.parquet")
    #expect(try await bench.dovetail("run", "--exit-nothing", "99").status == 1)
  }

  @Test("a quiet run says what is wrong and nothing else")
  func quiet() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try bench.truncate("data/a/k=1/part.parquet")
    try bench.write("data/a/stray.txt", "x")
    let partial = try await bench.dovetail("run", "--quiet")
    #expect(partial.status == 3)
    #expect(partial.stdout == "")
    let lines = partial.stderr.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("dovetail: k=1 failed: ") == true)
    #expect(lines.last?.contains("stray.txt is not a parquet file and is left out") == true)
    try bench.remove("data/a/stray.txt")
    for command in [
      ["rerun", "k=2", "-q"], ["rerun", "k=2", "-q", "--stage-only"], ["publish", "3", "-q"],
      ["undo", "--run", "3", "--confirm", "j", "-q"], ["gc", "-q"],
      ["bookmarks", "release", "--confirm", "j", "-q"],
    ] {
      let finished = try await bench.dovetail(command)
      #expect(finished.status == 0, "\(command): \(finished.stderr)")
      #expect(finished.stdout + finished.stderr == "", "\(command)")
    }
    #expect(try await bench.json("rerun", "k=3", "--quiet")[0]["committed"].integer == 1)
  }

  @Test(
    "2: usage",
    arguments: [
      (["run", "--frobnicate"], "Unknown option '--frobnicate'"),
      (["frobnicate"], "Unknown command 'frobnicate'. `dovetail --help` lists the commands."),
      (["run", "--plan", "0"], "--plan belongs to one job: name it with --job."),
      (["run", "--job", "jj"], "There is no job \"jj\". Did you mean \"j\"?"),
      (["partitions", "c"], "There is no table \"c\". The tables are a, b and j."),
      (
        ["rerun"],
        "Name the partitions, or choose them with --where, --run, --state, --read-before or --older-than."
      ),
      (
        ["rerun", "k=x"],
        "\"k=x\": \"x\" is not a value of the partition key k, which is declared as int: write one as k=1."
      ),
      (["rerun", "month=1"], "\"month=1\" does not name a partition: write it as k=<int>."),
      (
        ["rerun", "k=9"],
        "Job j has no partition k=9: no input has it and it was never built. Known are, for example: k=2, k=3. "
          + "`dovetail bookmarks --partitions --job j` lists them all."
      ),
      (["history", "--limit", "0"], "--limit is a number of runs, at least 1."),
      (["history", "99"], "There is no run 99. `dovetail history` lists the runs."),
      (["predicate", "--input", "c"], "Job j has no input \"c\". The inputs are a and b."),
      (
        ["predicate", "--dialect", "oracle"],
        "The value 'oracle' is invalid for '--dialect <dialect>'"
      ),
    ])
  func usage(_ arguments: [String], _ sentence: String) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let finished = try await Command.run(Command.dovetail, arguments, folder: bench.folder)
    #expect(finished.status == 2)
    #expect(finished.stdout == "")
    #expect(finished.stderr.contains(sentence), Comment(rawValue: finished.stderr))
    #expect(!bench.exists("out/j"))
  }

  @Test("2: a folder without a workspace")
  func noWorkspace() async throws {
    let bench = try Workbench()
    let finished = try await bench.dovetail("status")
    #expect(finished.status == 2)
    #expect(
      finished.stderr
        == "dovetail: There is no dovetail.yaml in \(bench.folder) or any folder above "
        + "it. Go to a workspace's folder, or start one with `dovetail init`.\n")
  }

  @Test("2: a mistake in dovetail.yaml is named with file, line and column")
  func badDefinition() async throws {
    let bench = try Workbench(
      """
      tables:
        a:
          locaton: data/a
          partitions: { k: int }
      """)
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 2)
    #expect(finished.stdout == "")
    #expect(
      finished.stderr.contains("dovetail.yaml:3:5: error: unknown key \"locaton\" in table a"),
      Comment(rawValue: finished.stderr))
    #expect(finished.stderr.contains("hint: did you mean \"location\"?"))
  }

  @Test("2: a join column that does not exist")
  func unknownColumn() async throws {
    let bench = try Workbench(Workbench.pair().replacing("on: [id]", with: "on: [idd]"))
    try await bench.landPair()
    for command in ["run", "plan"] {
      let finished = try await bench.dovetail(command)
      #expect(finished.status == 2)
      #expect(
        finished.stderr
          == "dovetail: Job j does not fit its inputs: The join column \"idd\" does not "
          + "exist in the input a, which has id, x. Did you mean \"id\"? Name a column that all inputs "
          + "have, or use `sql:`.\n")
    }
    #expect(try await bench.json("history").elements == [])
    #expect(!bench.exists("out/j"))
  }

  @Test("2: SQL that does not parse, or binds to nothing, is shown with its place")
  func badSQL() async throws {
    for (sql, place) in [
      ("SELECT * FRM a", "syntax error"), ("SELECT nope FROM a", "\"nope\""),
      ("SELECT 1; SELECT 2", "one SELECT"), ("DROP TABLE a", "one SELECT"),
    ] {
      let bench = try Workbench(
        Workbench.pair().replacing("join: { type: inner, on: [id] }", with: "sql: '\(sql)'"))
      try await bench.landPair(["1"])
      let finished = try await bench.dovetail("run")
      #expect(finished.status == 2, "\(sql)")
      #expect(finished.stderr.hasPrefix("dovetail: Job j does not fit its inputs: "))
      #expect(finished.stderr.contains(place), Comment(rawValue: finished.stderr))
      #expect(!bench.exists("out/j"))
    }
  }

  @Test("3: a truncated file fails its partition; the others commit, that one stays pending")
  func truncated() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try bench.truncate("data/b/k=2/part.parquet")
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 3)
    #expect(finished.stdout.contains("run 1 partial: 2 partitions committed"))
    #expect(
      finished.stderr.contains(
        "dovetail: k=2 failed: \(bench.path("data/b/k=2/part.parquet")) cannot be read: "),
      Comment(rawValue: finished.stderr))
    #expect(finished.stderr.contains("Replace the file; the partition stays pending."))
    #expect(try await bench.pending() == ["k=2: a: 1 added; b: 1 added"])
    #expect(!bench.exists("out/j/k=2"))
    let units = try await bench.json("history", "1")
    #expect(units.elements.map { $0["state"].text } == ["committed", "failed", "committed"])
    #expect(units[1]["message"].text?.contains("data/b/k=2/part.parquet") == true)

    try await bench.land("b/k=2", Workbench.rows("y"))
    try await bench.run()
    try await bench.expectPair()
  }

  @Test("1: when every partition fails, the run has failed")
  func allFailed() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2"])
    try await bench.run()
    for key in [1, 2] {
      try await bench.land("b/k=\(key)", Workbench.rows("y", 5))
      try bench.truncate("data/b/k=\(key)/part.parquet")
    }
    let before = try bench.facts("out/j")
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 1)
    #expect(finished.stdout.contains("run 2 failed: 0 partitions committed"))
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.pending() == ["k=1: b: 1 rewritten", "k=2: b: 1 rewritten"])
  }

  @Test("4: a plan that is out of date")
  func outOfDate() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let plan = try await bench.json("plan")
    let id = try #require(plan[0]["id"].text)
    try await bench.land("a/k=2", Workbench.rows("x", 4))
    let now = try #require(try await bench.json("plan")[0]["id"].text)
    let refused = try await bench.dovetail("run", "--job", "j", "--plan", id)
    #expect(refused.status == 4)
    #expect(
      refused.stderr == "dovetail: The plan \(id) is out of date: the inputs or the definition "
        + "changed since, and the plan would now be \(now) (k=2: files of a changed). Look at it "
        + "with `dovetail plan`, then run it. A plan runs only with the options it was made "
        + "with.\n")
    #expect(!bench.exists("out/j"))
    let done = try await bench.dovetail("run", "--job", "j", "--plan", now)
    #expect(done.status == 0)
    try await bench.expectPair()
  }

  @Test("4: a run whose input has lost too much, or all, needs --allow-removals")
  func removals() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    let before = try bench.facts("out/j")
    try bench.remove("data/a/k=1")
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(
      refused.stderr
        == "dovetail: Job j: the input a has lost 1 of its 3 partitions, more than the "
        + "limit of 25 %: k=1 has no data file left in \(bench.path("data/a")). Nothing was changed. "
        + "If they were really deleted, run again with --allow-removals.\n")
    for key in [2, 3] { try bench.remove("data/a/k=\(key)") }
    let emptied = try await bench.dovetail("run")
    #expect(emptied.status == 4)
    #expect(
      emptied.stderr == "dovetail: Job j: the input a has no data file left in "
        + "\(bench.path("data/a")). If it was really emptied (and not merely unmounted), run again "
        + "with --allow-removals.\n")
    #expect(try bench.facts("out/j") == before)
    let allowed = try await bench.dovetail("run", "--allow-removals")
    #expect(allowed.status == 0)
    #expect(bench.files("out/j") == [])
  }

  @Test("4: an output with data of unknown origin is refused, then adopted")
  func adoption() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try bench.write("out/j/k=1/foreign.parquet", "not ours")
    try bench.write("out/j/k=7/foreign.parquet", "not ours")
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(
      refused.stderr
        == "dovetail: Job j: the output \(bench.path("out/j")) has data that no run of "
        + "this workspace wrote. Empty it, choose another location, adopt what is there with `dovetail adopt "
        + "--job j`, which builds nothing, or adopt it and build what is pending with --adopt.\n"
    )
    #expect(bench.files("out/j") == ["k=1/foreign.parquet", "k=7/foreign.parquet"])
    let adopted = try await bench.dovetail("run", "--adopt")
    #expect(adopted.status == 0, Comment(rawValue: adopted.stderr))
    // What no input knows is nobody's to remove.
    #expect(!bench.exists("out/j/k=1/foreign.parquet"))
    #expect(bench.exists("out/j/k=7/foreign.parquet"))
    try bench.remove("out/j/k=7")
    try await bench.expectPair()
  }
}

extension Workbench {
  /// Expects the output of the job `j` of `pair` to be one inner join over everything.
  func expectPair(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await expect(
      "out/j",
      equals: """
        SELECT id, x, y, a.k FROM \(relation("data/a", empty: "id BIGINT, x BIGINT")) AS a
        JOIN \(relation("data/b", empty: "id BIGINT, y BIGINT")) AS b USING (id, k)
        """, columns: "id BIGINT, x BIGINT, y BIGINT", sourceLocation: sourceLocation)
  }
}
