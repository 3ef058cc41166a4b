import Foundation
import Testing

@Suite("A watch, from dovetail.yaml to the rows")
struct WatchTests {
  private static func file(_ watch: String) -> String {
    """
    tables:
      a: { location: data/a, partitions: { day: date }, time: ts\(watch) }
      b: { location: data/b, partitions: { day: date }, time: ts\(watch) }
    jobs:
      j:
        inputs: [a, b]
        join: { type: full, on: [id], within: { before: 2h, after: 2h } }
        output: { location: out/j }
    """
  }

  /// A day counted back from today in UTC.
  private func day(_ daysAgo: Int) -> String {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    return (Date() - Double(daysAgo) * 86_400).formatted(format)
  }

  private func land(_ table: String, _ daysAgo: Int, rows: Int = 3, in bench: Workbench)
    async throws
  {
    let column = table == "a" ? "x" : "y"
    try await bench.land(
      "\(table)/day=\(day(daysAgo))",
      "SELECT n AS id, n * 10 AS \(column), timestamptz '\(day(daysAgo)) 12:00:00+00' AS ts "
        + "FROM range(1, \(rows + 1)) AS r(n)")
  }

  @Test("old partitions are left alone, rerun by name, and found by --all, which status remembers")
  func story() async throws {
    let bench = try Workbench(Self.file(", watch: 30d"))
    for daysAgo in [2, 3, 200, 300] {
      for table in ["a", "b"] { try await land(table, daysAgo, in: bench) }
    }
    let status = try await bench.dovetail("status").stdout
    #expect(
      status.contains(
        "a: partitions that ended before \(day(30)) were not looked at since `watch:` was written.\n"
      ), "\(status)")
    try await bench.run()
    let recent = ["day=\(day(3))/", "day=\(day(2))/"]
    #expect(Set(bench.files("out/j").map { $0.prefix(15) + "" }).isSuperset(of: recent))
    #expect(!bench.files("out/j").contains { $0.hasPrefix("day=\(day(200))") })
    #expect(try await bench.pending() == [])

    let named = try await bench.dovetail("rerun", "day=\(day(200))", "--yes", "--job", "j")
    #expect(named.status == 0, "\(named.stderr)")
    #expect(bench.files("out/j").contains { $0.hasPrefix("day=\(day(200))") })
    try await land("b", 200, rows: 5, in: bench)
    #expect(try await bench.pending() == [])
    #expect(try await bench.json("pending", "--all").elements.count == 2)
    #expect(try await bench.json("plan", "--all")[0]["units"].elements.count == 2)
    #expect(try await bench.dovetail("verify", "day=\(day(3))").status == 0)

    #expect(try await bench.json("status")[0]["unwatched"][0].keys == ["endedBefore", "table"])
    #expect(try await bench.dovetail("run", "--all").status == 0)
    #expect(
      try await bench.json("status")[0]["unwatched"][0].keys == [
        "endedBefore", "lastLook", "table",
      ])
    let after = try await bench.dovetail("status").stdout
    #expect(
      after.contains("b: partitions that ended before \(day(30)) were last looked at \(day(0)).\n"),
      "\(after)")
    #expect(try await bench.json("pending", "--all").elements.isEmpty)
  }

  @Test("a predicate says what is watched; what is gone outside of it is not removed")
  func predicate() async throws {
    let bench = try Workbench(Self.file(", watch: \"day >= date '\(day(30))'\""))
    for daysAgo in [2, 200] {
      for table in ["a", "b"] { try await land(table, daysAgo, in: bench) }
    }
    #expect(try await bench.dovetail("run", "--all").status == 0)
    for table in ["a", "b"] { try bench.remove("data/\(table)/day=\(day(200))") }
    try await bench.run()
    #expect(bench.files("out/j").contains { $0.hasPrefix("day=\(day(200))") })
    #expect(
      try await bench.json("status", "--all")[0]["unwatched"][0].keys
        == ["lastLook", "outsideOf", "table"])
    #expect(try await bench.json("pending", "--all").elements.count == 1)
    #expect(try await bench.pending() == [])
  }
}
