import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("What would be gone after a run")
struct RemovalCountTests {
  private static let job = FlightsAndWeather().job

  private func lineage(_ run: RunID, rows: Int64 = 10, isAllowed: Bool = false) -> Lineage {
    Lineage(
      run: run, definition: "d", inputs: [:], rows: rows, bytes: rows, isRemovalAllowed: isAllowed)
  }

  /// A ledger of days that run 1 built.
  private func ledger(days: Int, runs: Int = 1) -> FakeLedger {
    var ledger = FakeLedger()
    ledger.history = (1...RunID(runs)).reversed().map { .test($0) }
    for day in 1...days { ledger.built["month=1/day=\(day)"] = lineage(1) }
    return ledger
  }

  private func count(
    _ ledger: FakeLedger, removing days: ClosedRange<Int>, allowed: [Int] = [],
    limit: Double = 0.25
  ) throws -> RemovalCount {
    var tables = FlightsAndWeather()
    tables.limits = JobLimits(removals: limit)
    return try RemovalCount(
      of: tables.job, removing: Set(days.map { "month=1/day=\($0)" }),
      allowed: Set(allowed.map { "month=1/day=\($0)" }), in: ledger)
  }

  @Test("is what the run removes of what is published, while nothing was removed before")
  func first() throws {
    let allowed = try count(ledger(days: 8), removing: 1...2)
    #expect(allowed == RemovalCount(earlier: 0, new: 2, published: 8, limit: 0.25))
    #expect(!allowed.isBeyond)
    #expect(try count(ledger(days: 8), removing: 1...3).isBeyond)
    // 29 of 100 are within 0.29, which has no exact Double.
    #expect(try !count(ledger(days: 100), removing: 1...29, limit: 0.29).isBeyond)
    #expect(try count(ledger(days: 100), removing: 1...30, limit: 0.29).isBeyond)
    #expect(try count(ledger(days: 9), removing: 1...1, limit: 0).isBeyond)
    #expect(try !count(ledger(days: 2), removing: 1...2, limit: 1).isBeyond)
  }

  @Test("adds what the last ten builds removed to what was published before them, or since")
  func earlier() throws {
    var ledger = ledger(days: 20, runs: 4)
    for day in 1...2 { ledger.built["month=1/day=\(day)"] = lineage(2, rows: 0) }
    for day in 3...4 { ledger.built["month=1/day=\(day)"] = lineage(3, rows: 0) }
    ledger.built["month=1/day=21"] = lineage(4)
    let count = try count(ledger, removing: 5...6)
    #expect(count == RemovalCount(earlier: 4, new: 2, published: 21, limit: 0.25))
    #expect(count.isBeyond)
    #expect(
      count.description
        == "6 of 21 published partitions would be gone, 4 of them since the last 10 "
        + "runs began, more than the limit of 25 %")
  }

  @Test("forgets what an earlier run removed; moves of bookmarks do not count as runs")
  func forgotten() throws {
    var ledger = ledger(days: 20)
    for day in 1...4 { ledger.built["month=1/day=\(day)"] = lineage(2, rows: 0) }
    let moves = (RunID(3)...40).map { RunRecord.test($0, kind: .rewind) }
    func history(builds: Int) -> [RunRecord] {
      let later = (41..<RunID(41 + builds)).map { RunRecord.test($0) }
      return ([.test(1), .test(2)] + moves + later).reversed()
    }
    ledger.history = history(builds: 9)
    #expect(try count(ledger, removing: 5...5).earlier == 4)
    ledger.history = history(builds: 10)
    let forgotten = try count(ledger, removing: 5...5)
    #expect(forgotten == RemovalCount(earlier: 0, new: 1, published: 16, limit: 0.25))
  }

  @Test("leaves out what an operator allowed, and what came back")
  func allowed() throws {
    var ledger = ledger(days: 20, runs: 5)
    for day in 1...10 { ledger.built["month=1/day=\(day)"] = lineage(2, rows: 0, isAllowed: true) }
    for day in 11...14 { ledger.built["month=1/day=\(day)"] = lineage(3, rows: 0) }
    for day in 11...13 { ledger.built["month=1/day=\(day)"] = lineage(4) }
    let count = try count(ledger, removing: 15...18, allowed: [15, 16])
    #expect(count == RemovalCount(earlier: 1, new: 2, published: 8, limit: 0.25))
  }

  @Test("of another job's runs is nothing")
  func otherJob() throws {
    var ledger = ledger(days: 4)
    ledger.history += [.test(0, job: "other")]
    #expect(try count(ledger, removing: 1...1).published == 4)
  }

  @Test("whatever happens, no ten runs in a row that ask remove more than the share")
  func series() throws {
    var random = SeededGenerator()
    for _ in 0..<30 {
      var ledger = ledger(days: 40)
      var removedBy: [RunID: Int] = [:]
      for run in RunID(2)...40 {
        ledger.history.insert(.test(run), at: 0)
        let left = (1...40).filter {
          ledger.built["month=1/day=\($0)"].map { $0.rows > 0 } ?? false
        }
        let wanted = left.shuffled(using: &random).prefix(.random(in: 0...4, using: &random))
        let count = try RemovalCount(
          of: Self.job, removing: Set(wanted.map { "month=1/day=\($0)" }), allowed: [], in: ledger)
        if count.isBeyond { continue }
        for day in wanted { ledger.built["month=1/day=\(day)"] = lineage(run, rows: 0) }
        removedBy[run] = wanted.count
        let window = (max(2, run.advanced(by: -9))...run).reduce(0) { $0 + (removedBy[$1] ?? 0) }
        let before = 40 - removedBy.filter { $0.key < run.advanced(by: -9) }.values.reduce(0, +)
        #expect(Double(window) <= 0.25 * Double(before) + 1e-9, "seed \(random.seed)")
      }
    }
  }
}
