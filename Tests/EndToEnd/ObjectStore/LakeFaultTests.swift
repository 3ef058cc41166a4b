import Foundation
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

/// Runs whose requests go wrong on the way.
@Suite("A run through bad weather, on S3")
struct LakeFaultTests {
  /// What goes wrong with some of the requests.
  enum Weather: String, CaseIterable {
    case slowDown, lostAnswers, cutBodies, wrongPages

    /// One of these happens.
    var faults: [StoreFault] {
      switch self {
      case .slowDown: [.refused(503, "SlowDown"), .refused(429, "TooManyRequests")]
      case .lostAnswers: [.lost, .brokenAfter(500, "InternalError"), .brokenAfter(504, "")]
      case .cutBodies: [.cutBody(after: 0), .cutBody(after: 7), .cutBefore]
      case .wrongPages:
        [
          .answered("<html>Bad Gateway</html>", status: 502), .answered("<html>welcome</html>"),
          .changed { String($0.dropLast(9)) },
          .changed {
            $0.exact.replacing(
              every: "<IsTruncated>false</IsTruncated>", with: "<IsTruncated>true</IsTruncated>"
            ).text
          },
        ]
      }
    }

    /// Whether a request can meet it: pages are answers to listings.
    func meets(_ request: StoreRequest) -> Bool {
      self != .wrongPages || [.list, .uploads].contains(request.kind)
    }
  }

  /// Each further try is told, but no more than one a second.
  @Test(
    "nothing is lost, nothing is doubled, and the result is the join",
    arguments: Weather.allCases, CrashLake.LedgerPlace.allCases)
  func run(_ weather: Weather, ledger: CrashLake.LedgerPlace) async throws {
    let seed = SeededGenerator.chooseSeed()
    let random = Mutex(SeededGenerator(seed: seed))
    let lake = try await CrashLake(ledger: ledger)
    try await lake.land(0)
    try await lake.run("seed \(seed), the first run")
    var before = try await lake.contents("seed \(seed)")
    for generation in 1...2 {
      let comment = "seed \(seed), \(weather) with the ledger in the \(ledger), \(generation)"
      try await lake.land(generation)
      lake.proxy.set { request, _ in
        guard weather.meets(request) else { return nil }
        return random.withLock { random in
          Int.random(in: 0..<5, using: &random) == 0
            ? weather.faults.randomElement(using: &random) : nil
        }
      }
      for _ in 1...3 {
        let start = ContinuousClock.now
        let end = try await lake.lake.dovetail("run", "--allow-removals")
        #expect([0, 1, 3].contains(end.status), "\(comment): \(end.stderr)")
        let notices = end.stderr.split(separator: "\n").count { $0.hasSuffix(" follows.") }
        #expect(Double(notices) <= 1 + (ContinuousClock.now - start) / .seconds(1), "\(comment)")
        before = try await lake.expect(before, or: generation, comment)
        if end.status == 0 { break }
      }
      lake.proxy.set { _, _ in nil }
      try await lake.run(comment)
      before = try await lake.expectSettled(generation, comment)
    }
  }
}
