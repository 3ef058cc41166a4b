import Foundation
import Testing

@Suite("Words about names, jobs and what there is nothing of")
struct NameWordTests {
  private func answer(_ arguments: String...) async throws -> Finished {
    try await Command.run(Command.dovetail, arguments, folder: NSTemporaryDirectory())
  }

  @Test("an unknown name of a job, table, input or saved predicate gets the nearest one")
  func names() async throws {
    let bench = try Workbench(
      """
      tables:
        flights: { location: data/flights, partitions: { k: int } }
        weather: { location: data/weather, partitions: { k: int } }
      jobs:
        joined:
          inputs: { left_one: flights, right_one: weather }
          join: { on: [id] }
          output: { location: out/joined }

      """)
    for table in ["flights", "weather"] {
      try await bench.land("\(table)/k=1", Workbench.rows("x"))
    }
    try bench.write("predicates/late.sql", "k > 1")
    for (arguments, sentence) in [
      (
        ["run", "--job", "joind"],
        "There is no job \"joind\". Did you mean \"joined\"? `dovetail status` lists the jobs."
      ),
      (["run", "--job", "x"], "There is no job \"x\". The jobs are joined."),
      (
        ["partitions", "flihgts"],
        "There is no table \"flihgts\". Did you mean \"flights\"? `dovetail tables` lists the tables."
      ),
      (
        ["tables", "x"], "There is no table \"x\". The tables are flights, weather and joined."
      ),
      (
        ["tables", "lst"],
        "There is no table \"lst\". The tables are flights, weather and joined. Or did you mean the "
          + "command `dovetail tables list`?"
      ),
      (
        ["predicate", "--input", "left"],
        "Job joined has no input \"left\". Did you mean \"left_one\"? The inputs are left_one and "
          + "right_one."
      ),
      (
        ["predicate", "eval", "k = 1", "--input", "weather"],
        "Job joined has no input \"weather\". The inputs are left_one and right_one."
      ),
      (
        ["bookmarks", "reset", "--input", "rihgt_one"],
        "Job joined has no input \"rihgt_one\". Did you mean \"right_one\"? Its inputs are: left_one, "
          + "right_one."
      ),
      (
        ["pending", "--where", "@lat"],
        "There is no saved predicate \"lat\". Did you mean \"late\"? `dovetail predicate saved` lists "
          + "the saved predicates."
      ),
      (
        ["why", "1"],
        "\"1\" does not name a partition: write it as k=<int>. Did you mean k=1?"
      ),
      (
        ["rerun", "k=2"],
        "Job joined has no partition k=2: no input has it and it was never built. Known are, for "
          + "example: k=1. `dovetail bookmarks --partitions --job joined` lists them all."
      ),
    ] {
      let answer = try await bench.dovetail(arguments)
      #expect(answer.status == 2, "\(arguments)")
      #expect(answer.stderr == "dovetail: \(sentence)\n")
    }
    let found = try await bench.dovetail("predicate", "--input", "LEFT_ONE")
    #expect(found.stdout == "k = 1\n", Comment(rawValue: found.stderr))
  }

  @Test("of several jobs each listing says which one a line is of")
  func severalJobs() async throws {
    let bench = try Workbench(
      Workbench.pair(
        job: """
            i:
              inputs: [a, b]
              join: { on: [id] }
              output: { location: out/i }

          """))
    try await bench.landPair(["1", "2"])
    #expect(
      try await bench.dovetail("pending").stdout == """
        Job j:
        k=1  a: 1 added; b: 1 added
        k=2  a: 1 added; b: 1 added
        Job i:
        k=1  a: 1 added; b: 1 added
        k=2  a: 1 added; b: 1 added

        """)
    #expect(
      try await bench.dovetail("pending", "--job", "j").stdout == """
        k=1  a: 1 added; b: 1 added
        k=2  a: 1 added; b: 1 added

        """)
    let run = try await bench.dovetail("run", "--job", "j")
    #expect(run.status == 0)
    #expect(
      try await bench.dovetail("pending").stdout == """
        Job j: nothing is pending.
        Job i:
        k=1  a: 1 added; b: 1 added
        k=2  a: 1 added; b: 1 added

        """)
    // Every other listing of both jobs names them too.
    for command in [
      ["status"], ["plan"], ["skew"], ["history"], ["verify"], ["predicate"], ["gc"],
      ["bookmarks"], ["bookmarks", "--partitions"], ["run"],
    ] {
      let answer = try await bench.dovetail(command)
      let words = answer.stdout.split { " \n:,.".contains($0) }
      for job in ["i", "j"] where command != ["history"] || job == "j" {
        #expect(words.contains { $0 == job }, "\(command): \(answer.stdout)\(answer.stderr)")
      }
    }
  }

  @Test("tables without files, and partitions that are all held, are explained")
  func nothingToDo() async throws {
    let bench = try Workbench(Workbench.pair())
    for table in ["a", "b"] { try bench.makeFolder("data/\(table)") }
    let note =
      "Job j: no input has a data file yet. Those of table a belong in "
      + "\(bench.path("data/a"))/k=<int>/.\n"
    #expect(try await bench.dovetail("status").stdout.hasSuffix("never\n\(note)"))
    #expect(
      try await bench.dovetail("pending").stdout == "Job j: nothing is pending.\n\(note)")
    // Of the other table nobody knows the columns.
    try await bench.land("a/k=1", Workbench.rows("x"))
    #expect(
      try await bench.dovetail("run").stdout
        == "Job j: nothing to do; 1 pending partition is held, "
        + "and `dovetail pending --job j` says why.\n")
    #expect(!(try await bench.dovetail("status").stdout.contains("data file yet")))
  }

  @Test("without a terminal the console points to the commands")
  func noTerminal() async throws {
    let bench = try Workbench(Workbench.pair())
    let answer = try await bench.dovetail()
    #expect(answer.status == 1)
    #expect(
      answer.stderr
        == "dovetail: The console cannot open: standard input is not a terminal, so no keys "
        + "can be read; run this in a terminal, with its input not redirected. `dovetail --help` lists "
        + "the commands that need no terminal.\n")
  }
}
