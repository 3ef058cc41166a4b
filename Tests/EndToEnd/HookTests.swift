import Foundation
import Testing

@Suite("The hook on_run_finished")
struct HookTests {
  /// Writes the hook's environment and input as one line of JSON to `told`, and then does something else.
  private static func hook(_ rest: String = "") -> String {
    #"""

    hooks:
      on_run_finished: |
        printf '{"job": "%s", "state": "%s", "workspace": "%s", "run": "%s", "input": %s}\n' \
          "$DOVETAIL_JOB" "$DOVETAIL_STATE" "$DOVETAIL_WORKSPACE" "${DOVETAIL_RUN-none}" "$(cat)" >> told
        \#(rest)

    """#
  }

  private func told(_ bench: Workbench) throws -> [JSONValue] {
    try String(contentsOfFile: bench.path("told"), encoding: .utf8).split(separator: "\n")
      .map { try JSONValue(String($0)) }
  }

  @Test("it gets the run's JSON on standard input, and its failure changes nothing")
  func hook() async throws {
    let bench = try Workbench(Workbench.pair() + Self.hook("exit 5"))
    try await bench.landPair()
    let run = try await bench.dovetail("run")
    #expect(run.status == 0)
    #expect(run.stderr.contains("dovetail: the hook on_run_finished ended with status 5: printf"))
    // Nothing to do is no run.
    _ = try await bench.dovetail("run")
    let told = try told(bench)
    #expect(told.count == 1)
    #expect(told[0]["job"].text == "j")
    #expect(told[0]["state"].text == "succeeded")
    #expect(told[0]["workspace"].text == bench.folder)
    #expect(told[0]["run"].text == "1")
    #expect(told[0]["input"]["job"].text == "j")
    #expect(told[0]["input"]["run"].integer == 1)
    #expect(told[0]["input"]["committed"].integer == 3)
  }

  @Test("it gets what was refused and what could not be listed, with the reason")
  func failures() async throws {
    let bench = try Workbench(Workbench.pair() + Self.hook())
    try await bench.landPair()
    try bench.write("out/j/k=1/foreign.parquet", "x")
    let environment = ["DOVETAIL_RUN": "of another run"]
    #expect(try await bench.dovetail("run", environment: environment).status == 4)
    try bench.remove("out/j")
    try await bench.run()
    try FileManager.default.moveItem(atPath: bench.path("data/b"), toPath: bench.path("data/c"))
    #expect(try await bench.dovetail("run").status == 1)
    let told = try told(bench)
    #expect(told.map { $0["state"].text } == ["refused", "succeeded", "failed"])
    #expect(told.map { $0["run"].text } == ["none", "1", "none"])
    #expect(told[0]["input"]["error"]["status"].integer == 4)
    #expect(
      told[0]["input"]["error"]["message"].text?.contains("no run of this workspace wrote") == true)
    #expect(
      told[2]["input"]["error"]["message"].text?.contains("data/b does not exist") == true)
  }

  @Test("what it leaves in the background does not hold the run, nor does what it does not read")
  func background() async throws {
    let bench = try Workbench(
      Workbench.pair() + "\nhooks: { on_run_finished: 'sleep 1000 & echo $! > child' }\n")
    try await bench.landPair()
    let run = try await bench.dovetail("run")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    let child = try String(contentsOfFile: bench.path("child"), encoding: .utf8)
    let process = try #require(Int32(child.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(kill(process, SIGKILL) == 0)
  }

  @Test("one that cannot be started is a warning with the system's reason")
  func notStarted() async throws {
    // Longer than a system takes one argument.
    let long = String(repeating: "x", count: 200_000)
    let bench = try Workbench(Workbench.pair() + "\nhooks: { on_run_finished: 'true \(long)' }\n")
    try await bench.landPair(["1"])
    let run = try await bench.dovetail("run")
    #expect(run.status == 0)
    #expect(
      run.stderr.hasSuffix(
        "dovetail: the hook on_run_finished cannot be started: Argument list too long\n"))
  }

  @Test("the first Ctrl-C is passed on to it, the second ends the process at once")
  func interruption() async throws {
    // Not to be ended by a signal, but by a file.
    let hook =
      "trap 'touch got' INT; touch begun; while [ ! -e stop ]; do sleep 0.02; done; touch over"
    let bench = try Workbench(
      Workbench.pair() + "\nhooks: { on_run_finished: \"\(hook)\" }\n")
    try await bench.landPair(["1"])
    let run = try bench.start("run")
    try await wait(run) { bench.exists("begun") }
    run.send(SIGINT)
    try await wait(run) { bench.exists("got") }
    // Not before it is another one than the first.
    while run.isRunning {
      run.send(SIGINT)
      try await Task.sleep(for: .milliseconds(5))
    }
    let finished = await run.finish()
    #expect(finished.status == 130, Comment(rawValue: finished.stderr))
    #expect(!bench.exists("over"))
    #expect(try bench.runStates() == ["succeeded"])
    try bench.write("stop", "")
    while !bench.exists("over") { try await Task.sleep(for: .milliseconds(5)) }
  }

  private func wait(_ command: Command, until isTrue: () -> Bool) async throws {
    let limit = ContinuousClock.now + .seconds(120)
    while !isTrue() {
      try #require(command.isRunning && ContinuousClock.now < limit)
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}
