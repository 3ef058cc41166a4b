import Foundation
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

/// Processes that are killed right before or after the store gets a request of theirs.
@Suite("A process that is killed at a request")
struct LakeRequestCrashTests {
  /// A request of some kind: by itself, or of some key.
  struct Target: CustomStringConvertible {
    let kind: StoreRequest.Kind
    var key: ExactText = ""
    var description: String { key.isEmpty ? kind.rawValue : "\(kind.rawValue) \(key)" }

    /// Whether only a run that finds an open upload, or an undo, makes such requests.
    var needsCrash: Bool { kind == .abort }
    var needsUndo: Bool { [.copyPart, .head].contains(kind) }
    /// Whether only a generation that empties a partition makes such requests.
    var needsRemoval: Bool { kind == .delete && !key.isEmpty }
    /// Whether only a run makes such requests that sweeps what a run has replaced of several partitions.
    var needsWholeRuns: Bool { kind == .deleteSeveral }

    @Sendable func matches(_ request: StoreRequest) -> Bool {
      request.kind == kind && (key.isEmpty || request.target.exact.contains(text: key))
    }
  }

  /// At which of the requests that are meant a process is killed, and whether the store gets that request.
  struct Crash {
    let target: Target
    var number = 1
    var isCarriedOut = false
    let comment: String
  }

  static let targets: [Target] =
    [
      .list, .uploads, .get, .begin, .part, .complete, .copy, .deleteSeveral, .abort, .copyPart,
      .head,
    ]
    .map { Target(kind: $0) } + [
      Target(kind: .put, key: "lease.json"), Target(kind: .delete, key: "/out/j/k"),
    ]
  static let change = Target(kind: .put, key: "/change-")

  @Test(
    "before or after it is carried out leaves every partition whole, and the next run finishes (I5)",
    arguments: CrashLake.LedgerPlace.allCases)
  func kill(ledger: CrashLake.LedgerPlace) async throws {
    var random = SeededGenerator()
    let lake = try await CrashLake(ledger: ledger, job: "    limits: { kept_runs: 2 }\n")
    // What undisturbed runs ask for, of both kinds of generations.
    var usual: [[StoreRequest]] = []
    for generation in 0..<4 {
      lake.proxy.set { _, _ in nil }
      try await lake.publish(generation, "seed \(random.seed)")
      usual.append(lake.proxy.requests)
    }
    var generation = 3
    let targets = Self.targets + (ledger == .store ? [Self.change] : [])
    for round in 0..<Crashes.rounds(1, of: LakeCrashTests.kills) {
      for (index, target) in targets.enumerated() {
        if target.needsRemoval, generation % 2 == 1 {
          generation += 1
          try await lake.publish(generation, "seed \(random.seed)")
        }
        if target.needsWholeRuns {
          for _ in 0..<3 {
            generation += 1
            try await lake.publish(generation, "seed \(random.seed)")
          }
        }
        generation += 1
        let count = usual[generation % 2 + 2].count(where: target.matches)
        let crash = Crash(
          target: target, number: Int.random(in: 1...max(1, count), using: &random),
          // With the ledger elsewhere it is the other way round, so that both come in one run of the tests.
          isCarriedOut: (index + round + (ledger == .store ? 1 : 0)) % 2 == 0,
          comment: "seed \(random.seed), generation \(generation), \(target)")
        if target.needsUndo {
          try await self.undo(crash, generation, lake)
          generation += 1
        } else {
          try await self.run(crash, generation, lake)
        }
        try await lake.publish(generation, crash.comment)
        try await lake.expectSettled(generation, crash.comment)
      }
    }
  }

  /// Kills a run of a generation.
  private func run(_ crash: Crash, _ generation: Int, _ lake: CrashLake) async throws {
    let before = try await lake.contents(crash.comment)
    try await lake.land(generation)
    let run = ["run", "--allow-removals"]
    if crash.target.needsCrash {
      let first = Crash(target: Target(kind: .complete), comment: crash.comment)
      try await killed(run, lake, at: first)
    }
    try await killed(run, lake, at: crash)
    try await lake.expect(before, or: generation, crash.comment)
  }

  /// Publishes a generation, and kills the undo of one partition of it.
  private func undo(_ crash: Crash, _ generation: Int, _ lake: CrashLake) async throws {
    let before = try await lake.contents(crash.comment)
    try await lake.publish(generation, crash.comment)
    let undo = ["undo", "--confirm", "j", "k=2"]
    try await killed(undo, lake, at: crash)
    let contents = try await lake.contents(crash.comment)
    #expect([before[2], .generation(generation)].contains(contents[2]), "\(crash.comment)")
    let rest = try await lake.lake.dovetail(undo)
    // What was done is not done twice, which would take it back.
    let isOver = rest.status == 4 && rest.stderr.contains("has published k=2")
    #expect(rest.status == 0 || isOver, "\(crash.comment): \(rest.stderr)")
    #expect(try await lake.contents(crash.comment)[2] == before[2], "\(crash.comment)")
    try await lake.expectTidy(crash.comment)
  }

  @Test("after it is carried out leaves a run that an undo takes back at once")
  func undoOfTheKilled() async throws {
    let lake = try await CrashLake()
    try await lake.land(0)
    try await lake.run("the first run")
    for key in CrashLake.keys { try await lake.landWhole(1, key) }
    let crash = Crash(
      target: Target(kind: .complete), isCarriedOut: true, comment: "the second run")
    try await killed(["run"], lake, at: crash)
    #expect(try await lake.contents("killed").values.contains(.generation(1)))
    let undo = try await lake.lake.dovetail("undo", "--run", "2", "--confirm", "j")
    #expect(undo.status == 0, Comment(rawValue: undo.stderr))
    let contents = try await lake.contents("undone")
    #expect(
      contents == [0: .generation(0), 1: .generation(0), 2: .generation(0), 3: .generation(0)])
    // Of a partition that is named it is told what is there now.
    try await killed(["rerun", "k=1"], lake, at: crash)
    let named = try await lake.lake.dovetail("undo", "k=1", "--confirm", "j")
    #expect(
      named.status == 4
        && named.stderr.contains("has published k=1, which the ledger knows only now"))
    #expect(try await lake.contents("recovered")[1] == .generation(1))
    let again = try await lake.lake.dovetail("undo", "k=1", "--confirm", "j")
    #expect(again.status == 0, Comment(rawValue: again.stderr))
    #expect(try await lake.contents("undone again")[1] == .generation(0))
  }

  @Test("of the trial of the store leaves nothing behind", arguments: [3, 9])
  func trial(number: Int) async throws {
    let lake = try await CrashLake()
    try await lake.land(0)
    let crash = Crash(
      target: Target(kind: .put, key: "/probe/"), number: number, isCarriedOut: true,
      comment: "request \(number) of the trial")
    try await killed(["run"], lake, at: crash) {
      [.put, .begin, .part, .complete].contains($0.kind)
        && $0.target.exact.contains(text: "/probe/")
    }
    #expect(try await lake.lake.keys("out/.j.dovetail/probe/") != [])
    try await lake.run("the run after")
    try await lake.expectSettled(0, "the run after")
  }

  @Test("between publish and commit leaves work that goes on from an empty disk")
  func emptyDisk() async throws {
    let lake = try await CrashLake(ledger: .store)
    try await lake.land(0)
    try await lake.run("the first run")
    try await lake.land(1)
    let isPublished = Mutex(false)
    let crash = Crash(target: Self.change, comment: "the second run")
    try await killed(["run", "--allow-removals"], lake, at: crash) { request in
      if request.kind == .complete { isPublished.withLock { $0 = true } }
      return Self.change.matches(request) && isPublished.withLock(\.self)
    }
    let published = try await lake.contents("killed")
    #expect(published.values.contains(.generation(1)))

    let other = try Workbench(
      try String(contentsOfFile: lake.lake.bench.path("dovetail.yaml"), encoding: .utf8))
    try lake.lake.bench.remove(".dovetail")
    try await lake.run(in: other.folder, "on the empty disk")
    try await lake.expectSettled(1, in: other.folder, "on the empty disk")
    let history = try await lake.lake.dovetail("history", "--json", in: other.folder)
    let states = try JSONValue(history.stdout).elements.compactMap { $0["state"].text }
    #expect(states == ["succeeded", "interrupted", "succeeded"])
  }

  /// Runs a command that is killed at a request.
  private func killed(
    _ arguments: [String], _ lake: CrashLake, at crash: Crash,
    _ isMeant: (@Sendable (StoreRequest) -> Bool)? = nil
  ) async throws {
    let victim = Victim()
    lake.proxy.kill(
      victim, atRequest: crash.number, carriedOut: crash.isCarriedOut,
      isMeant ?? crash.target.matches)
    let command = try lake.lake.start(arguments)
    victim.set(command.processID)
    let end = await command.finish()
    lake.proxy.set { _, _ in nil }
    // There may be fewer requests of a kind than usual, but there is one.
    let isKilled = end.status == 137 || (end.status == 0 && crash.number > 1)
    #expect(isKilled, "\(crash.comment), request \(crash.number): \(end.stderr)")
  }
}
