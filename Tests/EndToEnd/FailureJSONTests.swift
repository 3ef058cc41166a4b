import Foundation
import Testing

/// What docs/guide/json.md promises for every command: one value, with the reason in it.
@Suite("JSON of what goes wrong")
struct FailureJSONTests {
  /// A script that spoils a workspace and runs the command in it.
  enum Fault: String, CaseIterable {
    case nothing = #""$@""#
    case noWorkspace = #"mkdir none; mv csv demo none; cd none; rm -f demo/dovetail.yaml; "$@""#
    case brokenDefinition = #"echo 'tables: [' | tee dovetail.yaml > demo/dovetail.yaml; "$@""#
    case unknownOption = #""$@" --frobnicate"#
    case unknownFolder = #""$@" -C"#
    case brokenLedger =
      #"for f in . demo; do rm $f/.dovetail/*; echo x > $f/.dovetail/ledger.sqlite; done; "$@""#
    case unlistedInput = #"rm -r data/a; echo x > data/a; "$@""#
    case lockedOutput = #"flock out/.j.dovetail/lock "$@""#
  }

  @Test("standard output is exactly one JSON value, whatever happens", arguments: Fault.allCases)
  func everyCommand(_ fault: Fault) async throws {
    let bench = try await Workbench.used()
    for command in EveryCommand.answering {
      let finished = try await bench.restored(command + ["--json"], fault.rawValue)
      let case_: Comment = "\(command) \(fault): \(finished.stdout)\(finished.stderr)"
      #expect(finished.status < 128, case_)
      let answer = try #require(try? JSONValue(finished.stdout), case_)
      let reasons = [answer["error"]] + answer.elements.map { $0["error"] }
      // What failed one by one is named one by one.
      let failed = answer["failed"][0]["message"].text
      if finished.status == 0 {
        #expect(reasons.allSatisfy { $0 == .null }, case_)
      } else if failed == nil {
        let reason = try #require(reasons.first { $0 != .null }, case_)
        #expect(reason["status"].integer == Int(finished.status), case_)
        #expect(reason["message"].text?.isEmpty == false, case_)
      }
      if fault == .nothing { #expect(finished.status == 0, case_) }
      if [.unknownOption, .unknownFolder].contains(fault) {
        #expect(finished.status == 2, case_)
      }
    }
  }

  @Test("an object gets the reason as one more key, anything else becomes a part of an object")
  func shapes() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    let reset = try await bench.json("bookmarks", "reset", status: 4)
    #expect(reset["operation"].text == "reset")
    #expect(
      reset["error"]
        == (try JSONValue(
          #"{"message": "Nothing was changed: add --confirm j.", "status": 4}"#)))
    try await bench.land("a/k=1", Workbench.rows("x", 4))
    try bench.remove("data/b")
    let pending = try await bench.json("pending", status: 1)
    #expect(pending.keys == ["answer", "error"])
    #expect(pending["answer"][0]["partition"].text == "k=1")
    #expect(
      pending["error"]["message"].text?.hasPrefix("Table b: \(bench.path("data/b"))") == true)
  }

  @Test("a job that is refused has its reason beside the jobs that ran")
  func jobs() async throws {
    let job = "  j2: { inputs: [a], sql: SELECT id FROM a, output: { location: out/j2 } }"
    let bench = try Workbench(Workbench.pair() + "\n" + job)
    try await bench.landPair(["1"])
    try bench.write("out/j/k=1/foreign.parquet", "x")
    let runs = try await bench.json("run", status: 3)
    #expect(runs.elements.map { $0["state"].text } == ["refused", "succeeded"])
    #expect(runs[0]["error"]["status"].integer == 4)
    #expect(
      runs[0].keys == (runs[1].keys + ["error"]).filter { $0 != "plan" && $0 != "run" }.sorted())
  }

  @Test(
    "a command that only looks ends at the first signal, with its reason",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func interrupted(_ signal: Int32) async throws {
    let bench = try Workbench(Workbench.pair())
    #expect(mkfifo(bench.path("pipe"), 0o600) == 0)
    let command = try bench.start(
      "predicate", "eval", "--from", bench.path("pipe"), "--keys", "k int", "--partitions", "[[1]]",
      "--json")
    // A pipe can be opened for writing as soon as the command waits for what comes out of it.
    var writer: Int32 = -1
    while writer < 0, command.isRunning {
      writer = open(bench.path("pipe"), O_WRONLY | O_NONBLOCK)
      try await Task.sleep(for: .milliseconds(1))
    }
    command.send(signal)
    let finished = await command.finish()
    close(writer)
    #expect(finished.status == 130)
    #expect(finished.stderr == "dovetail: Interrupted; what is not committed stays pending.\n")
    #expect(
      try JSONValue(finished.stdout)["error"]
        == JSONValue(
          #"{"message": "Interrupted; what is not committed stays pending.", "status": 130}"#))
  }
}
