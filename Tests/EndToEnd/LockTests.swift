import Foundation
import Testing

@Suite("One writer, and interruption")
struct LockTests {
  /// A job whose partitions k=9 to k=11 take hours, and whose k=1 is quick.
  private static func slow() async throws -> Workbench {
    let bench = try Workbench(
      """
      tables:
        a: { location: data/a, partitions: { k: int } }
      jobs:
        j:
          inputs: [a]
          sql: SELECT count(*) AS n FROM a AS x, a AS y, a AS z, a AS w WHERE x.id + y.id > z.id * w.id
          output: { location: out/j }
      """)
    try await bench.land("a/k=1", "SELECT 1::BIGINT AS id")
    for key in [9, 10, 11] {
      try await bench.land("a/k=\(key)", "SELECT n AS id FROM range(20000) AS r(n)")
    }
    return bench
  }

  /// Waits until the first run has staged k=1 and works on two of the others.
  private static func waitForStaging(_ bench: Workbench) async throws {
    let limit = ContinuousClock.now + .seconds(120)
    // The last is begun when one of the first three has ended, which only k=1 does.
    while !["k=9", "k=10", "k=11"].allSatisfy({ bench.exists("out/.j.dovetail/staging/1/\($0)") }) {
      try #require(ContinuousClock.now < limit, "the run never came to its last partition")
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test("a second run is refused with 4 and told who holds the lock; looking is allowed (I9)")
  func secondRun() async throws {
    let bench = try await Self.slow()
    let first = try bench.start("run")
    try await Self.waitForStaging(bench)
    let second = try await bench.dovetail("run")
    #expect(second.status == 4)
    let start =
      "dovetail: The output \(bench.path("out/j")) is being written by process "
      + "\(first.processID) of "
    #expect(second.stderr.hasPrefix(start), Comment(rawValue: second.stderr))
    #expect(second.stderr.hasSuffix(". Wait until that run has ended, then run again.\n"))
    // Another workspace that writes the same output sees the same lock.
    let other = try Workbench(
      """
      tables:
        a: { location: \(bench.path("data/a")), partitions: { k: int } }
      jobs:
        other: { inputs: [a], sql: SELECT 1 AS n, output: { location: \(bench.path("out/j")) } }
      """)
    let foreign = try await other.dovetail("run")
    #expect(foreign.status == 4)
    #expect(foreign.stderr.contains("workspace \(bench.folder), since "))
    let status = try await bench.json("status")
    #expect(status[0]["lockedBy"]["process"].integer == Int(first.processID))
    #expect(status[0]["pending"].integer == 4)
    #expect(status[0]["running"]["run"].integer == 1)
    #expect(status[0]["running"]["failed"].integer == 0)
    let told = try await bench.dovetail("status").stdout
    #expect(told.contains("Job j: run 1, run of plan "), Comment(rawValue: told))
    #expect(told.contains(" committed, 0 failed; "), Comment(rawValue: told))
    first.send(SIGKILL)
    #expect(await first.finish().status == 137)
    #expect(try await bench.json("status")[0]["lockedBy"] == .null)
  }

  @Test(
    "130: an interrupted run publishes what is whole, leaves the rest pending and frees the lock",
    arguments: [[SIGINT], [SIGTERM], [SIGHUP], [SIGINT, SIGTERM]])
  func interruption(signals: [Int32]) async throws {
    let bench = try await Self.slow()
    let run = try bench.start("run")
    try await Self.waitForStaging(bench)
    // What comes together, as from `timeout`, is one interruption.
    run.send(SIGSTOP)
    signals.forEach(run.send)
    run.send(SIGCONT)
    let finished = await run.finish()
    #expect(finished.status == 130, Comment(rawValue: finished.stderr))
    #expect(
      finished.stdout.hasPrefix(
        "Job j, run 1 cancelled: 1 partition committed (0 of them empty), 0 failed, 3 cancelled"),
      Comment(rawValue: finished.stdout))
    #expect(
      try await bench.pending() == ["k=9: a: 1 added", "k=10: a: 1 added", "k=11: a: 1 added"])
    #expect(bench.files("out/j").count == 1)
    #expect(bench.files("out/.j.dovetail/staging") == [])
    #expect(
      try await bench.json("history", "1").elements.map { $0["state"].text }
        == ["committed", "cancelled", "cancelled", "cancelled"])
    for key in [9, 10, 11] { try await bench.land("a/k=\(key)", "SELECT 2::BIGINT AS id") }
    try await bench.run()
    #expect(try await bench.pending() == [])
    #expect(try await bench.count(bench.relation("out/j")) == 4)
  }

  @Test(
    "130: an interrupted publish by hand leaves the rest staged, an interrupted undo the rest done")
  func interruptedPast() async throws {
    let bench = try Workbench(Workbench.pair())
    let keys = (1...200).map { "\($0)" }
    let rows = keys.map { "(\($0))" }.joined(separator: ", ")
    try bench.makeFolder("data")
    for table in ["a", "b"] {
      try await bench.sql(
        "COPY (SELECT k AS id, k AS \(table == "a" ? "x" : "y"), k FROM (VALUES \(rows)) v(k)) "
          + "TO '\(bench.path("data/\(table)"))' (FORMAT parquet, PARTITION_BY (k))")
    }
    var run = try await bench.json("run", "--stage-only")[0]["run"].integer ?? 0
    var interrupted: Set<String> = []
    // A command can be over before the signal reaches it, but not every time, unless it is deaf to it.
    for attempt in 1...10 where interrupted.count < 2 {
      if attempt > 1 {
        let again = try await bench.json("rerun", "--where", "k > 0", "--stage-only")
        run = try #require(again[0]["run"].integer)
      }
      for command in [["publish", "\(run)"], ["undo", "--run", "\(run)", "--confirm", "j"]] {
        let before = bench.exists("out/j/k=1")
        let process = try Command(Command.dovetail, command + ["-C", bench.folder])
        while bench.exists("out/j/k=1") == before, process.isRunning {
          try await Task.sleep(for: .milliseconds(1))
        }
        process.send(SIGINT)
        let finished = await process.finish()
        #expect([0, 130].contains(finished.status), "\(command): \(finished.stderr)")
        if finished.status == 130 {
          interrupted.insert(command[0])
          let left = bench.files("out/j").count
          #expect(left > 0 && left < keys.count, "\(command)")
          let rest = try await bench.dovetail(command)
          #expect(rest.status == 0, "\(command): \(rest.stderr)")
        }
        #expect(bench.files("out/j").count == (before ? 0 : keys.count))
      }
    }
    #expect(interrupted == ["publish", "undo"])
  }

  @Test("--wait waits for the lock for so long, says who holds it, and ends by Ctrl-C")
  func waiting() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    // The kernel's lock, held by a program that is not Dovetail.
    let holder = try Command(
      "/bin/bash",
      [
        "-c",
        #"cd "$0"; exec 9<>out/.j.dovetail/lock; flock 9; touch held; "#
          + "while [ ! -e go ]; do sleep 0.02; done",
        bench.folder,
      ])
    while !bench.exists("held") { try await Task.sleep(for: .milliseconds(1)) }
    let start = "dovetail: The output \(bench.path("out/j")) is being written by "
    let refused = try await bench.dovetail("run", "--wait", "0")
    #expect(refused.status == 4)
    #expect(refused.stderr.hasPrefix(start))
    let late = try await bench.dovetail("rerun", "k=1", "--yes", "--wait", "1")
    #expect(late.status == 4)
    #expect(late.stderr.hasPrefix(start))
    #expect(late.stderr.contains(". Waiting up to 1 s for that run to end.\n\(start)"))
    let interrupted = try bench.start("run", "--wait", "1h")
    let patient = try bench.start("undo", "--run", "1", "--confirm", "j", "--wait", "3600")
    for command in [interrupted, patient] {
      while !command.errorsSoFar.contains("Waiting up to 1 h") {
        try #require(command.isRunning)
        try await Task.sleep(for: .milliseconds(1))
      }
    }
    interrupted.send(SIGTERM)
    #expect(await interrupted.finish().status == 130)
    try bench.write("go", "")
    #expect(await holder.finish().status == 0)
    let undone = await patient.finish()
    #expect(undone.status == 0, Comment(rawValue: undone.stderr))
    #expect(bench.files("out/j") == [])
  }

  @Test("an interruption ends all jobs with 130, also after one that failed")
  func interruptedJobs() async throws {
    let bench = try await Self.slow()
    let yaml = try String(contentsOfFile: bench.path("dovetail.yaml"), encoding: .utf8)
    func job(_ name: String, reading table: String) -> String {
      "  \(name): { inputs: [\(table)], sql: SELECT * FROM \(table), output: { location: out/\(name) } }\n"
    }
    try bench.write(
      "dovetail.yaml",
      yaml.replacing(
        "tables:\n", with: "tables:\n  b: { location: nowhere, partitions: { k: int } }\n"
      )
      .replacing("jobs:\n", with: "jobs:\n" + job("broken", reading: "b")) + "\n"
        + job("later", reading: "a"))
    let run = try bench.start("run")
    try await Self.waitForStaging(bench)
    run.send(SIGINT)
    let finished = await run.finish()
    #expect(finished.status == 130, Comment(rawValue: finished.stderr))
    #expect(finished.stderr.contains("nowhere does not exist"))
    #expect(!bench.exists("out/later"))
  }

  @Test(
    "a file that vanishes or changes after it was read is not published, and stays pending (I2)",
    arguments: ["vanished", "changed"])
  func race(what: String) async throws {
    let bench = try await Self.slow()
    let run = try bench.start("run")
    try await Self.waitForStaging(bench)
    if what == "changed" {
      try await bench.land("a/k=1", "SELECT 5::BIGINT AS id")
    } else {
      try bench.remove("data/a/k=1/part.parquet")
    }
    run.send(SIGINT)
    let finished = await run.finish()
    #expect(finished.status == 130)
    #expect(
      finished.stderr.contains(
        "dovetail: k=1 failed: \(bench.path("data/a/k=1/part.parquet")) \(what) after the plan was "
          + "made. The partition stays pending; run again"), Comment(rawValue: finished.stderr))
    #expect(bench.files("out/j") == [])
    // Once vanished, it is not a partition of the job any more.
    #expect(
      try await bench.pending()
        == (what == "changed" ? ["k=1: a: 1 added"] : [])
        + ["k=9: a: 1 added", "k=10: a: 1 added", "k=11: a: 1 added"])
  }
}
