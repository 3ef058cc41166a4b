import Foundation
import Testing

@Suite("The command line")
struct CommandLineTests {
  @Test(
    "every command's help shows an example on standard output",
    arguments: EveryCommand.names)
  func help(_ command: [String]) async throws {
    let help = try await Command.run(Command.dovetail, command + ["--help"])
    #expect(help.status == 0)
    #expect(help.stderr == "")
    #expect(help.stdout.contains("Example: dovetail "), Comment(rawValue: help.stdout))
    #expect(help.stdout.contains("USAGE: dovetail"))
  }

  @Test("completions are generated for every shell", arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) async throws {
    let script = try await Command.run(
      Command.dovetail, ["--generate-completion-script", shell])
    #expect(script.status == 0)
    for command in ["bookmarks", "predicate", "rerun"] {
      #expect(script.stdout.contains(command))
    }
  }

  @Test(
    "the workspace may stand before the subcommand, as with make and git",
    arguments: [
      ["-C"], ["--workspace"],
    ])
  func workspaceFirst(_ option: [String]) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    let status = try await Command.run(
      Command.dovetail, option + [bench.folder, "status", "--json"])
    #expect(status.status == 0, Comment(rawValue: status.stderr))
    #expect(try JSONValue(status.stdout)[0]["pending"].integer == 1)
    let evaluated = try await Command.run(
      Command.dovetail,
      option + [bench.folder, "predicate", "eval", "--table", "a", "--", "-1 < k"])
    #expect(evaluated.stdout.hasPrefix("k=1\n"), Comment(rawValue: evaluated.stderr))
  }

  @Test("init writes a file that is a workspace, and never overwrites one")
  func initialize() async throws {
    let bench = try Workbench()
    let made = try await Command.run(Command.dovetail, ["init", bench.folder])
    #expect(made.status == 0)
    #expect(made.stdout.hasPrefix("Wrote \(bench.path("dovetail.yaml")).\n"))
    let status = try await bench.dovetail("status")
    #expect(status.status == 0)
    #expect(status.stdout.contains("flights_weather"))
    let again = try await Command.run(Command.dovetail, ["init", bench.folder])
    #expect(again.status == 2)
    #expect(
      again.stderr == "dovetail: \(bench.path("dovetail.yaml")) exists already and is left as it "
        + "is. Edit it, or choose another folder.\n")
  }

  @Test("results go to standard output, progress and warnings to standard error")
  func streams() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try bench.write("data/a/stray.txt", "x")
    let run = try await bench.dovetail("run", "--json")
    #expect(try JSONValue(run.stdout)[0]["committed"].integer == 1)
    #expect(
      run.stderr == """
        dovetail: run 1: 1 partition
        dovetail: committed 1 partition
        dovetail: Table a: \(bench.path("data/a/stray.txt")) is not a parquet file and is left out \
        (expected .parquet).

        """)
  }

  @Test("the workspace is found from a folder below it")
  func found() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    let status = try await Command.run(
      Command.dovetail, ["status"], folder: bench.path("data/a/k=1"))
    #expect(status.status == 0)
    #expect(
      status.stdout == """
        JOB  PENDING  HELD  PUBLISHED  LAST RUN
        j          1     0          0  never

        """)
  }

  @Test("the listing commands print aligned tables")
  func tables() async throws {
    let bench = try Workbench(Workbench.pair(format: "csv"))
    for (file, text) in [("a/k=1/p.csv", "id,x\n1,2\n"), ("b/k=10/p.csv", "id,y\n1,20\n")] {
      try bench.write("data/\(file)", text)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_356_998_400)],
        ofItemAtPath: bench.path("data/\(file)"))
    }
    #expect(
      try await bench.dovetail("tables").stdout == """
        TABLE  FORMAT  KEYS   PARTITIONS  FILES  BYTES  NEWEST FILE
        a      csv     k int           1      1    9 B  2013-01-01 00:00:00
        b      csv     k int           1      1   10 B  2013-01-01 00:00:00

        """)
    #expect(
      try await bench.dovetail("pending", "--files").stdout == """
        k=1  a: 1 added
          a added k=1/p.csv (9 B, 2013-01-01 00:00:00 UTC)
        k=10  b: 1 added
          b added k=10/p.csv (10 B, 2013-01-01 00:00:00 UTC)

        """)
    let plan = try await bench.dovetail("plan")
    #expect(
      plan.stdout.hasSuffix(
        """
        PARTITION  ACTION  FILES  BYTES  REASONS
        k=1        none        1    9 B  a: 1 added
        k=10       none        1   10 B  b: 1 added
        1. check that 0 B are free
        2. stage 2 partitions, k=1 to k=10 from 2 files
        3. publish 2 partitions, k=1 to k=10
        4. commit 2 partitions, k=1 to k=10
        5. sweep replaced versions that are no longer kept

        """), Comment(rawValue: plan.stdout))
    #expect(plan.stdout.hasPrefix("Job j, plan "))
  }

  @Test("quantities are grouped and aligned to the right in every table")
  func quantities() async throws {
    let bench = try Workbench(Workbench.pair())
    let landed = Date(timeIntervalSince1970: 1_356_998_400)
    for (key, rows) in [(0, 1), (1, 1200)] {
      try await bench.land("a/k=\(key)", Workbench.rows("x", rows))
      try await bench.land("b/k=\(key)", Workbench.rows("y", rows))
      try bench.touch("data/a/k=\(key)/part.parquet", landed)
      try bench.touch("data/b/k=\(key)/part.parquet", landed.addingTimeInterval(3 * 3600))
    }
    #expect(
      try await bench.dovetail("skew").stdout.contains(
        """

        INPUT  MEDIAN DELAY  P95 DELAY  PARTITIONS
        a               0 s        0 s           2
        b               3 h        3 h           2

        """))
    let plan = try await bench.dovetail("plan", "--sample", "2").stdout
    #expect(plan.hasSuffix("\nid   x   y  k\n 1  10  10  0\n"), "\(plan)")
    try await bench.run()
    let history = try await bench.dovetail("history").stdout.split(separator: "\n")
    let heading = "STARTED              COMMITTED  SAME  FAILED   ROWS  USER"
    #expect(history[0].hasPrefix("RUN  JOB  KIND  STATE      \(heading)"), "\(history[0])")
    #expect(history[1].contains("          2     0       0  1,201  "), "\(history[1])")
    let bookmarks = try await bench.dovetail("bookmarks").stdout.split(separator: "\n")
    #expect(bookmarks[0].hasSuffix("  PARTITIONS  FILES    BYTES"), "\(bookmarks[0])")
    #expect(bookmarks[1].hasSuffix(" kB"), "\(bookmarks[1])")
  }
}
