import Foundation
import GRDB
import PartitionPredicate
import TestSupport
import Testing

/// Processes that are killed while they publish through the catalog.
@Suite("A process that is killed, on S3 and Glue")
struct GlueCrashTests {
  /// The kills of this suite in CI.
  static let kills = 8

  @Test(
    "at a request to the catalog leaves every partition old or new, and the next run finishes (I5)")
  func kill() async throws {
    var random = SeededGenerator()
    let store = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let glue = try await GlueLake(through: store.endpoint)
    let lake = CrashLake(glue.lake, store, glue)
    try await lake.landOther()
    var before: [Int: CrashLake.Content] = [:]
    for generation in 0..<Crashes.rounds(8, of: Self.kills) {
      let number = Int.random(in: 1...7, using: &random)
      let isCarriedOut = generation % 2 == 0
      let comment =
        "seed \(random.seed), generation \(generation), request \(number), carried out: \(isCarriedOut)"
      try await lake.land(generation)
      let victim = Victim()
      glue.proxy.kill(victim, atRequest: number, carriedOut: isCarriedOut) { _ in true }
      let command = try glue.lake.start(["run", "--allow-removals"], environment: glue.environment)
      victim.set(command.processID)
      let end = await command.finish()
      glue.proxy.set { _, _ in nil }
      #expect([0, 137].contains(end.status), "\(comment): \(end.stderr)")
      before = try await lake.expect(before, or: generation, comment)
      try await lake.run(comment)
      before = try await lake.expectSettled(generation, comment)
    }
  }
}
