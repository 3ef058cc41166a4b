import Foundation
import PartitionPredicate
import TestSupport
import Testing

/// Writers that are stopped between signing a request and sending it, and go on after another one has taken over.
@Suite("A run that is stopped and overtaken, on S3")
struct LakeTakeoverTests {
  /// What a lease lasts in these tests.
  private static let lease = ["DOVETAIL_LEASE_SECONDS": "3"]

  /// Requests that must not be carried out any more.
  enum Held: String, CaseIterable {
    case completion, removal, commit

    var sentence: String {
      self == .commit
        ? "Another run has committed to the ledger" : ": this run no longer holds its lock. The "
    }

    @Sendable func matches(_ request: StoreRequest) -> Bool {
      switch self {
      case .completion: request.kind == .complete
      case .removal:
        request.kind == .delete && request.target.exact.contains(text: "/out/j/k%3D0/")
      case .commit: request.kind == .put && request.target.exact.contains(text: "/change-")
      }
    }
  }

  @Test("publishes and removes nothing any more, and says so (I9)", arguments: Held.allCases)
  func overtaken(_ held: Held) async throws {
    let lake = try await CrashLake(ledger: .store)
    try await lake.land(0)
    try await lake.run("the first run")
    let other = try Workbench(
      try String(contentsOfFile: lake.lake.bench.path("dovetail.yaml"), encoding: .utf8))

    try await lake.land(1)
    let (victim, gate) = (Victim(), Gate())
    lake.proxy.stop(victim, until: gate, held.matches)
    let first = try lake.lake.start(["run", "--allow-removals"], environment: Self.lease)
    victim.set(first.processID)
    await gate.waitForRequest()

    // The second one finds the tables as they were at first, so that what the first was about to replace or remove is
    // published still, with the tag that the first expects: no condition saves it. A commit meets a later one.
    let generation = held == .commit ? 2 : 0
    try await lake.land(generation)
    let second = try await lake.lake.dovetail(
      ["run", "--allow-removals", "--wait", "60"], in: other.folder, environment: Self.lease)
    #expect(second.status == 0, Comment(rawValue: second.stderr))
    let published = try await lake.lake.tags("out/j/")
    let contents = try await lake.contents("the second run")
    #expect(contents.values.allSatisfy { $0 == .generation(generation) })

    gate.open()
    first.send(SIGCONT)
    let end = await first.finish()
    // The second run has found the first one interrupted, which can record nothing any more.
    #expect(end.status == 1, Comment(rawValue: end.stderr))
    #expect(end.stderr.contains(held.sentence), Comment(rawValue: end.stderr))
    #expect(try await lake.lake.tags("out/j/") == published)
    #expect(try await lake.lake.pending(in: other.folder) == [])
    try await lake.run(in: other.folder, "the run after")
    try await lake.expectTidy(in: other.folder, "the run after")
    #expect(try await lake.lake.tags("out/j/") == published)
  }

  @Test("and a ledger on the same machine records nothing of it any more")
  func sameMachine() async throws {
    let lake = try await CrashLake()
    try await lake.land(0)
    try await lake.run("the first run")
    try await lake.land(1)
    let (victim, gate) = (Victim(), Gate())
    lake.proxy.stop(victim, until: gate, Held.completion.matches)
    let first = try lake.lake.start(["run", "--allow-removals"], environment: Self.lease)
    victim.set(first.processID)
    await gate.waitForRequest()

    try await lake.land(2)
    let second = try await lake.lake.dovetail(
      "run", "--allow-removals", "--wait", "60", environment: Self.lease)
    #expect(second.status == 0, Comment(rawValue: second.stderr))
    try await lake.expectSettled(2, "the second run")
    let published = try await lake.lake.tags("out/j/")

    gate.open()
    first.send(SIGCONT)
    let end = await first.finish()
    #expect(end.status == 1, Comment(rawValue: end.stderr))
    #expect(
      end.stderr.contains("Run 2 is not running: it ended, or a later run found it interrupted."),
      Comment(rawValue: end.stderr))
    #expect(try await lake.lake.tags("out/j/") == published)
    try await lake.run("the run after")
    try await lake.expectSettled(2, "the run after")
    let history = try await lake.lake.dovetail("history", "--json")
    let states = try JSONValue(history.stdout).elements.compactMap { $0["state"].text }
    #expect(states == ["succeeded", "interrupted", "succeeded"])
  }
}
