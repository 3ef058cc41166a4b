import DuckDBEngine
import Foundation
import GlueCatalog
import IncrementalJoin
import Ledger
import LocalStorage
import Operations
import Workspace

/// The composition root: one workspace with its storage, ledger and engines.
struct Session: OpenWorkspace {
  /// What `workspace` was read from.
  let file: WorkspaceFile
  let workspace: Workspace
  let clients: ObjectClients
  let catalog: CatalogAccess
  let ledgers: LedgerAccess
  private let stores: Stores
  /// Whether it was opened read-only; then there are no writers, and scratch data lies outside the workspace.
  let isReadOnly: Bool

  /// Loads the workspace that the option names, or otherwise the one that the current folder belongs to.
  ///
  /// - Throws: `WorkspaceError`; `CatalogError` when its tables' catalog cannot be reached.
  init(_ option: WorkspaceOption) async throws {
    try await self.init(
      folder: option.folder ?? FileManager.default.currentDirectoryPath,
      readOnly: option.readOnly)
  }

  /// Loads the workspace that a folder belongs to, with its catalog tables as the catalog describes them now.
  ///
  /// - Throws: `WorkspaceError`; `CatalogError` when its tables' catalog cannot be reached.
  init(folder: String, readOnly: Bool = false) async throws {
    file = try WorkspaceFile(in: Workspace.find(from: folder))
    catalog = CatalogAccess(file.glue)
    workspace = try file.workspace(try await catalog.answers(for: file.catalogNames))
    clients = ObjectClients(of: workspace.stores)
    ledgers = LedgerAccess(of: workspace, clients)
    isReadOnly = readOnly
    stores = Stores(
      of: workspace, clients, catalog,
      copies: SpillFolder.path(in: Self.scratchFolder(of: workspace, readOnly: readOnly)))
  }

  var storage: StorageReader {
    let catalog = catalog
    let tables = GlueTables(
      { () throws(CatalogError) in try catalog.client() }, over: stores)
    return StorageReader(tables: tables, files: stores, outputs: stores, times: ParquetTimes())
  }

  var identity: String { workspace.ledger?.description ?? workspace.folder }

  var scratch: any ScratchArea {
    LocalScratch(folder: spillFolder())
  }

  func ledger() throws -> any LedgerReader { try ledgers.reader() }

  func engine(for job: JobDefinition?) throws -> any JoinEngine {
    DuckDBEngine(
      settings: EngineSettings(
        memoryLimit: job?.limits.memory, spillFolder: spillFolder()))
  }

  /// A new folder for temporary data.
  private func spillFolder() -> String {
    SpillFolder.path(in: Self.scratchFolder(of: workspace, readOnly: isReadOnly))
  }

  private static func scratchFolder(of workspace: Workspace, readOnly: Bool) -> String {
    readOnly ? FileManager.default.temporaryDirectory.path : workspace.stateFolder
  }

  /// - Throws: `ReadOnlyRefusal` when nothing may be changed.
  func allowChanges() throws(ReadOnlyRefusal) {
    if isReadOnly { throw ReadOnlyRefusal() }
  }

  func writers() throws -> WorkspaceWriters {
    try allowChanges()
    SpillFolder.removeOrphans(in: workspace.stateFolder)
    return WorkspaceWriters(
      outputs: stores, ledger: try ledgers.writer(),
      holder: LockHolder(
        user: NSUserName(), host: ProcessInfo.processInfo.hostName,
        process: ProcessInfo.processInfo.processIdentifier, workspace: identity, since: Date()))
  }
}
