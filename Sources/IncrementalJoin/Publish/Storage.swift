/// The writers' half of the seam to where tables and outputs live.
public protocol Storage: StorageReader {
  /// Who holds the lock of an output at this moment; nil when nobody does.
  func holder(of output: OutputDefinition) -> LockHolder?

  /// Whether an output location has published data, with or without a ledger.
  func hasData(_ output: OutputDefinition) -> Bool

  /// The replaced versions of an output that are kept for undo, by run, newest first. Reads only.
  func kept(of output: OutputDefinition) throws(PublishError) -> [KeptRun]

  /// The full paths of the data files that a run has staged for a partition, in order; empty without any.
  func stagedFiles(of output: OutputDefinition, run: Int64, partition: Partition)
    throws(PublishError) -> [String]

  /// Takes the lock of an output and gives access to its staging area, for one writer.
  ///
  /// - Throws: `PublishError`: `.locked` when somebody else holds it, `.system` when the folder cannot be written.
  func open(_ output: OutputDefinition, as holder: LockHolder) throws(PublishError)
    -> any OutputStore
}
