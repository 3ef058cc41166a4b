import Foundation
import IncrementalJoin

extension RunRecord {
  /// A run of which only these facts matter.
  static func test(
    _ id: RunID, job: String = "flights_weather", kind: RunKind = .run,
    state: RunState = .succeeded, listedAt: Date = Date(timeIntervalSince1970: 0)
  ) -> RunRecord {
    RunRecord(
      id: id, job: job, kind: kind, plan: "p", state: state, listedAt: listedAt,
      startedAt: listedAt, finishedAt: nil, user: "u", committed: 0, failed: 0, rows: 0,
      bytesRead: 0, filesRead: 0)
  }
}
