import Foundation
import Testing

/// What people type who do not know the commands by heart.
@Suite("Words that help")
struct WordTests {
  private func answer(_ arguments: String...) async throws -> Finished {
    try await Command.run(Command.dovetail, arguments, folder: NSTemporaryDirectory())
  }

  @Test(
    "an unknown command is answered with the nearest one and where they are listed",
    arguments: [
      ("stauts", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
      ("hist", "Unknown command 'hist'. Did you mean 'history'? `dovetail --help`"),
      ("frobnicate", "Unknown command 'frobnicate'. `dovetail --help`"),
      ("version", "Unknown command 'version'. Did you mean '--version'? `dovetail --help`"),
      ("rewind", "Unknown command 'rewind'. Did you mean 'bookmarks rewind'? `dovetail --help`"),
      (
        "show",
        "Unknown command 'show'. Did you mean 'predicate show' or 'bookmarks show'? "
          + "`dovetail --help`"
      ),
      (
        "predicate shwo",
        "Unknown command 'predicate shwo'. Did you mean 'predicate show'? `dovetail predicate --help`"
      ),
      (
        "predicate minimze",
        "Unknown command 'predicate minimze'. Did you mean 'predicate minimize'? "
          + "`dovetail predicate --help`"
      ),
      (
        "bookmarks rewnd 1",
        "Unknown command 'bookmarks rewnd'. Did you mean 'bookmarks rewind'? "
          + "`dovetail bookmarks --help`"
      ),
      (
        "tables widn orders x BIGINT",
        "Unknown command 'tables widn'. Did you mean 'tables widen'? `dovetail tables --help`"
      ),
      ("demo nxt", "Unknown command 'demo nxt'. Did you mean 'demo next'? `dovetail demo --help`"),
      ("help stauts", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
      (
        "help predicate shwo",
        "Unknown command 'predicate shwo'. Did you mean 'predicate show'? `dovetail predicate --help`"
      ),
      ("--ascii stauts", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
      ("-C /tmp stauts", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
      ("stauts -C /tmp", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
    ])
  func unknownCommand(_ line: String, _ sentence: String) async throws {
    let words = line.split(separator: " ").map(String.init)
    let answer = try await Command.run(Command.dovetail, words)
    #expect(answer.status == 2)
    #expect(answer.stdout == "")
    #expect(answer.stderr == "dovetail: \(sentence) lists the commands.\n")
  }

  @Test("a folder in the place of a command is suggested as the workspace")
  func folder() async throws {
    let bench = try Workbench(Workbench.pair())
    let answer = try await Command.run(Command.dovetail, [bench.folder])
    #expect(answer.status == 2)
    #expect(
      answer.stderr
        == "dovetail: Unknown command '\(bench.folder)'. Did you mean '-C \(bench.folder)'? "
        + "`dovetail --help` lists the commands.\n")
  }

  @Test(
    "an unknown option is answered with the nearest one, or with where the options are listed",
    arguments: [
      (
        "--jsno",
        "Unknown option '--jsno'. `dovetail --help` lists the commands, and `dovetail COMMAND --help` "
          + "the options of one."
      ),
      (
        "--verison",
        "Unknown option '--verison'. Did you mean '--version'? `dovetail --help` lists the commands, "
          + "and `dovetail COMMAND --help` the options of one."
      ),
      (
        "--json status",
        "The option '--json' must come after the command: `dovetail status --json`."
      ),
    ])
  func unknownOption(_ line: String, _ sentence: String) async throws {
    let words = line.split(separator: " ").map(String.init)
    let answer = try await Command.run(Command.dovetail, words)
    #expect(answer.status == 2)
    #expect(answer.stderr == "dovetail: \(sentence)\n")
  }

  @Test(
    "what the parser finds begins like every other error and says what to write",
    arguments: [
      ("status --jsno", "Unknown option '--jsno'. Did you mean '--json'?"),
      ("status orders", "Unexpected argument 'orders'. A job is named with --job orders."),
      ("init a b", "Unexpected argument 'b'"),
      (
        "run month=1",
        "Unexpected argument 'month=1'. Partitions are chosen with --where; `dovetail rerun` takes them "
          + "by their paths."
      ),
      (
        "history twelve",
        "The value 'twelve' is invalid for '<run>': write the number of a run; `dovetail history` lists "
          + "them."
      ),
      (
        "history --limit many",
        "The value 'many' is invalid for '--limit <count>': write a whole number."
      ),
      ("why", "Missing expected argument '<partition>'"),
      (
        "run --max-partitions none",
        "The value 'none' is invalid for '--max-partitions <count>': \"none\" is not a number of "
          + "partitions: write 1 or more."
      ),
      (
        "run --max-bytes much",
        "The value 'much' is invalid for '--max-bytes <size>': \"much\" is not a size: "
          + "write 500 MB or 20 GB."
      ),
      (
        "pending --today now",
        "The value 'now' is invalid for '--today <yyyy-mm-dd>': \"now\" is not a day: write it as "
          + "2013-01-31."
      ),
    ])
  func parser(_ line: String, _ sentence: String) async throws {
    let words = line.split(separator: " ").map(String.init)
    let answer = try await Command.run(Command.dovetail, words)
    #expect(answer.status == 2)
    #expect(answer.stderr.hasPrefix("dovetail: \(sentence)\n"), Comment(rawValue: answer.stderr))
    #expect(answer.stderr.contains("\n  See 'dovetail \(words[0]) --help' for more information."))
  }

  @Test(
    "help is found in every way in which people ask for it",
    arguments: [
      ["--help"], ["-h"], ["help"], ["help", "run"], ["run", "--help"], ["run", "-h"],
      ["predicate", "help"], ["help", "predicate", "show"], ["tables", "help"],
    ])
  func help(_ arguments: [String]) async throws {
    let answer = try await Command.run(Command.dovetail, arguments)
    #expect(answer.status == 0)
    #expect(answer.stdout.contains("Example: dovetail "), Comment(rawValue: answer.stderr))
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
