public import PartitionPredicate

/// The writers' half of the seam to where tables and outputs live.
public protocol Storage: StorageReader {
  /// Who holds the lock of an output at this moment; nil when nobody does.
  func holder(of output: OutputDefinition) -> LockHolder?

  /// Whether an output location has published data, with or without a ledger.
  func hasData(_ output: OutputDefinition) -> Bool

  /// Whose an output is by the marker in its hidden folder; nil without a marker.
  ///
  /// - Throws: `PublishError.system` when there is one that cannot be read.
  func owner(of output: OutputDefinition) throws(PublishError) -> OutputOwner?

  /// An output's location without symbolic links.
  func resolved(_ output: OutputDefinition) -> Location

  /// Whether there is a folder of this path, and it is another one than the second.
  func isOtherFolder(_ path: String, than other: String) -> Bool

  /// The files that are published of a partition, as `OutputStore.files(published:)` gives them.
  func publishedFiles(of output: OutputDefinition, partition: Partition) throws(PublishError)
    -> [DataFile]

  /// The replaced versions of an output that are kept for undo, by run, newest first. Reads only.
  func kept(of output: OutputDefinition) throws(PublishError) -> [KeptRun]

  /// The full paths of the data files that a run has staged for a partition, in order; empty without any.
  func stagedFiles(of output: OutputDefinition, run: RunID, partition: Partition)
    throws(PublishError) -> [String]

  /// Takes the lock of an output and gives access to its staging area, for one writer.
  ///
  /// - Throws: `PublishError`: `.locked` when somebody else holds it, `.system` when the folder cannot be written.
  func open(_ output: OutputDefinition, as holder: LockHolder) throws(PublishError)
    -> any OutputStore
}
