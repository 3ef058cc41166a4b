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
    #expect(
      text.stdout.contains(
        /\nA run takes about [0-9.]+ s, from the last run \([0-9.,]+ rows\/s\)\.\n/))
    _ = try await bench.json("run")
    let nothing = try await bench.json("plan")
    #expect(!nothing[0].keys.contains("expectedSeconds"))
  }
}
