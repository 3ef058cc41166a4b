public import IncrementalJoin

/// A folder with a `dovetail.yaml`: the declared tables and jobs, validated.
public struct Workspace: Hashable, Sendable {
  /// The name of the file that makes a folder a workspace.
  public static let fileName = "dovetail.yaml"

  /// The folder that holds `dovetail.yaml`, an absolute path.
  public let folder: String
  /// In the order of the file.
  public let tables: [TableDefinition]
  /// In dependency order: a job that reads another job's output comes after it.
  ///
  /// Jobs that do not depend on each other keep the order of the file.
  public let jobs: [JobDefinition]
  /// The commands that Dovetail runs on its own.
  public let hooks: Hooks
  /// The object stores that the file declares, in its order.
  public let stores: [ObjectStoreDefinition]
  /// The Glue Data Catalog for tables that are read through it.
  public let glue: GlueDefinition
  /// The place in a bucket where the ledger is kept; nil for `ledgerPath`.
  public let ledger: Location?

  /// The folder in which Dovetail keeps its own files.
  public var stateFolder: String { "\(folder)/\(Self.stateFolderName)" }

  /// The SQLite file that holds the ledger, unless it is kept in a bucket; it need not exist yet.
  public var ledgerPath: String { "\(stateFolder)/ledger.sqlite" }

  static let stateFolderName = ".dovetail"

  /// Reads and validates the `dovetail.yaml` of a folder without catalog tables; with them, `WorkspaceFile` says what
  /// to look up first.
  ///
  /// Locations are only compared with each other; a missing one is not an error here, since tables may not have arrived
  /// yet.
  ///
  /// - Throws: `WorkspaceError.invalid` with every mistake of the file, `.notFound` when the folder
  ///   has no such file, `.unreadable` when the system refuses to read it.
  public static func load(from folder: String) throws(WorkspaceError) -> Workspace {
    try WorkspaceFile(in: folder).workspace()
  }
}
