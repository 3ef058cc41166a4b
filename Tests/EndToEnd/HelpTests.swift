import Foundation
import Testing

/// `--help` is what a newcomer reads first.
@Suite("The help of a command")
struct HelpTests {
  /// The help as one line, whatever it was wrapped at.
  private func help(_ words: [String]) async throws -> String {
    let help = try await Command.run(Command.dovetail, words + ["--help"])
    #expect(help.status == 0, "\(words): \(help.stderr)")
    return help.stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test("begins with a sentence, gives an example, and says what each value is")
  func everyCommand() async throws {
    for words in EveryCommand.names where !words.isEmpty {
      let text = try await help(words)
      #expect(text.contains("Example: dovetail "), "\(words)")
      // The name of the option is no name for its value, unless that is what it takes one of.
      for option in text.split(separator: " --").dropFirst() {
        let parts = option.split(separator: " ", maxSplits: 2)
        guard parts.count > 1, parts[1] == "<\(parts[0])>" else { continue }
        #expect(
          ["input", "table", "run", "state", "seed", "dialect", "keys"].contains(parts[0]),
          "\(words): --\(parts[0]) \(parts[1])")
      }
      #expect(!text.contains("(default). (default:"), "\(words)")
      #expect(!text.contains("LAG"), "\(words)")
    }
  }

  @Test("of rerun says every state")
  func states() async throws {
    #expect(
      try await help(["rerun"]).contains(
        "--state <state> What is pending, held, failed (in --run, or in the newest run), one-sided, or published "
          + "(has rows in the output); may be repeated."))
  }

  @Test("of a wait says its units, and the option takes them")
  func wait() async throws {
    #expect(
      try await help(["run"]).contains(
        "--wait <time> Wait for another run of the output to end, up to this long for each job: 90, 90s, 15m or "
          + "2h. By default the job is refused."))
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    for time in ["90", "90s", "15m", "2h"] {
      #expect(try await bench.dovetail("run", "--wait", time).status == 0, "\(time)")
    }
  }

  @Test("a run has its job, also for a rerun of what it built")
  func jobOfRun() async throws {
    #expect(
      try await help(["rerun"]).contains(
        "--job <name> The job; by default that of the run, or the only one."))
    let job = "  k: { inputs: [a], sql: SELECT id FROM a, output: { location: out/k } }"
    let bench = try Workbench(Workbench.pair() + "\n" + job)
    try await bench.landPair(["1"])
    try await bench.run()
    #expect(try await bench.json("rerun", "--run", "2", "--dry-run")["job"].text == "k")
    #expect(try await bench.dovetail("rerun", "k=1", "--dry-run").status == 2)
  }
}
