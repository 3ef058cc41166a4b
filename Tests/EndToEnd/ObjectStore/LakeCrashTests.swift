import Foundation
import TestSupport
import Testing

/// Processes that are killed at random moments, on S3.
@Suite("A process that is killed, on S3")
struct LakeCrashTests {
  /// The kills of this suite and of `LakeRequestCrashTests` in CI.
  static let kills = 36

  @Test(
    "leaves every partition old or new, and the next run finishes the work at once (I5)",
    arguments: CrashLake.LedgerPlace.allCases)
  func kill(ledger: CrashLake.LedgerPlace) async throws {
    var random = SeededGenerator()
    let lake = try await CrashLake(ledger: ledger)
    var before: [Int: CrashLake.Content] = [:]
    // The first one may meet the trial of the store.
    for generation in 0..<Crashes.rounds(3, of: Self.kills) {
      let comment = "seed \(random.seed), generation \(generation)"
      try await lake.land(generation)
      try await killed(["run", "--allow-removals"], lake, &random)
      before = try await lake.expect(before, or: generation, comment)
      try await lake.run(comment)
      before = try await lake.expectSettled(generation, comment)
    }
  }

  @Test("during a publish of what was staged: old or new, and publishing again does the rest (I5)")
  func publish() async throws {
    var random = SeededGenerator()
    let lake = try await CrashLake()
    try await lake.land(0)
    try await lake.run("the first run")
    for round in 1...Crashes.rounds(2, of: Self.kills) {
      let comment = "seed \(random.seed), round \(round)"
      for key in CrashLake.keys { try await lake.landWhole(2 * round, key) }
      let staged = try await lake.lake.dovetail("run", "--stage-only", "--json")
      let run = try #require(try JSONValue(staged.stdout)[0]["run"].integer, "\(comment)")
      try await killed(["publish", "\(run)"], lake, &random)
      let before = Dictionary(
        uniqueKeysWithValues: CrashLake.keys.map {
          ($0, CrashLake.Content.generation(2 * round - 2))
        })
      try await lake.expect(before, or: 2 * round, comment)
      let rest = try await lake.lake.dovetail("publish", "\(run)")
      // All of it was published already, or the rest is now.
      let isOver = rest.status == 4 && rest.stderr.contains("has nothing staged")
      #expect(rest.status == 0 || isOver, "\(comment): \(rest.stderr)")
      try await lake.expectSettled(2 * round, comment)
    }
  }

  @Test("during an undo: old or new, and undoing again does the rest (I5)")
  func undo() async throws {
    var random = SeededGenerator()
    let lake = try await CrashLake(job: "    limits: { kept_runs: 20 }\n")
    try await lake.land(0)
    try await lake.run("the first run")
    let first = try await lake.contents("the first run")
    for round in 1...Crashes.rounds(2, of: Self.kills) {
      let comment = "seed \(random.seed), round \(round)"
      // With a removal to be undone, or without.
      try await lake.land(round)
      let done = try await lake.lake.dovetail("run", "--allow-removals", "--json")
      let run = try #require(try JSONValue(done.stdout)[0]["run"].integer, "\(comment)")
      let undo = ["undo", "--run", "\(run)", "--confirm", "j"]
      try await killed(undo, lake, &random)
      try await lake.expect(first, or: round, comment)
      let rest = try await lake.lake.dovetail(undo)
      let isOver = rest.status == 4 && rest.stderr.contains("was already undone")
      #expect(rest.status == 0 || isOver, "\(comment): \(rest.stderr)")
      #expect(try await lake.contents(comment) == first, "\(comment)")
      try await lake.expectTidy(comment)
    }
  }

  /// Runs a command that writes the output, and kills it some moments after some of its requests.
  private func killed(
    _ arguments: [String], _ lake: CrashLake, _ random: inout SeededGenerator
  ) async throws {
    lake.proxy.set { _, _ in nil }
    let number = Int.random(in: 0...60, using: &random)
    let command = try lake.lake.start(arguments)
    let limit = ContinuousClock.now + .seconds(120)
    while lake.proxy.requests.count < number, command.isRunning, ContinuousClock.now < limit {
      try await Task.sleep(for: .milliseconds(1))
    }
    try await Task.sleep(for: .milliseconds(Int.random(in: 0...20, using: &random)))
    command.send(SIGKILL)
    let end = await command.finish()
    #expect([0, 137].contains(end.status), "seed \(random.seed): \(end.stderr)")
  }
}
