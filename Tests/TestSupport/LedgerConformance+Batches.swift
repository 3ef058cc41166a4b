import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

/// What a ledger keeps of how a run went.
extension LedgerConformance {
  static let batches = Self("the batches of a run are kept, and those of its continuation follow") {
    ledger in
    let run = try ledger.begin("joined", .run, stagesOnly: true)
    try ledger.keep([publish(first, run)])
    #expect(try ledger.batches(run: run) == [])
    let records = (1...3).map { number in
      BatchRecord(
        batches: number, partitions: 64, failed: number, rows: 10,
        begunAt: holder.since.addingTimeInterval(Double(number)), stage: .seconds(number),
        publish: .milliseconds(number), commit: .microseconds(number), matched: 3, of: 4)
    }
    try ledger.finishRun(run, RunEnd(state: .staged, batches: [records[0], records[1]]))
    #expect(try ledger.batches(run: run) == [records[0], records[1]])
    try ledger.resumeRun(run, holder: holder)
    try ledger.finishRun(run, RunEnd(state: .staged, batches: [records[2]]))
    #expect(try ledger.batches(run: run) == records)
  }

  static let failedUnits = Self("failed work units are found without those that did not fail") {
    ledger in
    let run = try ledger.begin()
    #expect(try ledger.failedUnits(run: run, keys: nil, limit: 1) == [])
    let failures = [first, second].map {
      WorkUnitRecord(
        partition: $0, state: .failed, rows: 0, bytes: 0, reason: "weather: 1 added",
        message: "The file vanished.")
    }
    let other = publish("day=0", run)
    try ledger.prepare([other])
    try ledger.commit([other])
    try ledger.record(failures, run: run)
    #expect(try ledger.failedUnits(run: run, keys: dayKeys, limit: 1) == [failures[0]])
    #expect(try ledger.failedUnits(run: run, keys: dayKeys, limit: .max) == failures)
    #expect(try ledger.workUnit(of: second, job: "joined", run: run) == failures[1])
    #expect(try ledger.workUnit(of: "day=0", job: "joined", run: run)?.state == .committed)
    #expect(try ledger.workUnit(of: "day=99", job: "joined", run: run) == nil)
    #expect(try ledger.workUnit(of: second, job: "other", run: run) == nil)
  }
}
