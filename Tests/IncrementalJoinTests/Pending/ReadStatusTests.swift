import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Why a partition of an input would be read")
struct ReadStatusTests {
  @Test("names the pending partitions that read it, in their own spans or as halo")
  func sentences() throws {
    let table = try ReadSetsTests.table("quotes", ReadSetsTests.hours)
    let job = ReadSetsTests.job([table, table], before: .seconds(900), after: .zero)
    let snapshot = ReadSetsTests.snapshot(of: table, (0..<6).map(ReadSetsTests.hour))
    let outputs = OutputPartitions(of: job)
    let reads = job.inputs.indices.map {
      ReadSets(of: job.inputs[$0], snapshot, index: $0, in: job)
    }
    let known = (0..<5).map { number in
      let cell = ReadSetsTests.hour(number)
      return PendingPartition(
        partition: cell, span: outputs.span(of: cell),
        reasons: number == 2 || number == 3 ? [.definitionChanged] : [],
        inputs: reads.map { $0.read(by: cell, span: outputs.span(of: cell)) }, hold: nil)
    }
    let report = PendingReport(
      job: job, snapshots: [snapshot, snapshot], known: known, positions: [:],
      lineages: PartitionRecords(), withheld: [:], behind: [], confirmed: [:], same: [:],
      unfinished: [])
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
}
