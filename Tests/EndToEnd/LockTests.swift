import Foundation
import Testing

@Suite("One writer, and interruption")
struct LockTests {
  /// A job whose partition k=9 takes hours, and whose k=1 is quick.
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
    try await bench.land("a/k=9", "SELECT n AS id FROM range(20000) AS r(n)")
    return bench
  }

  /// Waits until a run has staged k=1 and works on k=9.
  private static func waitForStaging(_ bench: Workbench, run: Int = 1) async throws {
    let staging = "out/.j.dovetail/staging/\(run)"
    let limit = ContinuousClock.now + .seconds(30)
    while !(bench.exists("\(staging)/k=9") && !bench.files("\(staging)/k=1").isEmpty) {
      try #require(ContinuousClock.now < limit, "the run never came to its second partition")
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
    let start = "dovetail: The output \(bench.path("out/j")) is being written by process "
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
    #expect(status[0]["pending"].integer == 2)
    first.send(SIGKILL)
    #expect(await first.finish().status == 137)
    #expect(try await bench.json("status")[0]["lockedBy"] == .null)
  }

  @Test(
    "130: an interrupted run publishes what is whole, leaves the rest pending and frees the lock",
    arguments: [SIGINT, SIGTERM])
  func interruption(signal: Int32) async throws {
    let bench = try await Self.slow()
    let run = try bench.start("run")
    try await Self.waitForStaging(bench)
    run.send(signal)
    let finished = await run.finish(timeout: .seconds(20))
    #expect(finished.status == 130, Comment(rawValue: finished.stderr))
    #expect(
      finished.stdout.hasPrefix(
        "Job j, run 1 cancelled: 1 partition committed (0 of them empty), 0 failed, 1 cancelled"),
      Comment(rawValue: finished.stdout))
    #expect(try await bench.pending() == ["k=9: a: 1 added"])
    #expect(bench.files("out/j").count == 1)
    #expect(bench.files("out/.j.dovetail/staging") == [])
    #expect(
      try await bench.json("history", "1").elements.map { $0["state"].text }
        == ["committed", "cancelled"])
    try await bench.land("a/k=9", "SELECT 2::BIGINT AS id")
    try await bench.run()
    #expect(try await bench.pending() == [])
    #expect(try await bench.count(bench.relation("out/j")) == 2)
  }
}
