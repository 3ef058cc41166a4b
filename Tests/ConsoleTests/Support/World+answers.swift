import Console
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport

@testable import IncrementalJoin

extension World {
  /// The story on a day on which an operator has something to ask about everything: a run that failed this
  /// morning and met its inputs worse, and another job on which somebody works.
  static func operated() -> World {
    var world = story()
    let (job, other) = (world.jobs[0], world.jobs[1])
    world.ledger.records = [
      record(4, other.name, state: .running, committed: 0),
      record(3, other.name, state: .succeeded, committed: 10),
      record(2, job.name, state: .partial, committed: 10, failed: 1),
      record(1, job.name, state: .succeeded, committed: 10, daysAgo: 2),
    ]
    world.ledger.units = [
      2: [
        WorkUnitRecord(
          partition: "month=1/day=14", state: .failed, rows: 0, bytes: 0,
          reason: "weather: 1 added",
          message: "month=1/day=14/w.parquet cannot be read: truncated.")
      ],
      4: [
        WorkUnitRecord(
          partition: "day=2013-09-12", state: .committed, rows: 1000, bytes: 60_000,
          reason: "events: 1 added", message: nil)
      ],
    ]
    world.ledger.matchRecords =
      (1...6).map { match(run: 1, day: $0, matched: 840) } + [match(run: 2, day: 14, matched: 300)]
    world.storage.lockHolder = LockHolder(
      user: "ada", host: "node1", process: 71, workspace: "/srv/lake", since: now - 180)
    world.storage.lockedOutput = other.output
    return world
  }

  /// What the executable answers to an effect; nil to one that is not a question about this world.
  func answer(to effect: Effect) async throws -> Message? {
    switch effect {
    case .plan(let job, let request):
      let runs = ledger.records.filter { $0.job == job }
      return .planned(
        try await plan(jobs.firstIndex { $0.name == job } ?? 0, request), pace: RunPace(of: runs))
    case .preview(_, let partition):
      return .previewed(
        partition, SampleRows(columns: [Column(name: "temp", type: "DOUBLE")], rows: [["39.02"]]))
    case .previewOperation(_, let operation):
      switch operation {
      case .bookmark(let change):
        return .operationPreviewed(try await preview(change), of: operation)
      case .undo(let request): return .operationPreviewed(try await preview(request), of: operation)
      case .publish, .discard, .collectGarbage, .adopt: return nil
      }
    case .report(let job, let request):
      return try await report(request, of: job).map { .reported($0, for: request) }
    default: return nil
    }
  }

  private func report(_ request: ReportRequest, of name: String) async throws -> TextReport? {
    guard let status = try await statuses().first(where: { $0.job.name == name }) else {
      return nil
    }
    switch request {
    case .why(let partition):
      return .why(try PartitionAccount.read(partition, in: status.report, ledger: ledger))
    case .run(let run):
      return try RunAccount.read(run, in: ledger).map { .run($0) }
    case .bookmarks: return .bookmarks(status)
    case .arrivals: return .arrivals(ArrivalSkew(status.report), of: name)
    case .matches:
      let account = try MatchAccount(of: name, as: status.job, in: ledger)
      return .matches(account.records, in: account)
    case .changes(let run):
      let rows = RowDifference(
        key: ["flight"], columns: ["flight", "temp"], added: 0, removed: 0, changed: 3, same: 839,
        changedColumns: ["temp": 3], addedColumns: [], removedColumns: [], retypedColumns: [],
        samples: [
          RowDifference.Row(kind: .changed, before: ["1545", nil], after: ["1545", "39.02"])
        ])
      return .changes(
        by: run, of: name,
        .published([
          RunDifference(
            partition: Self.partition(1, 13), state: .committed, outcome: .compared(rows))
        ]))
    case .drift:
      return .drift(OutputDrift(checked: 20, findings: [], problems: []), of: name)
    case .recentChanges:
      return .recentChanges(
        try RecentChanges(status.report, since: Self.now - 86_400, ledger: ledger))
    case .activity:
      return .activity(
        try await statuses().map { status in
          try JobActivity(
            of: status.job, holder: status.holder, status.report, ledger: ledger)
        })
    case .uses, .verify, .verifySample, .keptVersions, .glueCatalog: return nil
    }
  }
}

extension Session {
  /// Lets the executable answer everything that the console asked it for, and what it asks because of that.
  mutating func answer(from world: World) async throws {
    while true {
      let asked = take()
      if asked.isEmpty { return }
      for effect in asked {
        if let message = try await world.answer(to: effect) { send(message) }
      }
    }
  }
}
