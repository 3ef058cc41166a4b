import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Why a partition of an input would be read")
struct ReadStatusTests {
  /// Hours 0 to 4 that read six hours of quotes and a quarter of an hour before each; 2 and 3 are pending.
  private func report() throws -> PendingReport {
    let tables = try ["trades", "quotes"].map {
      try ReadSetsTests.table($0, ReadSetsTests.hours)
    }
    let job = ReadSetsTests.job(tables, before: .seconds(900), after: .zero)
    let snapshots = tables.map {
      ReadSetsTests.snapshot(of: $0, (0..<6).map(ReadSetsTests.hour))
    }
    let outputs = OutputPartitions(of: job)
    let reads = job.inputs.indices.map {
      ReadSets(of: job.inputs[$0], snapshots[$0], index: $0, in: job)
    }
    let known = (0..<5).map { number in
      let cell = ReadSetsTests.hour(number)
      return PendingPartition(
        partition: cell, span: outputs.span(of: cell),
        reasons: number == 2 || number == 3 ? [.definitionChanged] : [],
        inputs: reads.map { $0.read(by: cell, span: outputs.span(of: cell)) }, hold: nil)
    }
    return PendingReport(
      job: job, snapshots: snapshots, known: known, positions: [:],
      lineages: PartitionRecords(), withheld: [:], behind: [], confirmed: [:], same: [:],
      unfinished: [])
  }

  @Test("names the pending partitions that read it, in their own spans or as halo")
  func sentences() throws {
    let report = try report()
    func status(_ hour: Int) -> String {
      report.status(of: ReadSetsTests.hour(hour), input: 1)
    }
    let day = "day=2022-01-08"
    #expect(status(0) == "not pending: its files are those consumed")
    #expect(status(1) == "read as halo of the pending \(day)/hour=2")
    #expect(
      status(2) == "read for the pending \(day)/hour=2, and as halo of \(day)/hour=3")
    #expect(status(3) == "pending: definition changed")
    #expect(status(4) == "not pending: its files are those consumed")
    #expect(status(5) == "not read: it has no files, or none that an output partition reads")
    #expect(report.readers(ofInput: 0) == 1)
    #expect(report.readers(ofInput: 1) == 2)
  }

  @Test("the predicate tells those apart that only a window reads")
  func halo() throws {
    let report = try report()
    let quotes = report.generated(forInput: report.job.inputs[1])
    #expect(quotes.partitions == [1, 2, 3].map(ReadSetsTests.hour))
    #expect(quotes.nearby == [ReadSetsTests.hour(1)])
    #expect(
      try quotes.ofNearby?.text(.compact) == "day = DATE '2022-01-08' AND hour = 1")
    let trades = report.generated(forInput: report.job.inputs[0])
    #expect(trades.partitions == [2, 3].map(ReadSetsTests.hour))
    #expect(trades.nearby == [])
    #expect(trades.ofNearby == nil)
  }
}
