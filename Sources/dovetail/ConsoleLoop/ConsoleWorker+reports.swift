import Console
import Foundation
import GlueCatalog
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Workspace

/// The reports; none of them writes anything, except for the scratch folder of a verification.
extension ConsoleWorker {
  /// Reads a report, with the partitions that a rerun would put right.
  func report(_ request: ReportRequest, of name: String) async throws
    -> (report: TextReport, repairs: [Partition])
  {
    let job = try session.workspace.job(named: name)
    switch request {
    case .why(let partition): return (.why(try await session.why(partition, of: job)), [])
    case .run(let run):
      let account = try session.account(ofRun: run, of: name)
      return (.run(account, alarms: try session.alarms(of: account)), [])
    case .bookmarks: return (.bookmarks(try await session.status(of: job)), [])
    case .arrivals: return (.arrivals(try await session.arrivals(of: job), of: name), [])
    case .matches:
      let account = try session.matches(of: name)
      return (.matches(account.records, in: account), [])
    case .uses(let file):
      let accounts = try session.uses(ofFile: file, jobs: session.workspace.jobs)
      return (.uses(ofFile: accounts.first?.file.text ?? file, accounts), [])
    case .changes(let run):
      let changes = try await session.changes(by: run, of: job, samples: 5)
      return (.changes(by: run, of: name, changes), [])
    case .drift:
      let drift = try await session.drift(of: job)
      return (.drift(drift, of: name), drift.repairable)
    case .verify(let partitions):
      return try await verify(partitions.map { .named($0) } ?? .all, of: job)
    case .verifySample(let count): return try await verify(.sample(count, seed: nil), of: job)
    case .keptVersions: return (.keptVersions(try await session.keptVersions(of: job)), [])
    case .recentChanges:
      let since = Date(timeIntervalSinceNow: -86_400)
      return (.recentChanges(try await session.recentChanges(of: job, since: since)), [])
    case .activity: return (.activity(try await session.activities()), [])
    case .glueCatalog:
      let client = try session.catalog.client()
      var databases: [CatalogDatabase] = []
      for name in try await client.allDatabases() {
        databases.append(CatalogDatabase(name: name, tables: try await client.entries(of: name)))
      }
      return (.glueCatalog(databases), [])
    }
  }

  /// The partitions that a choice selects.
  func resolve(_ choice: PartitionChoice, of name: String) async throws -> [Partition] {
    try await session.partitions(choice, of: session.workspace.job(named: name)) ?? []
  }

  private func verify(
    _ partitions: VerifiedPartitions, of job: JobDefinition
  ) async throws -> (TextReport, [Partition]) {
    let (results, seed) = try await session.verify(partitions, of: job, samples: 3)
    return (
      .verification(results, of: job.name, seed: seed),
      results.filter(\.needsRepair).map(\.partition)
    )
  }
}
