import Foundation
import Testing

/// What one output's trouble keeps from being seen: nothing of the others.
@Suite("A job that cannot be asked about")
struct DamagedMarkerTests {
  /// A workspace of two jobs over the same tables, both published; the marker of the first output is damaged.
  private func damaged() async throws -> Workbench {
    let job = "  k: { inputs: [a], sql: SELECT id FROM a, output: { location: out/k } }"
    let bench = try Workbench(Workbench.pair() + "\n" + job)
    try await bench.landPair(["1"])
    try await bench.run()
    try bench.write("out/.j.dovetail/owner", #"{"job""#)
    return bench
  }

  private func sentence(_ bench: Workbench) -> String {
    """
    Job j: the marker \(bench.path("out/.j.dovetail/owner")) is damaged and does not say whose the output is. \
    If it is this job's, remove the marker and run again, which writes it anew; or take the output over: as it \
    is with `dovetail adopt --job j`, which builds nothing, or with `dovetail run --job j --adopt`, which \
    rebuilds every partition whose files there are not the published ones.
    """
  }

  @Test("a damaged marker is said for its job; status and plan show the other jobs")
  func shown() async throws {
    let bench = try await damaged()
    let status = try await bench.dovetail("status")
    #expect(status.status == 0, Comment(rawValue: status.stderr))
    #expect(
      status.stdout == """
        JOB  PENDING  HELD  PUBLISHED  LAST RUN
        j          0     0          1  1 succeeded
        k          0     0          1  2 succeeded
        A run is refused: \(sentence(bench))

        """)
    let plan = try await bench.dovetail("plan")
    #expect(plan.status == 0, Comment(rawValue: plan.stderr))
    #expect(plan.stdout.contains("A run is refused: \(sentence(bench))\nJob k, plan "))
    for command in ["status", "plan"] {
      let jobs = try await bench.json(command)
      #expect(
        jobs.elements.map { $0["refusal"].text } == [sentence(bench), nil], "\(command)")
    }
  }

  @Test("a run of its job is refused before anything is made, and the others run")
  func refused() async throws {
    let bench = try await damaged()
    try await bench.land("a/k=2", Workbench.rows("x"))
    let alone = try await bench.dovetail("run", "--job", "j")
    #expect(alone.status == 4)
    #expect(alone.stderr == "dovetail: \(sentence(bench))\n")
    let runs = try await bench.json("run", status: 3)
    #expect(runs.elements.map { $0["state"].text } == ["refused", "succeeded"])
  }

  @Test("goes on when the marker is removed, and when the output is taken over")
  func ways() async throws {
    for way in [["run"], ["run", "--adopt"], ["adopt", "--confirm", "j", "--job", "j"]] {
      let bench = try await damaged()
      if way == ["run"] { try bench.remove("out/.j.dovetail/owner") }
      let before = try bench.facts("out/j")
      let done = try await bench.dovetail(way)
      #expect(done.status == 0, "\(way): \(done.stderr)")
      #expect(try bench.facts("out/j") == before, "\(way)")
      try await bench.landPair(["2"])
      try await bench.run()
      #expect(bench.files("out/j").count == 2, "\(way)")
    }
  }

  @Test("a table of two jobs that cannot be listed is said once, and other jobs are planned")
  func unlisted() async throws {
    let bench = try await damaged()
    try bench.remove("out/.j.dovetail/owner")
    try bench.remove("data/b")
    let problem = "Table b: \(bench.path("data/b"))"
    let plan = try await bench.dovetail("plan")
    #expect(plan.status == 1)
    #expect(plan.stderr.hasPrefix("dovetail: \(problem)"))
    #expect(plan.stdout.hasPrefix("Job k, plan "))
    let answer = try await bench.json("plan", status: 1)
    #expect(answer.keys == ["answer", "error"])
    #expect(answer["answer"].elements.map { $0["job"].text } == ["k"])
    #expect(answer["error"]["message"].text?.hasPrefix(problem) == true)

    try bench.remove("data/a")
    let status = try await bench.dovetail("status")
    #expect(status.status == 0)
    #expect(status.stdout.components(separatedBy: "Table a: ").count == 2)
  }
}
