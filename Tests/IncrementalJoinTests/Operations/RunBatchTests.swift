import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A run keeps how its batches went")
struct RunBatchTests {
  private func batch(_ number: Int) -> BatchRecord {
    BatchRecord(
      partitions: 64, failed: number % 2, rows: 10,
      begunAt: Date(timeIntervalSince1970: Double(number)), stage: .seconds(1))
  }

  @Test("each batch has its partitions, rows and times, in the order in which they ran")
  func recorded() async throws {
    let world = OperationWorld(size: 70)
    let summary = try #require(try await world.run())
    let run = try #require(summary.run)
    let batches = try world.ledger.batches(run: run)
    #expect(batches.count > 1)
    #expect(batches.map(\.partitions).reduce(0, +) == 70)
    #expect(batches.map(\.rows).reduce(0, +) == summary.rows)
    #expect(batches.allSatisfy { $0.batches == 1 && $0.failed == 0 && $0.stage > .zero })
    #expect(zip(batches, batches.dropFirst()).allSatisfy { $0.begunAt <= $1.begunAt })
    #expect(batches.reduce(Duration.zero) { $0 + $1.commit } > Duration.zero)
    #expect(try RunAccount.read(run, in: world.ledger)?.batches == batches)
  }

  @Test("a run that only stages keeps them too; publishing what it staged adds none")
  func staged() async throws {
    let world = OperationWorld()
    var request = RunRequest()
    request.stagesOnly = true
    let run = try #require(try await world.run(request)?.run)
    let batches = try world.ledger.batches(run: run)
    #expect(batches.map(\.partitions) == [3])
    #expect(batches.allSatisfy { $0.commit == .zero })
    try await world.finish(world.runner.publish(staged: run, of: world.job))
    #expect(try world.ledger.run(run)?.state == .succeeded)
    #expect(try world.ledger.batches(run: run) == batches)
  }

  @Test("very many batches are put together, so that no run keeps more than 512 records")
  func bounded() {
    var times = BatchTimes()
    for number in 0..<5000 {
      times.add(batch(number))
      times.extend(publish: .milliseconds(5), commit: .milliseconds(1))
      #expect(times.records.count <= BatchTimes.limit)
    }
    let records = times.records
    #expect(records.map(\.batches).reduce(0, +) == 5000)
    #expect(records.map(\.partitions).reduce(0, +) == 320_000)
    #expect(records.map(\.failed).reduce(0, +) == 2500)
    #expect(records.reduce(Duration.zero) { $0 + $1.publish } == Duration.seconds(25))
    #expect(records.reduce(Duration.zero) { $0 + $1.commit } == Duration.seconds(5))
    // All but the last stand for equally many.
    #expect(Set(records.dropLast().map(\.batches)).count == 1)
    #expect(records[1].begunAt == Date(timeIntervalSince1970: Double(records[0].batches)))
  }

  @Test("without a batch, as in an undo, times are nobody's")
  func none() {
    var times = BatchTimes()
    times.extend(publish: .seconds(1))
    #expect(times.records.isEmpty)
  }

  @Test("records are condensed evenly", arguments: [1, 2, 3, 7, 40])
  func condensed(_ limit: Int) {
    let records = (0..<10).map(batch)
    let condensed = records.condensed(to: limit)
    #expect(condensed.count <= limit)
    #expect(condensed.map(\.batches).reduce(0, +) == 10)
    #expect(condensed.first?.begunAt == records.first?.begunAt)
  }
}
