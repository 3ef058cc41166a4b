import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("An alarm of the match ledger")
struct MatchAlarmTests {
  /// A partition of 100 flights and 50 hours of weather.
  private func record(
    _ run: RunID, _ day: Int, left: Int64 = 100, right: Int64 = 50, leftMatched: Int64 = 98,
    rightMatched: Int64 = 50, fanOut: Int64 = 1, other: String = "weather"
  ) -> MatchRecord {
    MatchRecord(
      run: run, partition: "month=1/day=\(day)",
      match: InputMatch(
        left: "flights", right: other, leftRows: left, rightRows: right, leftMatched: leftMatched,
        rightMatched: rightMatched, pairs: leftMatched * fanOut, fanOut: fanOut))
  }

  /// Days 1 to 5 as run 1 built them: 96 to 100 of 100 flights met.
  private var history: [MatchRecord] {
    (1...5).map { record(1, $0, leftMatched: 95 + Int64($0)) }
  }

  private func alarms(_ record: MatchRecord, after history: [MatchRecord]? = nil) -> [String] {
    MatchAlarm.all(in: (history ?? self.history) + [record], ofRun: record.run)
      .map(\.description)
  }

  @Test("says that the match rate of the left rows fell")
  func leftRate() {
    #expect(
      alarms(record(7, 6, leftMatched: 61)) == [
        """
        Run 7, month=1/day=6: 61 of 100 rows of flights (61.0 %) meet weather; in 5 earlier \
        partitions at least 96.0 % did, with a median of 98.0 %.
        """
      ])
  }

  @Test("says that the match rate of the right rows fell")
  func rightRate() {
    #expect(
      alarms(record(7, 6, rightMatched: 20)) == [
        """
        Run 7, month=1/day=6: 20 of 50 rows of weather (40.0 %) meet flights; in 5 earlier \
        partitions 100 % did.
        """
      ])
  }

  @Test("is given five percentage points below the median, and only below the lowest")
  func threshold() {
    #expect(alarms(record(7, 6, leftMatched: 93)).count == 1)
    #expect(alarms(record(7, 6, leftMatched: 94)).isEmpty)
    let low = history + [record(1, 9, leftMatched: 60)]
    #expect(alarms(record(7, 6, leftMatched: 60), after: low).isEmpty)
    #expect(alarms(record(7, 6, leftMatched: 59), after: low).count == 1)
  }

  @Test("needs five earlier partitions in which both inputs had rows")
  func shortHistory() {
    let four = Array(history.prefix(4))
    #expect(alarms(record(7, 6, leftMatched: 1, fanOut: 9), after: four).isEmpty)
    #expect(
      alarms(record(7, 6, leftMatched: 1), after: four + [record(1, 8, right: 0)]).isEmpty)
    #expect(alarms(record(7, 6, right: 0, leftMatched: 0), after: four).isEmpty)
    // The same partition five times is one.
    #expect(
      alarms(record(7, 6, leftMatched: 1), after: (RunID(1)...6).map { record($0, 1) }).isEmpty)
  }

  @Test("says that one side has no rows at all, instead of a rate of zero")
  func oneSided() {
    #expect(
      alarms(record(7, 6, right: 0, leftMatched: 0, rightMatched: 0, fanOut: 0)) == [
        """
        Run 7, month=1/day=6: the partition has no rows of weather for the 100 of flights; in 5 \
        earlier partitions both have rows.
        """
      ])
    #expect(
      alarms(record(7, 6, left: 0, leftMatched: 0, rightMatched: 0, fanOut: 0)) == [
        """
        Run 7, month=1/day=6: the partition has no rows of flights for the 50 of weather; in 5 \
        earlier partitions both have rows.
        """
      ])
    #expect(
      alarms(record(7, 6, left: 0, right: 0, leftMatched: 0, rightMatched: 0, fanOut: 0)).isEmpty)
  }

  @Test("says that a fan-out appears")
  func fanOutAppears() {
    #expect(
      alarms(record(7, 6, fanOut: 2)) == [
        """
        Run 7, month=1/day=6: a row of flights meets up to 2 rows of weather; in 5 earlier \
        partitions none met more than one.
        """
      ])
  }

  @Test("says that a fan-out grows to more than twice the highest one")
  func fanOutGrows() {
    let fanned = history + [record(1, 9, fanOut: 3)]
    #expect(alarms(record(7, 6, fanOut: 6), after: fanned).isEmpty)
    #expect(
      alarms(record(7, 6, fanOut: 7), after: fanned) == [
        """
        Run 7, month=1/day=6: a row of flights meets up to 7 rows of weather; in 6 earlier \
        partitions none met more than 3.
        """
      ])
  }

  @Test("compares with the newest record of each partition, of earlier runs, of the same pair")
  func newest() {
    let improved =
      history.map { record(1, Int($0.run.number), leftMatched: 10) }
      + history + (1...5).map { record(3, $0, leftMatched: 80) }
    #expect(alarms(record(2, 6, leftMatched: 60), after: improved).count == 1)
    #expect(alarms(record(7, 6, leftMatched: 80), after: improved).isEmpty)
    #expect(alarms(record(7, 6, leftMatched: 70), after: improved).count == 1)
    #expect(alarms(record(1, 6, leftMatched: 1)).isEmpty)
    #expect(alarms(record(7, 6, leftMatched: 1, other: "planes")).isEmpty)
  }

  @Test("of every run comes newest run first, then by path and pair")
  func order() {
    let records =
      history + (1...5).map { record(1, $0, other: "planes") }
      + [
        record(2, 8, fanOut: 2), record(2, 7, leftMatched: 1),
        record(2, 7, fanOut: 2, other: "planes"),
        record(3, 6, leftMatched: 0),
      ]
    let all = MatchAlarm.all(in: records.reversed())
    #expect(
      all.map { "\($0.record.run) \($0.record.partition) \($0.record.match.right)" } == [
        "3 month=1/day=6 weather", "2 month=1/day=7 planes", "2 month=1/day=7 weather",
        "2 month=1/day=8 weather",
      ])
    #expect(all.map(\.earlier) == [7, 5, 5, 5])
    #expect(MatchAlarm.all(in: records, ofRun: 2) == Array(all.dropFirst()))
    #expect(MatchAlarm.all(in: records, ofRun: 9).isEmpty)
  }

  @Test("of random ledgers is the same for one run as among those of all")
  func random() {
    var random = SeededGenerator()
    for _ in 0..<50 {
      let records = (1...6).flatMap { run in
        (1...8).filter { _ in Bool.random(using: &random) }.map { day in
          record(
            RunID(run), day, right: .random(in: 0...2, using: &random) * 25,
            leftMatched: .random(in: 80...100, using: &random),
            fanOut: .random(in: 1...3, using: &random))
        }
      }
      let all = MatchAlarm.all(in: records.shuffled(using: &random))
      for run in RunID(1)...6 {
        let own = MatchAlarm.all(in: records, ofRun: run)
        #expect(own == all.filter { $0.record.run == run }, "seed \(random.seed)")
        let lefts = own.filter { if case .leftRateFell = $0.kind { true } else { false } }
        // By the definition, word for word.
        let expected = records.filter { record in
          guard record.run == run, record.match.rightRows > 0 else { return false }
          let earlier = Dictionary(grouping: records.filter { $0.run < run }, by: \.partition)
            .compactMap { $0.value.max { $0.run < $1.run } }.filter { $0.match.rightRows > 0 }
            .map(\.match.leftMatched).sorted()
          guard earlier.count >= 5 else { return false }
          return record.match.leftMatched < earlier[0]
            && record.match.leftMatched <= earlier[(earlier.count + 1) / 2 - 1] - 5
        }
        #expect(lefts.map(\.record) == expected, "seed \(random.seed)")
      }
    }
  }
}
