public import IncrementalJoin
public import Workspace

/// A workspace with the parts that its jobs are worked on with.
///
/// The composition root makes it; the command line and the console do everything through it.
public protocol OpenWorkspace: Sendable {
  /// What `dovetail.yaml` declares.
  var workspace: Workspace { get }

  /// What makes this workspace another one than a copy of it: its folder, or the place in a bucket in which
  /// machines share one ledger.
  var identity: String { get }

  /// Where tables and outputs are read.
  var storage: StorageReader { get }

  /// The ledger for reading; a workspace that never ran has an empty one.
  ///
  /// - Throws: What the ledger throws, or its store.
  func ledger() throws -> any LedgerReader

  /// What changes outputs and positions.
  ///
  /// - Throws: Why nothing may be changed, or what the ledger throws.
  func writers() throws -> WorkspaceWriters

  /// An engine for the rows of a job, within its limits; nil for looking at files of no job in particular.
  ///
  /// - Throws: `EngineError`.
  func engine(for job: JobDefinition?) throws -> any JoinEngine

  /// Where rows are recomputed only to be compared.
  var scratch: any ScratchArea { get }
}

/// What changes the outputs and the positions of a workspace's jobs.
public struct WorkspaceWriters: Sendable {
  /// Where outputs are published.
  public let outputs: any OutputStore
  /// Where runs are recorded.
  public let ledger: any LedgerWriter
  /// Who is named to others while a run holds an output's lock.
  public let holder: LockHolder

  /// Puts the writers together.
  public init(outputs: any OutputStore, ledger: any LedgerWriter, holder: LockHolder) {
    self.outputs = outputs
    self.ledger = ledger
    self.holder = holder
  }
}

extension OpenWorkspace {
  /// What runs a job, undoes, publishes, discards and moves positions.
  ///
  /// - Throws: What `writers()` and `engine(for:)` throw.
  public func runner(for job: JobDefinition) throws -> JobRunner {
    let writers = try writers()
    return JobRunner(
      storage: storage, outputs: writers.outputs, ledger: writers.ledger,
      engine: try engine(for: job), holder: writers.holder)
  }
}
