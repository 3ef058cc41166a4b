import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport

extension LedgerWriter {
  /// Begins a run of a job.
  @discardableResult
  func begin(job: String = "joined") throws -> RunID {
    let instant = Date(timeIntervalSince1970: 1_700_000_000)
    return try beginRun(
      RunStart(job: job, kind: .run, plan: "plan", listedAt: instant),
      holder: LockHolder(
        user: "ada", host: "mill", process: 4711, workspace: "/data/flights", since: instant))
  }

  /// A run that publishes partitions and ends well.
  func build(_ partitions: [Partition], content: Int = 1, job: String = "joined") throws {
    let run = try begin(job: job)
    let publishes = partitions.map { publish($0, run: run, content: content) }
    try prepare(publishes)
    try commit(publishes)
    try finishRun(run, RunEnd(state: .succeeded))
  }
}

/// So many partitions that their changes exceed a tenth of a small ledger.
let many: [Partition] = (1...100).map { "day=\($0)" }

/// A publish of a partition; `content` tells what it reads and writes from other publishes of it.
func publish(_ partition: Partition, run: RunID, content: Int = 1) -> PreparedPublish {
  let versions = ["flights", "weather", "out"].map { table in
    PartitionVersion(files: [
      DataFile(
        path: ExactText("\(partition.path)/\(table).parquet"), size: Int64(1000 + content),
        modified: 1_700_000_000_123_456_789, digest: SHA256.hash("\(table) \(content)"))
    ])
  }
  let inputs = ["flights": versions[0], "weather": versions[1]]
  return PreparedPublish(
    run: run, partition: partition,
    action: .publish(staged: StoreToken("7 \(content)"), replaced: StoreToken("7 0")),
    state: .committed, definition: "definition", inputs: inputs,
    position: PositionMove(partition: partition, definition: "definition", inputs: inputs),
    content: versions[2], rows: 10, bytes: 80, reason: "flights: 1 added",
    matches: [
      InputMatch(
        left: "flights", right: "weather", leftRows: 10, rightRows: 9, leftMatched: 8,
        rightMatched: 7, pairs: 8, fanOut: 1)
    ])
}
