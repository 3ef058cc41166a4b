public import IncrementalJoin
public import Workspace

/// A workspace with the parts needed to work on its jobs.
///
/// The composition root makes it; the command line and the console do everything through it.
public protocol OpenWorkspace: Sendable {
  /// What `dovetail.yaml` declares.
  var workspace: Workspace { get }

  /// What tells this workspace apart from a copy of it: its folder, or the place in a bucket where machines share one
  /// ledger.
  var identity: String { get }

  /// Reads tables and outputs.
  var storage: StorageReader { get }

  /// The ledger for reading; empty for a workspace that never ran.
  ///
  /// - Throws: What the ledger or its store throws.
  func ledger() throws -> any LedgerReader

  /// What changes outputs and positions.
  ///
  /// - Throws: Why nothing may be changed, or what the ledger throws.
  func writers() throws -> WorkspaceWriters

  /// An engine for the rows of a job, within the job's limits; nil for looking at files of no particular job.
  ///
  /// - Throws: `EngineError`.
  func engine(for job: JobDefinition?) throws -> any JoinEngine

  /// Where rows are recomputed for comparison only.
  var scratch: any ScratchArea { get }
}

/// What changes the outputs and the positions of a workspace's jobs.
public struct WorkspaceWriters: Sendable {
  /// Where outputs are published.
  public let outputs: any OutputStore
  /// Where runs are recorded.
  public let ledger: any LedgerWriter
  /// Who is shown as holding an output's lock during a run.
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
