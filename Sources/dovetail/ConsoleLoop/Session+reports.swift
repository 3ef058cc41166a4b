import Console
import Foundation
import GlueCatalog
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Workspace

/// The reports; none of them writes anything, except for the scratch folder of a verification.
extension Session {
  /// Reads a report, with the partitions that a rerun would put right.
  func report(_ request: ReportRequest, of name: String) async throws
    -> (report: TextReport, repairs: [Partition])
  {
    let job = try workspace.job(named: name)
    switch request {
    case .why(let partition): return (.why(try await why(partition, of: job), isConsole: true), [])
    case .run(let run):
      let account = try self.account(ofRun: run, of: name)
      return (.run(account, alarms: try alarms(of: account)), [])
    case .bookmarks: return (.bookmarks(try await status(of: job), isConsole: true), [])
    case .arrivals: return (.arrivals(try await arrivals(of: job), of: name), [])
    case .matches:
      let account = try self.matches(of: name)
      return (.matches(account.records, in: account, isConsole: true), [])
    case .uses(let file):
      let accounts = try self.uses(ofFile: file, jobs: workspace.jobs)
      return (.uses(ofFile: accounts.first?.file.text ?? file, accounts), [])
    case .changes(let run):
      let changes = try await self.changes(by: run, of: job, samples: 5)
      return (.changes(by: run, of: name, changes, isConsole: true), [])
    case .drift:
      let drift = try await self.drift(of: job)
      return (.drift(drift, of: name, isConsole: true), drift.repairable)
    case .verify(let partitions):
      return try await verify(partitions.map { .named($0) } ?? .all, of: job)
    case .verifySample(let count): return try await verify(.sample(count, seed: nil), of: job)
    case .keptVersions: return (.keptVersions(try await keptVersions(of: job)), [])
    case .recentChanges:
      let since = Date(timeIntervalSinceNow: -86_400)
      return (.recentChanges(try await recentChanges(of: job, since: since)), [])
    case .activity: return (.activity(try await activities()), [])
    case .glueCatalog:
      let client = try catalog.client()
      var databases: [CatalogDatabase] = []
      for name in try await client.allDatabases() {
        databases.append(CatalogDatabase(name: name, tables: try await client.entries(of: name)))
      }
      return (.glueCatalog(databases, isConsole: true), [])
    }
  }

  /// The partitions that a choice selects.
  func resolve(_ choice: PartitionChoice, of name: String) async throws -> [Partition] {
    try await partitions(choice, of: workspace.job(named: name)) ?? []
  }

  private func verify(
    _ partitions: VerifiedPartitions, of job: JobDefinition
  ) async throws -> (TextReport, [Partition]) {
    let (results, seed) = try await verify(partitions, of: job, samples: 3)
    return (
      .verification(results, of: job.name, seed: seed, isConsole: true),
      results.filter(\.needsRepair).map(\.partition)
    )
  }
}
