import Foundation
import Testing

@Suite("Arrival skew and wait policies")
struct SkewTests {
  /// Lands a partition of `a` at an instant, and of `b` so many hours later; nil for not at all.
  private func land(
    _ key: Int, at landed: Date, delay hours: Double?, in bench: Workbench
  ) async throws {
    try await bench.land("a/k=\(key)", Workbench.rows("x"))
    try bench.touch("data/a/k=\(key)/part.parquet", landed)
    guard let hours else { return }
    try await bench.land("b/k=\(key)", Workbench.rows("y"))
    try bench.touch("data/b/k=\(key)/part.parquet", landed.addingTimeInterval(hours * 3600))
  }

  @Test("it says when each input landed, which side is missing, and how late against history")
  func skew() async throws {
    let bench = try Workbench(Workbench.pair())
    let start = try Date("2026-01-01T00:00:00Z", strategy: .iso8601)
    for (index, hours) in [1.0, 2, 3, 4, 10].enumerated() {
      try await land(index + 1, at: start, delay: hours, in: bench)
    }
    try await land(6, at: start, delay: nil, in: bench)
    try await land(7, at: Date(), delay: nil, in: bench)
    let skew = try await bench.json("skew")
    #expect(skew[0]["job"].text == "j")
    #expect(
      skew[0]["inputs"][1]["lag"]
        == (try JSONValue(#"{"partitions": 5, "medianSeconds": 10800, "p95Seconds": 36000}"#)))
    #expect(skew[0]["inputs"][0]["lag"]["medianSeconds"].integer == 0)
    // Only what misses something is listed.
    let partitions = skew[0]["partitions"]
    #expect(partitions.elements.map { $0["partition"].text } == ["k=6", "k=7"])
    let late = partitions[0]["arrivals"][1]
    #expect(late.keys == ["input", "late", "missingSeconds"])
    #expect(late["late"].isTrue)
    #expect((late["missingSeconds"].integer ?? Int(36_001)) > 36_000)
    #expect(partitions[1]["arrivals"][1]["late"] == .boolean(false))
    #expect(partitions[0]["arrivals"][0]["landed"].text == "2026-01-01T00:00:00Z")
    #expect(try await bench.json("skew", "--all")[0]["partitions"].elements.count == 7)
    let one = try await bench.json("skew", "k=2")
    #expect(one[0]["partitions"].elements.count == 1)
    #expect(one[0]["partitions"][0]["arrivals"][1]["delaySeconds"].integer == 7200)

    let text = try await bench.dovetail("skew")
    let lines = text.stdout.split(separator: "\n").map { String($0) }
    #expect(lines.contains { $0.hasPrefix("k=6 ") && $0.hasSuffix(", late") })
    #expect(lines.contains { $0.hasPrefix("k=7 ") && $0.hasSuffix("s, not late yet") })
    #expect(!text.stdout.contains("k=1 "))
    let named = try await bench.dovetail("skew", "k=2")
    #expect(named.stdout.contains("k=2        2026-01-01 00:00:00  2026-01-01 02:00:00 +2 h\n"))
    let unknown = try await bench.dovetail("skew", "k=9")
    #expect(unknown.status == 2)
    #expect(unknown.stderr.contains("Job j has no partition k=9"))
    // The bookmark and the account of a partition say the same.
    let bookmarks = try await bench.json("bookmarks")
    #expect(bookmarks[1]["lag"] == skew[0]["inputs"][1]["lag"])
    let why = try await bench.dovetail("why", "k=6")
    #expect(
      why.stdout.contains(
        "One-sided: b is missing since 2026-01-01 00:00:00 UTC, when the first input landed; later "
          + "than 95 of 100 times before.\n"), Comment(rawValue: why.stdout))
  }

  @Test(
    "an input that was consumed and deleted is told as deleted, and is neither awaited nor late")
  func deleted() async throws {
    let bench = try Workbench(Workbench.pair(join: "left"))
    let landed = try Date("2026-01-01T00:00:00Z", strategy: .iso8601)
    for key in 1...3 { try await land(key, at: landed, delay: 1, in: bench) }
    try await bench.run()
    try bench.remove("data/b/k=2")
    #expect(try await bench.json("skew")[0]["partitions"] == .array([]))
    let arrival = try await bench.json("skew", "k=2")[0]["partitions"][0]["arrivals"][1]
    #expect(arrival == (try JSONValue(#"{"input": "b", "deleted": true}"#)))
    let shown = try await bench.dovetail("skew", "k=2").stdout
    #expect(shown.contains("k=2        2026-01-01 00:00:00  deleted\n"), Comment(rawValue: shown))
    let why = try await bench.dovetail("why", "k=2").stdout
    #expect(
      why.contains("One-sided: b has no file any more; what was consumed of it was deleted.\n"),
      Comment(rawValue: why))
    // A run that consumes the deletion changes nothing of that.
    #expect(try await bench.dovetail("run", "--allow-removals").status == 0)
    #expect(try await bench.pending() == [])
    #expect(try await bench.json("skew")[0]["partitions"] == .array([]))
    #expect(try await bench.json("skew", "k=2")[0]["partitions"][0]["arrivals"][1] == arrival)
    #expect(try await bench.dovetail("why", "k=2").stdout.contains("what was consumed of it was"))
  }

  @Test("any: what one input has is taken as soon as it comes")
  func anyChange() async throws {
    let bench = try Workbench(Self.waiting("wait: any"))
    try await land(1, at: Date(), delay: nil, in: bench)
    try bench.makeFolder("data/b")
    #expect(try await bench.run()[0]["committed"].integer == 1)
    #expect(try await bench.pending() == [])
  }

  @Test(
    "all: what an input misses is held with the reason, never forgotten, and taken when it came")
  func allInputs() async throws {
    let bench = try Workbench(
      Self.waiting("wait: all"))
    try await land(
      1, at: try Date("2026-01-01T00:00:00Z", strategy: .iso8601), delay: nil, in: bench)
    try await land(2, at: Date(), delay: 0, in: bench)
    let pending = try await bench.json("pending")
    #expect(
      pending.elements.map { $0["held"].text }
        == ["held: waiting for b since 2026-01-01 00:00:00 UTC", nil])
    let run = try await bench.run()
    #expect(run[0]["committed"].integer == 1)
    #expect(run[0]["held"].integer == 1)
    #expect(try await bench.json("pending").elements.map { $0["partition"].text } == ["k=1"])
    let status = try await bench.json("status")
    #expect(status[0]["waiting"].integer == 1)
    let text = try await bench.dovetail("status")
    #expect(
      text.stdout.contains("Job j: 1 partition waits for an input; `dovetail skew` says for which.")
    )
    let why = try await bench.dovetail("why", "k=1")
    #expect(
      why.stdout.hasPrefix(
        "Partition k=1 of job j is pending, but held: waiting for b since 2026-01-01 00:00:00 UTC"))
    try await bench.land("b/k=1", Workbench.rows("y"))
    #expect(try await bench.run()[0]["committed"].integer == 1)
    try await bench.expectPair()
  }

  @Test("all with a deadline: what is past it is taken one-sided, what is not waits")
  func deadline() async throws {
    let bench = try Workbench(Self.waiting("wait: { for: all, deadline: 36h }"))
    try await land(1, at: Date(timeIntervalSinceNow: -37 * 3600), delay: nil, in: bench)
    try await land(2, at: Date(timeIntervalSinceNow: -35 * 3600), delay: nil, in: bench)
    try bench.makeFolder("data/b")
    let pending = try await bench.json("pending")
    #expect(pending[0]["held"] == .null)
    #expect(pending[1]["held"].text?.contains(", until ") == true)
    #expect(try await bench.run()[0]["committed"].integer == 1)
    #expect(try await bench.json("pending").elements.map { $0["partition"].text } == ["k=2"])
    // The operator may name it all the same.
    #expect(try await bench.json("rerun", "k=2")[0]["committed"].integer == 1)
  }

  private static func waiting(_ policy: String) -> String {
    Workbench.pair(join: "left")
      .replacing("join: {", with: "\(policy)\n    join: {")
      .replacing(
        "{ location: data/b,", with: "{ location: data/b, columns: { id: BIGINT, y: BIGINT },")
  }
}
