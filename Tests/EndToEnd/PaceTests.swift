import Foundation
import Testing

@Suite("A plan says how long it may take, once the job has built something")
struct PaceTests {
  @Test("by the last runs, for people and in JSON")
  func expected() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let first = try await bench.json("plan")
    #expect(!first[0].keys.contains("expectedSeconds"))
    _ = try await bench.json("run")
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    let next = try await bench.json("plan")
    #expect(next[0].keys.contains("expectedSeconds"))
    let text = try await bench.dovetail("plan")
    let line = try #require(
      text.stdout.split(separator: "\n").first { $0.hasPrefix("A run takes ") })
    #expect(
      line.contains(
        /takes (about [0-9.]+ s|less than 0\.1 s), from the last run \([0-9.,]+ rows\/s\)\.$/))
    _ = try await bench.json("run")
    let nothing = try await bench.json("plan")
    #expect(!nothing[0].keys.contains("expectedSeconds"))
  }
}
