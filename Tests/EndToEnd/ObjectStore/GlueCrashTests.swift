import Foundation
import PartitionPredicate
import TestSupport
import Testing

/// Processes that are killed while they publish through the catalog.
@Suite("A process that is killed, on S3 and Glue")
struct GlueCrashTests {
  /// The kills of this suite in CI: six in each of five lakes, which are written side by side.
  static let kills = 30
  static let lakes = 0..<5

  @Test(
    "at a request to the catalog or the store leaves every partition old or new, and the next run finishes (I5)",
    arguments: lakes)
  func kill(lake number: Int) async throws {
    var random = SeededGenerator()
    let store = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let glue = try await GlueLake(through: store.endpoint)
    let lake = CrashLake(glue.lake, store, glue)
    try await lake.landOther()
    var (generation, before) = (0, [Int: CrashLake.Content]())
    // What undisturbed runs ask for, of both kinds of generations; the very first one also tries the store.
    var counts = (store: [0, 0], catalog: [0, 0])
    while generation < 3 {
      for proxy in [store, glue.proxy] { proxy.set { _, _ in nil } }
      try await lake.publish(generation, "seed \(random.seed)")
      counts.store[generation % 2] = store.requests.count
      counts.catalog[generation % 2] = glue.proxy.requests.count
      generation += 1
    }
    before = try await lake.contents("seed \(random.seed)")
    let share = Self.kills / Self.lakes.count
    for kill in 0..<Crashes.rounds(share, of: Self.kills) {
      let isAtStore = kill % 2 == 0
      let count = (isAtStore ? counts.store : counts.catalog)[generation % 2]
      // In CI the kills of all lakes together are spread evenly over the requests of a run; more of them come anywhere.
      let position = (Double(number * share / 2 + kill / 2) + 0.5) / Double(Self.kills / 2)
      let request =
        kill < share ? 1 + Int(position * Double(count)) : Int.random(in: 1...count, using: &random)
      let isCarriedOut = (kill / 2 + number) % 2 == 0
      let comment =
        "seed \(random.seed), generation \(generation), request \(request) to the "
        + "\(isAtStore ? "store" : "catalog"), carried out: \(isCarriedOut)"
      try await lake.land(generation)
      let victim = Victim()
      for proxy in [store, glue.proxy] { proxy.set { _, _ in nil } }
      (isAtStore ? store : glue.proxy).kill(
        victim, atRequest: request, carriedOut: isCarriedOut
      ) { _ in true }
      let command = try glue.lake.start(["run", "--allow-removals"], environment: glue.environment)
      victim.set(command.processID)
      let end = await command.finish()
      for proxy in [store, glue.proxy] { proxy.set { _, _ in nil } }
      #expect([0, 137].contains(end.status), "\(comment): \(end.stderr)")
      try await lake.expect(before, or: generation, comment)
      try await lake.run(comment)
      before = try await lake.expectSettled(generation, comment)
      generation += 1
    }
  }
}
