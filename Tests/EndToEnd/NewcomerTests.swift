import Foundation
import Testing

/// What somebody types or writes who does not know Dovetail yet: each gets one sentence, and nothing is left half-done.
@Suite("What a newcomer may get wrong")
struct NewcomerTests {
  @Test("a workspace without a job says so, and nothing fails")
  func noJobs() async throws {
    let bench = try Workbench("tables: { a: { location: data/a, partitions: [k] } }\n")
    try bench.makeFolder("data/a")
    for command in ["status", "pending", "plan", "run"] {
      let finished = try await bench.dovetail(command)
      #expect(finished.status == 0, "\(command)")
      #expect(finished.stdout.isEmpty, "\(command)")
      #expect(
        finished.stderr
          == "dovetail: dovetail.yaml declares no job. Add one below `jobs:`; `dovetail tables` shows the tables.\n",
        "\(command)")
    }
  }

  @Test("a number below zero is no option")
  func negative() async throws {
    for (command, option) in [
      (["plan", "--sample", "-3"], "--sample <rows>"),
      (["diff", "1", "--samples", "-1"], "--samples <rows>"),
      (["run", "--max-bytes", "-5GB"], "--max-bytes <size>"),
      (["run", "--wait", "-5"], "--wait <time>"),
    ] {
      let finished = try await Command.run(Command.dovetail, command)
      #expect(finished.status == 2, "\(command)")
      #expect(
        finished.stderr.hasPrefix(
          "dovetail: Missing value for '\(option)': '\(command.last ?? "")' begins with a dash, like an option, and "
            + "no value here is below 0.\n"), "\(finished.stderr)")
    }
  }

  @Test("what is pending beside a predicate is counted in the right number")
  func others() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    #expect(
      try await bench.dovetail("pending", "--where", "k = 9").stdout
        == "Job j: nothing is pending of what the predicate selects; 1 other is.\n")
    try await bench.landPair(["2"])
    #expect(
      try await bench.dovetail("pending", "--where", "k = 9").stdout
        == "Job j: nothing is pending of what the predicate selects; 2 others are.\n")
  }

  @Test("a report that cannot be written says why in words")
  func report() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try bench.makeFolder("pages")
    for (path, reason) in [
      ("pages", "it is a folder"), ("none/page.html", "there is no folder \(bench.path("none"))"),
      ("dovetail.yaml/page.html", "\(bench.path("dovetail.yaml")) is not a folder"),
    ] {
      let finished = try await bench.dovetail("report", "--html", bench.path(path))
      #expect(finished.status == 1)
      #expect(
        finished.stderr
          == "dovetail: The report cannot be written to \(bench.path(path)): \(reason). Nothing else was changed; "
          + "name a file in a folder that you may write.\n")
    }
  }

  @Test("a run that does not exist leaves no ledger and no lock behind")
  func noRun() async throws {
    for command in [["undo", "--run", "1"], ["publish", "1"], ["publish", "1", "--none"]] {
      let bench = try Workbench(Workbench.pair())
      try await bench.landPair(["1"])
      let finished = try await bench.dovetail(command)
      #expect(finished.status == 2, "\(command)")
      #expect(
        finished.stderr
          == "dovetail: Job j has no run 1. `dovetail history --job j` lists its runs.\n",
        "\(command)")
      #expect(!bench.exists(".dovetail") && !bench.exists("out"), "\(command)")
    }
  }

  @Test(
    "a backup into a folder that is not there says so, and a choice of one among one is in the singular"
  )
  func smallThings() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    let backup = try await bench.dovetail("backup", bench.path("none/copy.sqlite"))
    #expect(backup.status == 2)
    #expect(
      backup.stderr
        == "dovetail: There is no folder \(bench.path("none")) for the copy. Make it, or name another file. Nothing "
        + "was copied.\n")
    let rerun = try await bench.dovetail("rerun", "--state", "failed")
    #expect(
      rerun.stderr.hasPrefix("dovetail: the conditions do not choose the only partition of j.\n"))
  }

  @Test("an output that lost its partitions says what it has now")
  func noKeys() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    try bench.write(
      "dovetail.yaml", Workbench.pair().replacing("out/j }", with: "out/j, partitions: [] }"))
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 4)
    #expect(
      finished.stderr.contains(
        "out/j holds k=1, but the output has no partitions now, and a reader would find every row twice."
      ))
  }

  @Test("a mistake in a long line is shown with what is around it")
  func longLine() async throws {
    let bench = try Workbench(
      "tables: { a: { location: data/a, columns: { "
        + (1...80).map { "c\($0): INT" }.joined(separator: ", ") + " }, formt: csv } }\n")
    let finished = try await bench.dovetail("status")
    #expect(finished.status == 2)
    let lines = finished.stderr.split(separator: "\n", omittingEmptySubsequences: false)
    let place = try #require(lines.firstIndex { $0.contains("unknown key \"formt\"") })
    #expect(lines[place + 1].count < 200)
    let caret = lines[place + 2].prefix { $0 == " " }.count
    #expect(String(lines[place + 1].dropFirst(caret)).hasPrefix("formt: csv"))
  }

  @Test("brackets without end are said to be that")
  func nested() async throws {
    let deep = String(repeating: "[", count: 3000) + String(repeating: "]", count: 3000)
    let bench = try Workbench("tables: \(deep)\n")
    let finished = try await bench.dovetail("status")
    #expect(finished.status == 2)
    #expect(finished.stderr.contains("error: this is not YAML: brackets are nested too deeply"))
    #expect(finished.stderr.utf8.count < 800)
  }
}
