import Foundation
import Testing

/// How an operator takes over what somebody else built.
@Suite(
  "Journeys: adopting", .serialized,
  .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
struct AdoptionJourneyTests {
  @Test("an output that another job built becomes known as it is, and then nothing is unknown")
  func adopted() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    for key in 1...3 {
      try bench.makeFolder("out/j/k=\(key)")
      try await bench.sql(
        """
        COPY (SELECT n AS id, n * 10 AS x, n * 10 AS y FROM range(1, 4) AS r(n))
        TO '\(bench.path("out/j/k=\(key)/theirs.parquet"))' (FORMAT parquet)
        """)
    }
    let before = try bench.facts("out/j")
    let screen = try await Screen.console(on: bench, showing: "3 pending")
    // A run is refused, and names the key of the console.
    try await screen.press("R", until: "3 partitions: 3 new")
    try await screen.press("x", until: "[ Do not run ]")
    try await screen.press("y")
    try await screen.wait { shown in
      let words = shown.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return words.contains("adopt what is there with Alt-a on 1, which builds nothing")
    }
    try await screen.press("1", until: "What to do next")
    try await screen.press("M-a", until: "3 partitions with 3 files")
    // Looking changes nothing.
    #expect(try await bench.history("kind") == [])
    try await screen.enter("built by Glue", until: "Type the name")
    try await screen.confirm("Adopt the output?", until: "Run 1: 3 partitions adopted.")
    #expect(try await bench.history("kind") == ["adopt"])
    #expect(try await bench.history("note") == ["built by Glue"])
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.dovetail("verify").status == 0)
    try await screen.press("M-a", until: "Everything in ")
  }
}
