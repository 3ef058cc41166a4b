import Foundation
import Testing

@Suite("Guards count what a run would remove (I13)")
struct RemovalGuardTests {
  /// Partitions `k=1` to `k=count`, built by run 1.
  private func bench(_ count: Int = 8, join: String = "inner", job: String = "") async throws
    -> Workbench
  {
    let bench = try Workbench(Workbench.pair(join: join, format: "csv", job: job))
    for key in 1...count {
      try bench.write("data/a/k=\(key)/part.csv", "id,x\n1,10\n2,20\n")
      try bench.write("data/b/k=\(key)/part.csv", "id,y\n1,10\n2,20\n")
    }
    try await bench.run()
    return bench
  }

  /// Other ids in `b`, which meet nothing.
  private func shift(_ bench: Workbench, _ keys: ClosedRange<Int>, by offset: Int = 100) throws {
    for key in keys {
      try bench.write("data/b/k=\(key)/part.csv", "id,y\n\(1 + offset),10\n\(2 + offset),20\n")
    }
  }

  /// Which run moved each position and which built each partition.
  private func positions(_ bench: Workbench) async throws -> [[Int?]] {
    try await bench.json("bookmarks", "show", "--partitions").elements
      .map { [$0["run"].integer, $0["builtBy"].integer] }
  }

  private static let note = """
    Job j: 8 partitions would be emptied and are held: 8 of 8 published partitions would be gone, more \
    than the limit of 25 %. Fix the inputs; if the rows should really be removed, `dovetail run --job j \
    --allow-removals` removes them, and `dovetail bookmarks skip PARTITION --job j` keeps them. `dovetail \
    pending --job j` lists the partitions.

    """

  @Test("the same cron line ten times after all ids of a side changed removes nothing: status 3")
  func cronLine() async throws {
    let bench = try await bench()
    let before = try bench.facts("out/j")
    let positions = try await positions(bench)
    try shift(bench, 1...8)
    for round in 1...10 {
      let run = try await bench.dovetail("run")
      #expect(run.status == 3, "round \(round)")
      #expect(run.stdout.hasSuffix(Self.note), Comment(rawValue: run.stdout))
    }
    #expect(try bench.facts("out/j") == before)
    #expect(try await self.positions(bench) == positions)
    #expect(try await bench.json("history").elements.count == 2)
    // Another change, and a run of something else, leave them held.
    try bench.write("data/a/k=9/part.csv", "id,x\n1,10\n")
    try bench.write("data/b/k=9/part.csv", "id,y\n1,10\n")
    let other = try await bench.json("run", status: 3)
    #expect(other[0]["state"].text == "succeeded")
    #expect(other[0]["committed"].integer == 1)
    #expect(other[0]["withheld"] == .array([]))
    #expect(other[0]["wouldBeEmptied"].elements.count == 8)
    // The right ids come back: nothing has to be done by hand.
    try shift(bench, 1...8, by: 0)
    #expect(try await bench.dovetail("run").status == 0)
    #expect(try await bench.pending() == [])
  }

  @Test("what else a run built stays committed, and the hold is told wherever one looks")
  func told() async throws {
    let bench = try await bench()
    try shift(bench, 1...3)
    try bench.write("data/a/k=8/part.csv", "id,x\n1,11\n")
    let run = try await bench.json("run", status: 3)[0]
    #expect(run["state"].text == "partial")
    #expect(run["committed"].integer == 1)
    #expect(run["removed"].integer == 0)
    #expect(run["withheld"].elements.map(\.text) == ["k=1", "k=2", "k=3"])
    #expect(run["held"].integer == 3)
    #expect(run["removals"]["earlier"].integer == 0)
    #expect(run["removals"]["new"].integer == 3)
    #expect(run["removals"]["published"].integer == 8)
    let figures = "3 of 8 published partitions would be gone, more than the limit of 25 %"
    for command in [["status"], ["pending"], ["why", "k=2"], ["plan"]] {
      let text = try await bench.dovetail(command)
      #expect(text.stdout.contains(figures), Comment(rawValue: text.stdout))
    }
    #expect(try await bench.json("pending")[0]["removals"]["new"].integer == 3)
    #expect(try await bench.json("why", "k=2")["removals"]["published"].integer == 8)
    let status = try await bench.json("status")[0]
    #expect(status["wouldBeEmptied"].integer == 3)
    #expect(status["removals"]["new"].integer == 3)
    let history = try await bench.dovetail("history", "2")
    #expect(history.stdout.contains("k=1        held"), Comment(rawValue: history.stdout))
    #expect(history.stdout.contains(figures))
    #expect(
      try await bench.json("history", "2").elements.map { $0["state"].text }
        == ["held", "held", "held", "committed"])
  }

  @Test("consent covers what was shown, and what turns out to be empty since is asked about")
  func consent() async throws {
    let bench = try await bench()
    try shift(bench, 1...3)
    #expect(try await bench.dovetail("run").status == 3)
    try shift(bench, 4...6)
    let allowed = try await bench.json("run", "--allow-removals", status: 3)[0]
    #expect(allowed["removed"].integer == 3)
    #expect(allowed["withheld"].elements.map(\.text) == ["k=4", "k=5", "k=6"])
    #expect(allowed["removals"]["published"].integer == 5)
    #expect(bench.files("out/j").map { $0.prefix(3) } == ["k=4", "k=5", "k=6", "k=7", "k=8"])
    // Those who went with consent are not counted: one of five may go.
    try shift(bench, 4...6, by: 0)
    try shift(bench, 8...8)
    #expect(try await bench.json("run")[0]["removed"].integer == 1)
  }

  @Test("a release names the partitions, and the next run removes them")
  func release() async throws {
    let bench = try await bench()
    try shift(bench, 1...3)
    #expect(try await bench.dovetail("run").status == 3)
    let release = try await bench.dovetail(
      "bookmarks", "release", "k=2", "k=3", "--confirm", "j")
    #expect(release.status == 0)
    #expect(
      release.stdout.contains(
        "2 partitions that would be emptied are released: the next run removes them."))
    #expect(
      release.stdout.hasSuffix(
        "Job j, run 3 succeeded: 2 partitions released; the next run removes those without rows.\n")
    )
    let next = try await bench.json("run", status: 3)[0]
    #expect(next["removed"].integer == 2)
    #expect(next["wouldBeEmptied"].elements.map(\.text) == ["k=1"])
    // What is skipped keeps its rows, and is held no more.
    _ = try await bench.dovetail(
      "bookmarks", "skip", "k=1", "--note", "kept", "--confirm", "j")
    #expect(try await bench.dovetail("run").status == 0)
    #expect(bench.exists("out/j/k=1"))
  }

  @Test("a quarter a run does not shrink a table of 20 to 5")
  func series() async throws {
    let bench = try await bench(20)
    var statuses: [Int32] = []
    for round in 0..<6 {
      try shift(bench, (3 * round + 1)...(3 * round + 3))
      statuses.append(try await bench.dovetail("run").status)
    }
    #expect(statuses == [0, 3, 3, 3, 3, 3])
    #expect(bench.files("out/j").count == 17)
    // An undo of the removal takes it out of the count.
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    try shift(bench, 4...18, by: 0)
    try shift(bench, 16...20)
    let run = try await bench.json("run", status: 0)[0]
    #expect(run["removed"].integer == 5)
  }

  @Test(
    "a third of an input's partitions gone is refused, again and again, before anything is written")
  func lostInput() async throws {
    let bench = try await bench(9, join: "left")
    let before = try bench.facts("out/j")
    for key in 1...3 { try bench.remove("data/b/k=\(key)") }
    for _ in 1...10 {
      let run = try await bench.dovetail("run")
      #expect(run.status == 4)
      #expect(
        run.stderr == """
          dovetail: Job j: the input b has lost 3 of its 9 partitions, more than the limit of 25 %: k=1 \
          and 2 more have no data file left in \(bench.path("data/b")). Nothing was changed. If they were \
          really deleted, run again with --allow-removals.

          """)
    }
    // Neither do parts of it go through.
    #expect(try await bench.dovetail("run", "--max-partitions", "1").status == 4)
    #expect(try await bench.dovetail("rerun", "k=1", "--yes").status == 4)
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.json("history").elements.count == 1)
    #expect(try await bench.dovetail("run", "--allow-removals").status == 0)
    #expect(try await bench.dovetail("run").status == 0)
  }

  @Test("removals that are certain beforehand are counted over the runs too, and a plan says so")
  func plannedRemovals() async throws {
    let bench = try await bench(12)
    for (round, key) in [1, 4, 7].enumerated() {
      try bench.remove("data/a/k=\(key)")
      try bench.remove("data/a/k=\(key + 1)")
      if round == 2 { break }
      let status = try await bench.dovetail("run").status
      #expect(status == (round == 0 ? 0 : 3))
    }
    let plan = try await bench.dovetail("plan")
    #expect(
      plan.stdout.contains(
        "A run keeps and holds 2 partitions that it would remove: 4 of 12 published partitions would be "
          + "gone, 2 of them since the last 10 runs began, more than the limit of 25 %. `dovetail run "
          + "--job j --allow-removals` removes them.\n"), Comment(rawValue: plan.stdout))
    let id = try await bench.json("plan")[0]["id"].text ?? ""
    let run = try await bench.json("run", "--job", "j", "--plan", id, "--allow-removals", status: 3)
    #expect(run[0]["removed"].integer == 2)
    // The plan did not have what is held.
    #expect(run[0]["wouldBeEmptied"].elements.map(\.text) == ["k=4", "k=5"])
  }

  @Test("a rerun, a publish by hand and a repair are no way around it")
  func otherWays() async throws {
    let bench = try await bench()
    try shift(bench, 1...3)
    let staged = try await bench.json("run", "--stage-only")
    #expect(staged[0]["staged"].integer == 3)
    let publish = try await bench.dovetail("publish", "2")
    #expect(publish.status == 3)
    #expect(
      publish.stdout.hasSuffix(
        "3 staged partitions would be emptied and stay staged: 3 of 8 published partitions would be gone, "
          + "more than the limit of 25 %. If the rows should really be removed, `dovetail publish 2 "
          + "--allow-removals` removes them.\n"), Comment(rawValue: publish.stdout))
    #expect(bench.files("out/j").count == 8)
    let rerun = try await bench.dovetail("rerun", "k=1..k=3", "--yes")
    #expect(rerun.status == 3)
    #expect(bench.files("out/j").count == 8)
    let allowed = try await bench.dovetail("rerun", "k=1..k=3", "--yes", "--allow-removals")
    #expect(allowed.status == 0)
    #expect(bench.files("out/j").count == 5)
  }

  @Test("a publish by hand removes what is allowed")
  func allowedPublish() async throws {
    let bench = try await bench()
    try shift(bench, 1...3)
    _ = try await bench.json("run", "--stage-only")
    let publish = try await bench.json("publish", "2", "--allow-removals")
    #expect(publish["removed"].integer == 3)
    #expect(bench.files("out/j").count == 5)
  }

  @Test("a table of one or two partitions keeps each until somebody agrees")
  func smallTables() async throws {
    let bench = try await bench(2)
    try shift(bench, 1...1)
    #expect(try await bench.dovetail("run").status == 3)
    #expect(try await bench.dovetail("run", "--job", "j", "--allow-removals").status == 0)
    #expect(bench.files("out/j").count == 1)
  }

  @Test("a change of types happens to all partitions, or waits for what would be emptied")
  func typeSwitch() async throws {
    let bench = try Workbench(Workbench.pair())
    func land(_ key: Int, _ id: Int) async throws {
      try await bench.land("a/k=\(key)", "SELECT 1::BIGINT AS id, uuid() AS x")
      try await bench.land("b/k=\(key)", "SELECT \(id)::BIGINT AS id, 1::BIGINT AS y")
    }
    for key in 1...4 { try await land(key, 1) }
    try await bench.run()
    try bench.write(
      "dovetail.yaml",
      Workbench.pair().replacing(
        "{ location: out/j }", with: "{ location: out/j, types: duckdb }"))
    for key in 1...2 { try await land(key, 2) }
    let run = try await bench.json("run", status: 3)[0]
    #expect(run["withheld"].elements.map(\.text) == ["k=1", "k=2"])
    #expect(
      run["failed"][0]["message"].text == """
        The columns of all partitions get other types together, and 2 of them would be emptied, such as \
        k=1: 2 of 4 published partitions would be gone, more than the limit of 25 %. Nothing was \
        published, and these are held. If their rows should really be removed, run again with --allow-removals.
        """)
    #expect(bench.files("out/j").count == 4)
    #expect(try await bench.dovetail("run", "--allow-removals").status == 0)
    #expect(bench.files("out/j").count == 2)
  }

  @Test("with a limit of everything, everything may go")
  func noLimit() async throws {
    let bench = try await bench(4, job: "    limits: { removals: 1 }")
    try shift(bench, 1...4)
    let run = try await bench.json("run")[0]
    #expect(run["removed"].integer == 4)
    #expect(run["withheld"] == .array([]))
  }
}
