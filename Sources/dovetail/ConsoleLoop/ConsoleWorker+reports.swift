import Console
import Foundation
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import Workspace

/// What explains; nothing of it writes, but for the scratch folder of a verification.
extension ConsoleWorker {
  /// Reads a report, with the partitions that a rerun would put right.
  func report(_ request: ReportRequest, of name: String) async throws
    -> (report: TextReport, repairs: [Partition])
  {
    let job = try session.workspace.job(named: name)
    let ledger = try session.ledger()
    switch request {
    case .why(let partition):
      let report = try await session.report(of: job)
      return (.why(try PartitionAccount.read(partition, in: report, ledger: ledger)), [])
    case .run(let run):
      guard let account = try RunAccount.read(run, in: ledger) else {
        throw LookupError.run(run, of: try JobRuns(job: name, in: ledger))
      }
      return (.run(account, alarms: try alarms(of: account)), [])
    case .bookmarks: return (.bookmarks(try await session.status(of: job)), [])
    case .arrivals: return (.arrivals(ArrivalSkew(try await session.report(of: job)), of: name), [])
    case .matches:
      let account = try session.matches(of: name)
      return (.matches(account.records, in: account), [])
    case .uses(let file):
      let accounts = try FileAccount.read(
        file, in: session.workspace.folder, jobs: session.workspace.jobs, ledger: ledger)
      return (.uses(ofFile: accounts.first?.file.text ?? file, accounts), [])
    case .staged(let run): return (try await comparison(of: run, job: job, samples: 5), [])
    case .drift:
      let drift = try await OutputDrift.find(in: job, storage: session.storage, ledger: ledger)
      return (.drift(drift, of: name), drift.repairable)
    case .verify(let partitions): return try await verify(partitions, of: job)
    case .verifySample(let count): return try await verifySample(count, of: job)
    case .keptVersions:
      let (kept, expired) = try await keptVersions(of: job)
      return (.keptVersions(kept, expired: expired, of: job), [])
    case .glueCatalog:
      let client = try session.catalog.client()
      var databases: [CatalogDatabase] = []
      for name in try await client.allDatabases() {
        databases.append(CatalogDatabase(name: name, tables: try await client.entries(of: name)))
      }
      return (.glueCatalog(databases), [])
    }
  }

  /// The partitions that a choice means.
  func resolve(_ choice: PartitionChoice, of name: String) async throws -> [Partition] {
    let report = try await session.report(of: session.workspace.job(named: name))
    return try choice.resolve(in: report, ledger: try session.ledger()) ?? []
  }

  /// What a run met worse than those before it; the whole match ledger is read only when it is in it.
  private func alarms(of account: RunAccount) throws -> [MatchAlarmGroup] {
    guard !account.matches.isEmpty else { return [] }
    return try session.matches(of: account.run.job, run: account.run.id).causes
  }

  private func verify(
    _ partitions: [Partition]?, of job: JobDefinition, seed: UInt64? = nil
  ) async throws -> (TextReport, [Partition]) {
    let scratch = SpillFolder.path(in: session.workspace.stateFolder)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let results = try await verifier(for: job, scratch: scratch)
      .verify(partitions, of: job, samples: 3)
    return (
      .verification(results, of: job.name, seed: seed),
      results.filter(\.needsRepair).map(\.partition)
    )
  }

  private func verifySample(_ count: Int, of job: JobDefinition) async throws
    -> (TextReport, [Partition])
  {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    let built = try await verifier(for: job, scratch: session.workspace.stateFolder)
      .builtPartitions(of: job)
    return try await verify(
      Verifier.sample(count, of: built, seed: seed), of: job, seed: seed)
  }

  private func verifier(for job: JobDefinition, scratch: String) throws -> Verifier {
    Verifier(
      storage: session.storage, ledger: try session.ledger(), engine: try session.engine(for: job),
      scratch: scratch)
  }
}
