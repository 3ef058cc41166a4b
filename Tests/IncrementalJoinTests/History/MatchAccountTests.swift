import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The alarms of a job")
struct MatchAccountTests {
  private func record(
    _ run: RunID, _ day: Int, left: Int64 = 100, right: Int64 = 50, matched: Int64 = 100,
    fanOut: Int64 = 1
  ) -> MatchRecord {
    MatchRecord(
      run: run, partition: "day=\(day)",
      match: InputMatch(
        left: "l", right: "r", leftRows: left, rightRows: right, leftMatched: matched,
        rightMatched: matched > 0 ? right : 0, pairs: matched * fanOut, fanOut: fanOut))
  }

  private func account(
    _ records: [MatchRecord], run: RunID? = nil, join: JoinType = .inner,
    wait: WaitPolicy = .anyChange, strays: [StrayMatches] = [],
    seen: [AlarmAcknowledgement] = []
  ) throws -> MatchAccount {
    var tables = FlightsAndWeather()
    tables.transformation = .join(type: join, on: ["id"], select: nil)
    tables.wait = wait
    let inputs = [
      JobInput(name: "l", table: tables.flights), JobInput(name: "r", table: tables.weather),
    ]
    let job = JobDefinition(
      name: "j", inputs: inputs, transformation: tables.transformation, output: tables.job.output,
      wait: wait)
    tables.ledger.met = records.sorted { $0.run > $1.run }
    tables.ledger.stray = strays
    tables.ledger.seen = seen
    return try MatchAccount(of: "j", as: job, run: run, in: tables.ledger)
  }

  private var history: [MatchRecord] { (1...6).map { record(1, $0) } }

  @Test("are one line a cause, with the job, the partitions and the worst of them")
  func grouped() throws {
    let bad = (7...256).map { record(2, $0, matched: $0 == 100 ? 10 : 50, fanOut: $0 == 9 ? 3 : 1) }
    let causes = try account(history + bad).causes.map(\.description)
    #expect(
      causes == [
        """
        Job j, run 2, 250 partitions from day=7 to day=256, the worst in day=100: 10 of 100 rows of l \
        (10.0 %) meet r; in 6 earlier partitions 100 % did.
        """,
        """
        Job j, run 2, day=9: a row of l meets up to 3 rows of r; in 6 earlier partitions none met more \
        than one.
        """,
      ])
  }

  @Test("of several runs are one line too, and one partition is named once")
  func runs() throws {
    let records = history + [record(2, 7, matched: 50), record(3, 8, matched: 40)]
    #expect(
      try account(records).causes.map(\.description) == [
        """
        Job j, 2 runs from 2 to 3, 2 partitions from day=7 to day=8, the worst in run 3, day=8: 40 of 100 \
        rows of l (40.0 %) meet r; in 7 earlier partitions at least 50.0 % did, with a median of 100 %.
        """
      ])
    #expect(try account(records, run: 2).causes.first?.alarms.map(\.record.run) == [2])
  }

  @Test("that nothing meets is one cause, not one a side")
  func nothing() throws {
    #expect(try account(history + [record(2, 7, matched: 0)]).causes.count == 1)
  }

  @Test("are told once they are acknowledged only when a later run raises them again")
  func acknowledged() throws {
    let seen = AlarmAcknowledgement(runs: 0...2, user: "ada", at: .distantPast)
    let records = history + [record(2, 7, matched: 50)]
    let first = try account(records, seen: [seen])
    #expect(first.causes.isEmpty)
    #expect(first.acknowledged.count == 1)
    let again = try account(records + [record(3, 8, matched: 40)], seen: [seen])
    #expect(again.causes.map(\.newestRun) == [3])
    #expect(again.causes.first?.alarms.count == 1)
  }

  @Test(
    "do not call a side missing that the join can do without, or that is waited for",
    arguments: [JoinType.left, .full, .inner, .right])
  func optionalSides(_ join: JoinType) throws {
    let lacking = history + [record(2, 7, right: 0, matched: 0)]
    let isExpected = join == .left || join == .full
    #expect(try account(lacking, join: join).causes.isEmpty == isExpected)
    // What was there and is gone is not late.
    let gone = history + [record(2, 6, right: 0, matched: 0)]
    #expect(try account(gone, join: join).causes.count == 1)
    let waited = try account(lacking, join: join, wait: .allInputs(deadline: .seconds(1)))
    #expect(waited.causes.isEmpty)
  }

  @Test("do not call a side missing that regularly comes later")
  func late() throws {
    let late = record(1, 9, right: 0, matched: 0)
    #expect(
      try account(history + [late, record(2, 7, right: 0, matched: 0)]).causes.isEmpty)
    let once = (1...11).map { record(1, $0) } + [late]
    #expect(try account(once + [record(2, 20, right: 0, matched: 0)]).causes.count == 1)
  }

  @Test("tell in a first run that rows of different partitions never meet")
  func strays() throws {
    let records = (1...3).map { record(1, $0, matched: 31) }
    func stray(found: Int, lookedAt: Int = 2) -> StrayMatches {
      StrayMatches(
        run: 1, left: "l", right: "r", partition: "day=2", lookedAt: lookedAt, sampled: 69,
        found: found)
    }
    #expect(
      try account(records, strays: [stray(found: 68)]).causes.map(\.description) == [
        """
        Job j, run 1, day=2: 93 of 300 rows of l (31.0 %) meet r in 3 partitions of the run; of 69 values \
        that meet nothing in day=2, 68 are in another partition of r, and rows of different partitions \
        never meet. Both inputs must put rows into partitions by the same rule: check the time zone, and \
        whether times are of the event or of its arrival.
        """
      ])
    // Fewer than half may be there by chance, and one other partition tells nothing.
    #expect(try account(records, strays: [stray(found: 34)]).causes.isEmpty)
    #expect(try account(records, strays: [stray(found: 69, lookedAt: 1)]).causes.isEmpty)
    #expect(try account(records).causes.isEmpty)
  }

  @Test("tell in a first run that nothing meets at all")
  func nothingAtFirst() throws {
    let records = (1...2).map { record(1, $0, matched: 0) }
    #expect(
      try account(records).causes.map(\.description) == [
        """
        Job j, run 1, day=1: none of 200 rows of l meets one of 100 of r in 2 partitions; compare the \
        columns of `on:` in both, their spelling and their time zone.
        """
      ])
    #expect(try account([record(1, 1, left: 19, matched: 0)]).causes.isEmpty)
  }

  @Test("say from how many earlier partitions on they judge")
  func judged() throws {
    let account = try account([record(1, 1), record(1, 2), record(1, 3, right: 0, matched: 0)])
    #expect(
      account.judgedBy == [
        """
        Alarms for l with r need 5 earlier partitions with rows on both sides; there are 2.
        """
      ])
    #expect(try self.account((1...4).map { record(1, $0) }).judgedBy.count == 1)
    // Who has enough to judge by is told nothing.
    #expect(try self.account((1...5).map { record(1, $0) }).judgedBy.isEmpty)
  }
}
