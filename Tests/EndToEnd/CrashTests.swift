import Foundation
import TestSupport
import Testing

@Suite("A process that is killed")
struct CrashTests {
  /// What one partition holds: the generation that wrote it, or nothing.
  private enum Content: Hashable {
    case absent
    case generation(Int)
  }

  private static let keys = 0..<12
  /// The kills of this suite in CI.
  private static let kills = 18

  @Test(
    "leaves every partition old or new, and the next run finishes the work (I5)",
    arguments: [7, SeededGenerator.chooseSeed()])
  func kill(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let bench = try Workbench(Workbench.pair())
    for key in Self.keys {
      try await bench.land("b/k=\(key)", "SELECT n AS id, n AS y FROM range(1000) AS r(n)")
    }
    var before: [Int: Content] = [:]
    for generation in 0...Crashes.rounds(5, of: Self.kills) {
      try await land(generation, in: bench)
      let command = try bench.start("run", "--allow-removals")
      if generation > 0 {
        // From the start of the process, or from the start of the work on, which is where it hurts.
        let limit = ContinuousClock.now + .seconds(120)
        while generation > 1, !command.errorsSoFar.contains("run "),
          ContinuousClock.now < limit
        {
          try await Task.sleep(for: .milliseconds(1))
        }
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...250, using: &random)))
        command.send(SIGKILL)
      }
      let end = await command.finish()
      #expect([0, 137].contains(end.status), Comment(rawValue: end.stderr))
      for key in Self.keys {
        let content = try await content(of: key, in: bench)
        let expected = [before[key] ?? .absent, new(key, generation)]
        #expect(
          expected.contains(content), "seed \(seed), generation \(generation), partition \(key)")
        before[key] = content
      }
      // Now and then a crash follows a crash.
      if end.status == 137, generation % 5 == 3 { continue }
      let finished = try await bench.dovetail("run", "--allow-removals")
      #expect(finished.status == 0, Comment(rawValue: "seed \(seed): \(finished.stderr)"))
      try await bench.expectPair()
      #expect(try await bench.pending() == [])
      #expect(bench.files("out/.j.dovetail/staging") == [])
      for key in Self.keys { before[key] = new(key, generation) }
    }
  }

  @Test("during a publish of what was staged: old or new, and publishing again does the rest (I5)")
  func publish() async throws {
    var random = SeededGenerator()
    let bench = try Workbench(Workbench.pair())
    try await prepare(bench)
    for round in 1...Crashes.rounds(4, of: Self.kills) {
      for key in Self.keys { try await landWhole(round, key, in: bench) }
      let run = try #require(
        try await bench.json("run", "--stage-only")[0]["run"].integer, "seed \(random.seed)")
      try await killed(["publish", "\(run)"], in: bench, &random)
      for key in Self.keys {
        let content = try await content(of: key, in: bench)
        #expect(
          [.generation(round - 1), .generation(round)].contains(content),
          "seed \(random.seed), round \(round), partition \(key)")
      }
      let rest = try await bench.dovetail("publish", "\(run)")
      // All of it was published already, or the rest is now.
      let isOver = rest.status == 4 && rest.stderr.contains("has nothing staged")
      #expect(rest.status == 0 || isOver, "seed \(random.seed): \(rest.stderr)")
      try await expectEverywhere(round, in: bench)
    }
  }

  @Test("during an undo: old or new, and undoing again does the rest (I5)")
  func undo() async throws {
    var random = SeededGenerator()
    let bench = try Workbench(Workbench.pair(job: "    limits: { kept_runs: 20 }"))
    try await prepare(bench)
    for round in 1...Crashes.rounds(4, of: Self.kills) {
      for key in Self.keys { try await landWhole(round, key, in: bench) }
      let run = try #require(try await bench.run()[0]["run"].integer)
      let undo = ["undo", "--run", "\(run)", "--confirm", "j"]
      try await killed(undo, in: bench, &random)
      for key in Self.keys {
        let content = try await content(of: key, in: bench)
        #expect(
          [.generation(0), .generation(round)].contains(content),
          "seed \(random.seed), round \(round), partition \(key)")
      }
      let rest = try await bench.dovetail(undo)
      let isOver = rest.status == 4 && rest.stderr.contains("was already undone")
      #expect(rest.status == 0 || isOver, "seed \(random.seed): \(rest.stderr)")
      for key in Self.keys {
        #expect(
          try await content(of: key, in: bench) == .generation(0), "seed \(random.seed), \(key)")
      }
      #expect(try await bench.json("pending").elements.allSatisfy { $0["held"] != .null })
    }
  }

  /// Both tables with generation 0 of every partition, published.
  private func prepare(_ bench: Workbench) async throws {
    for key in Self.keys {
      try await bench.land("b/k=\(key)", "SELECT n AS id, n AS y FROM range(1000) AS r(n)")
      try await landWhole(0, key, in: bench)
    }
    try await bench.run()
  }

  /// Runs a command that writes the output, and kills it some moments after it has begun.
  private func killed(
    _ arguments: [String], in bench: Workbench, _ random: inout SeededGenerator
  ) async throws {
    let command = try Command(Command.dovetail, arguments + ["-C", bench.folder])
    let lock = bench.path("out/.j.dovetail/lock")
    let limit = ContinuousClock.now + .seconds(120)
    // Who holds the lock has written itself down; whoever has ended, not any more.
    while (try? FileFacts(lock).size) == 0, command.isRunning, ContinuousClock.now < limit {
      try await Task.sleep(for: .milliseconds(1))
    }
    try await Task.sleep(for: .milliseconds(Int.random(in: 0...120, using: &random)))
    command.send(SIGKILL)
    let end = await command.finish()
    #expect([0, 137].contains(end.status), "seed \(random.seed): \(end.stderr)")
  }

  private func expectEverywhere(_ generation: Int, in bench: Workbench) async throws {
    for key in Self.keys {
      #expect(try await content(of: key, in: bench) == .generation(generation))
    }
    #expect(try await bench.pending() == [])
    #expect(bench.files("out/.j.dovetail/staging") == [])
  }

  private func landWhole(_ generation: Int, _ key: Int, in bench: Workbench) async throws {
    try await bench.land(
      "a/k=\(key)",
      "SELECT n AS id, \(generation)::BIGINT AS x FROM range(\(20 + generation)) AS r(n)")
  }

  private func new(_ key: Int, _ generation: Int) -> Content {
    key < 3 && generation % 2 == 1 ? .absent : .generation(generation)
  }

  /// Rewrites every file of `a`, or deletes it in every second generation of some partitions.
  private func land(_ generation: Int, in bench: Workbench) async throws {
    for key in Self.keys {
      switch new(key, generation) {
      case .generation: try await landWhole(generation, key, in: bench)
      case .absent:
        try bench.remove("data/a/k=\(key)")
      }
    }
  }

  /// What a partition holds; records an issue when it is neither nothing nor one whole generation.
  private func content(of key: Int, in bench: Workbench) async throws -> Content {
    let files = bench.files("out/j/k=\(key)")
    guard !files.isEmpty else { return .absent }
    #expect(files.count == 1)
    let rows = try await bench.sql(
      """
      SELECT count(*), min(x), max(x) \
      FROM read_parquet('\(bench.path("out/j/k=\(key)"))/*.parquet', hive_partitioning = false)
      """)
    let numbers = rows[0].compactMap { $0.flatMap { Int($0) } }
    try #require(numbers.count == 3)
    #expect(numbers[1] == numbers[2])
    #expect(numbers[0] == 20 + numbers[1])
    return .generation(numbers[1])
  }
}
