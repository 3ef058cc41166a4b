import DuckDBEngine
import Foundation
import GlueCatalog
import IncrementalJoin
import Ledger
import Workspace

/// The composition root: one workspace with its storage, ledger and engines.
struct Session {
  let workspace: Workspace
  let clients: ObjectClients
  let catalog: CatalogAccess
  let ledgers: LedgerAccess
  private let stores: Stores

  /// Loads the workspace that the option names, or that the current folder belongs to.
  ///
  /// - Throws: `WorkspaceError`; `CatalogError` when its tables' catalog cannot be asked.
  init(_ option: WorkspaceOption) async throws {
    try await self.init(folder: option.folder ?? FileManager.default.currentDirectoryPath)
  }

  /// Loads the workspace to which a folder belongs; its tables of a catalog are as this says now.
  ///
  /// - Throws: `WorkspaceError`; `CatalogError` when its tables' catalog cannot be asked.
  init(folder: String) async throws {
    let file = try WorkspaceFile(in: Workspace.find(from: folder))
    catalog = CatalogAccess(file.glue)
    workspace = try file.workspace(try await catalog.answers(for: file.catalogNames))
    clients = ObjectClients(of: workspace.stores)
    ledgers = LedgerAccess(of: workspace, clients)
    stores = Stores(of: workspace, clients, catalog)
  }

  /// Where tables and outputs are read.
  var storage: StorageReader {
    let catalog = catalog
    let tables = GlueTables(
      { () throws(CatalogError) in try catalog.client() }, over: stores)
    return StorageReader(tables: tables, files: stores, outputs: stores)
  }

  /// What makes this workspace another one than a copy of it: its folder, or the bucket's place in which machines share
  /// one ledger.
  var identity: String { workspace.ledger?.description ?? workspace.folder }

  /// The chosen job, or every job in the order in which they read each other.
  func jobs(_ option: JobOption) throws -> [JobDefinition] {
    try option.job.map { [try workspace.job(named: $0)] } ?? workspace.jobs
  }

  /// The chosen job; the only one when none is named.
  func job(_ option: OneJobOption) throws -> JobDefinition {
    try workspace.job(named: option.job)
  }

  /// The ledger for reading; a workspace that never ran has an empty one.
  ///
  /// - Throws: `LedgerError`, or `ObjectError` where it is kept in a bucket.
  func ledger() throws -> any LedgerReader { try ledgers.reader() }

  func engine(for job: JobDefinition) throws -> DuckDBEngine {
    try DuckDBEngine(
      settings: EngineSettings(
        memoryLimit: job.limits.memory, spillFolder: SpillFolder.path(in: workspace.stateFolder)))
  }

  /// An engine for looking at files of no job in particular.
  func engine() throws -> DuckDBEngine {
    try DuckDBEngine(
      settings: EngineSettings(spillFolder: SpillFolder.path(in: workspace.stateFolder)))
  }

  /// Lists a job's inputs and finds what is pending.
  func report(of job: JobDefinition) async throws -> PendingReport {
    try await PendingDetector(storage: storage, ledger: try ledger()).detect(job)
  }

  /// The report of a job with its bookmarks, which read every consumed file's record, and its runs.
  func status(of job: JobDefinition) async throws -> JobStatus {
    try await JobStatus(of: job, storage: storage, ledger: try ledger())
  }

  /// The statuses of the chosen job, or of every job.
  func statuses(_ option: JobOption) async throws -> [JobStatus] {
    var statuses: [JobStatus] = []
    for job in try jobs(option) { statuses.append(try await status(of: job)) }
    return statuses
  }

  /// Why a run of a job is refused over its output; nil when it is not.
  func outputRefusal(of job: JobDefinition) async throws -> PlanError? {
    try await OutputIdentity(
      of: job, workspace: identity, storage: storage, ledger: try ledger()
    ).refusal()
  }

  func plan(_ job: JobDefinition, _ request: RunRequest) async throws -> Plan {
    let engine = try engine(for: job)
    let planner = Planner(storage: storage, ledger: try ledger(), schemas: engine, rows: engine)
    return try await planner.plan(planner.report(job, for: request), request)
  }

  func lint(_ job: JobDefinition) throws -> JobLint {
    let engine = try engine(for: job)
    return JobLint(
      planner: Planner(storage: storage, ledger: try ledger(), schemas: engine), engine: engine)
  }

  func runner(for job: JobDefinition) throws -> JobRunner {
    SpillFolder.removeOrphans(in: workspace.stateFolder)
    return JobRunner(
      storage: storage, outputs: stores, ledger: try ledgers.writer(),
      engine: try engine(for: job),
      holder: LockHolder(
        user: NSUserName(), host: ProcessInfo.processInfo.hostName,
        process: ProcessInfo.processInfo.processIdentifier, workspace: identity,
        since: Date()))
  }
}
