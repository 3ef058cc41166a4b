import Foundation
import Testing

@Suite("The match ledger")
struct MatchTests {
  /// Six partitions in which every row meets exactly one, then `k=7` in which half of `a` meets
  /// nothing and a row of it meets two.
  private func bench() async throws -> Workbench {
    let bench = try Workbench(Workbench.pair(join: "left"))
    try await bench.landPair((1...6).map { "\($0)" })
    try await bench.run()
    try await bench.land("a/k=7", Workbench.rows("x", 4))
    try await bench.land(
      "b/k=7",
      """
      SELECT id::BIGINT AS id, y::BIGINT AS y
      FROM (VALUES (1, 1), (1, 2), (2, 3), (9, 4)) AS t(id, y)
      """)
    return bench
  }

  @Test("rows left, right, matched, unmatched and the fan-out are kept per partition and run")
  func ledger() async throws {
    let bench = try await bench()
    try await bench.run()
    let matches = try await bench.json("matches")
    #expect(matches.elements.count == 7)
    #expect(matches[0]["run"].integer == 2)
    let worse = matches[0]
    #expect(worse["partition"].text == "k=7")
    #expect(worse["left"].text == "a")
    #expect(worse["right"].text == "b")
    let numbers = [
      "leftRows", "rightRows", "leftMatched", "rightMatched", "leftUnmatched", "rightUnmatched",
      "pairs", "fanOut",
    ]
    #expect(numbers.map { worse[$0].integer } == [4, 4, 2, 3, 2, 1, 3, 2])
    #expect(matches[1]["alarms"] == .array([]))
    #expect(try await bench.json("matches", "--run", "1").elements.count == 6)
  }

  @Test("an alarm tells a regression against the job's history, at once and wherever one looks")
  func alarm() async throws {
    let bench = try await bench()
    let run = try await bench.dovetail("run")
    #expect(run.status == 0)
    let fell =
      "Run 2, k=7: 2 of 4 rows of a (50.0%) meet b; in 6 earlier partitions at least 100.0% did, "
      + "100.0% in the median."
    let fanOut =
      "Run 2, k=7: a row of a meets up to 2 rows of b; in 6 earlier partitions none met more "
      + "than one."
    #expect(run.stdout.contains("Alarm: \(fell)\n"), Comment(rawValue: run.stdout))
    #expect(run.stdout.contains("Alarm: \(fanOut)\n"))
    let alarming = try await bench.json("matches", "--alarms")
    #expect(alarming.elements.count == 1)
    let sentences = alarming[0]["alarms"].elements.compactMap(\.text)
    #expect(sentences.contains(fell))
    #expect(sentences.contains(fanOut))
    #expect(sentences.count == 3)
    let text = try await bench.dovetail("matches")
    #expect(text.stdout.hasPrefix("Matches of j:\n3 alarms:\n"))
    #expect(text.stdout.contains(fell))
    #expect(try await bench.json("status")[0]["alarms"].elements.count == 3)
    #expect(try await bench.dovetail("status").stdout.contains(fell))
    #expect(try await bench.dovetail("history", "2").stdout.contains(fell))
  }

  @Test("what was taken back alarms no more, and is nothing to compare with")
  func takenBack() async throws {
    let bench = try await bench()
    try await bench.run()
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    #expect(try await bench.json("status")[0]["alarms"] == .array([]))
    _ = try await bench.dovetail("bookmarks", "release", "--confirm", "j")
    // The same rows again are as bad as before.
    #expect(try await bench.run()[0]["alarms"].elements.count == 3)
  }

  @Test("it is exported as CSV too")
  func csv() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    #expect(try await bench.json("matches") == .array([]))
    try await bench.run()
    let csv = try await bench.dovetail("matches", "--csv")
    #expect(
      csv.stdout == """
        run,partition,left,right,leftRows,rightRows,leftMatched,rightMatched,leftUnmatched,\
        rightUnmatched,pairs,fanOut,alarms
        1,k=1,a,b,3,3,3,3,0,0,3,1,

        """)
    let both = try await bench.dovetail("matches", "--csv", "--json")
    #expect(both.status == 2)
    #expect(both.stderr.contains("Choose either --csv or --json."))
  }
}
