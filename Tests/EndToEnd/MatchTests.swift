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
      "Run 2, k=7: 2 of 4 rows of a (50.0 %) meet b; in 6 earlier partitions 100 % did."
    let fanOut =
      "Run 2, k=7: a row of a meets up to 2 rows of b; in 6 earlier partitions none met more "
      + "than one."
    let told = { (alarm: String) in "Job j, run" + alarm.dropFirst("Run".count) }
    #expect(run.stdout.contains("Alarm: \(told(fell))\n"), Comment(rawValue: run.stdout))
    #expect(run.stdout.contains("Alarm: \(told(fanOut))\n"))
    let alarming = try await bench.json("matches", "--alarms")
    #expect(alarming.elements.count == 1)
    let sentences = alarming[0]["alarms"].elements.compactMap(\.text)
    #expect(sentences.contains(fell))
    #expect(sentences.contains(fanOut))
    #expect(sentences.count == 3)
    let text = try await bench.dovetail("matches")
    #expect(text.stdout.hasPrefix("Matches of j:\n3 alarms:\n"))
    #expect(text.stdout.contains(told(fell)))
    #expect(try await bench.json("status")[0]["alarms"].elements.count == 3)
    #expect(try await bench.dovetail("status").stdout.contains(told(fell)))
    #expect(try await bench.dovetail("history", "2").stdout.contains(told(fell)))
  }

  @Test("what is acknowledged is told no more, until a later run raises it")
  func acknowledged() async throws {
    let bench = try await bench()
    try await bench.run()
    let early = try await bench.dovetail("matches", "--note", "why")
    #expect(early.status == 2)
    #expect(
      early.stderr.contains("--note says why alarms are acknowledged: add --acknowledge."))
    let done = try await bench.dovetail("matches", "--acknowledge", "--note", "new ids")
    #expect(done.stdout == "Job j: 3 alarms acknowledged.\n")
    let again = try await bench.dovetail("matches", "--acknowledge")
    #expect(again.stdout == "Job j has no alarm that is not acknowledged.\n")
    #expect(
      try await bench.dovetail("matches", "--alarms").stdout == """
        Matches of j:
        No alarm: nothing met worse than before.
        3 alarms acknowledged; --json tells them.

        """)
    let json = try await bench.json("matches", "--alarms")
    #expect(json.elements.count == 1)
    #expect(json[0]["acknowledged"].isTrue)
    #expect(json[0]["alarms"].elements.count == 3)
    #expect(try await bench.json("status")[0]["alarms"] == .array([]))
    #expect(!(try await bench.dovetail("history", "2").stdout.contains("3 alarms:")))
    try await bench.land("a/k=8", Workbench.rows("x", 4))
    try await bench.land("b/k=8", "SELECT 9::BIGINT AS id, 1::BIGINT AS y")
    #expect(try await bench.run()[0]["alarms"].elements.count == 1)
    let new = try await bench.dovetail("matches", "--alarms", "--run", "3")
    #expect(new.stdout.hasPrefix("Matches of j:\n1 alarm:\n  Job j, run 3, k=8: 0 of 4 rows of a"))
  }

  @Test("a first run says that rows of different partitions never meet")
  func strays() async throws {
    let bench = try Workbench(Workbench.pair(join: "left"))
    for key in 1...6 {
      // The other side is partitioned by another day's border: seven of ten rows fall into the next one.
      try await bench.land(
        "a/k=\(key)", "SELECT n AS id, n AS x FROM range(\(10 * key), \(10 * key + 10)) r(n)")
      try await bench.land(
        "b/k=\(key)", "SELECT n AS id, n AS y FROM range(\(10 * key + 7), \(10 * key + 17)) r(n)")
    }
    let run = try await bench.dovetail("run")
    #expect(
      run.stdout.contains(
        "Alarm: Job j, run 1, k=4: 18 of 60 rows of a (30.0 %) meet b in 6 partitions of the run; of 7 "
          + "values that meet nothing in k=4, 7 are in another partition of b, and rows of different "
          + "partitions never meet."), Comment(rawValue: run.stdout))
    #expect(
      try await bench.dovetail("matches", "--alarms").stdout
        .contains("rows of different partitions never meet"))
  }

  @Test("values that every partition has belong to none: no alarm is given for them")
  func repeatedValues() async throws {
    let bench = try Workbench(Workbench.pair(join: "left"))
    for key in 1...6 {
      try await bench.land("a/k=\(key)", Workbench.rows("x", 9))
      if key > 3 { try await bench.land("b/k=\(key)", Workbench.rows("y", 9)) }
    }
    #expect(try await bench.run()[0]["alarms"] == .array([]))
  }

  @Test("a first run says that nothing meets, and in how many partitions")
  func nothingMeets() async throws {
    let bench = try Workbench(Workbench.pair(join: "left"))
    for key in 1...2 {
      try await bench.land("a/k=\(key)", Workbench.rows("x", 15))
      try await bench.land("b/k=\(key)", "SELECT n + 1000 AS id, n AS y FROM range(15) r(n)")
    }
    let alarms = try await bench.run()[0]["alarms"].elements
    #expect(
      alarms.map(\.text) == [
        "Job j, run 1, k=1: none of 30 rows of a meets one of 30 of b in 2 partitions; compare the "
          + "columns of `on:` in both, their spelling and their time zone."
      ])
  }

  @Test("what was undone alarms no more, and is nothing to compare with")
  func undone() async throws {
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
