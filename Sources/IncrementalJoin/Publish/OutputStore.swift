public import PartitionPredicate

/// A folder by its place in the file system, which survives renaming.
public struct FolderID: Hashable, Sendable {
  /// The number of the file system (`st_dev`).
  public let device: UInt64
  /// The folder's number on that file system (`st_ino`).
  public let inode: UInt64

  /// Creates an identity from what the system reports.
  public init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}

/// What a publish does to one partition of the output.
public enum PublishAction: Hashable, Sendable {
  /// The staged folder takes the place of the published one, if there is one.
  case publish(staged: StoreToken, replaced: StoreToken?)
  /// The partition's join is empty: the published folder goes.
  case remove(published: StoreToken)

  /// The published folder that goes; nil when there was none.
  var replaced: StoreToken? {
    switch self {
    case .publish(_, let replaced): replaced
    case .remove(let published): published
    }
  }
}

/// The replaced versions that one run has kept for undo.
public struct KeptRun: Hashable, Sendable {
  /// The run that replaced or removed them.
  public let run: RunID
  /// Output partitions.
  public let partitions: Int
  /// The size of their files, in bytes.
  public let bytes: Int64

  /// Creates the account of a run's kept versions.
  public init(run: RunID, partitions: Int, bytes: Int64) {
    self.run = run
    self.partitions = partitions
    self.bytes = bytes
  }
}

/// Where a publish that may have been interrupted stands.
public enum PublishState: Hashable, Sendable {
  /// The old content is in place.
  case notDone
  /// The new content is in place.
  case done
  /// Neither can be found: somebody changed the output by hand.
  case unknown
}

/// The staging area and the published partitions of one output, held by one writer.
///
/// Staged and replaced folders live in a hidden sibling of the output, on the same file system.
/// All methods block.
public protocol OutputStore: Sendable {
  /// Bytes free on the output's file system.
  func freeSpace() throws(PublishError) -> Int64

  /// Creates the empty folder in which a run stages one partition, and returns its path.
  func makeStagingFolder(run: RunID, partition: Partition) throws(PublishError) -> String

  /// Makes the staged files and their folder durable (fsync) and names the folder.
  func seal(run: RunID, partition: Partition) throws(PublishError) -> StoreToken

  /// The published folder of a partition; nil when there is none.
  func publishedFolder(_ partition: Partition) throws(PublishError) -> StoreToken?

  /// Carries out one action, atomically for readers, and keeps the replaced folder for undo.
  ///
  /// The change is durable only after `flush`.
  func publish(_ action: PublishAction, run: RunID, partition: Partition) throws(PublishError)

  /// Makes the renames of this partition set durable (fsync of the parent folders).
  func flush(_ partitions: [Partition]) throws(PublishError)

  /// Finds out, after an interruption, whether an action was carried out; finishes a half-done one of a
  /// file system that cannot exchange folders. Repeating it changes nothing.
  func recover(_ action: PublishAction, run: RunID, partition: Partition) throws(PublishError)
    -> PublishState

  /// The files that a run has staged for a partition, or those that are published; in the order of their
  /// paths, which are relative to the output's location and begin with the partition's path. Empty without
  /// a folder.
  func files(staged run: RunID, partition: Partition) throws(PublishError) -> [DataFile]
  func files(published partition: Partition) throws(PublishError) -> [DataFile]

  /// The staged folder of a run's partition; nil when there is none (any more).
  func stagedFolder(run: RunID, partition: Partition) throws(PublishError) -> StoreToken?

  /// Copies the version of a partition that a run has replaced into another run's staging folder, and seals
  /// it; the kept one stays until it is swept. Files are linked where the file system can.
  ///
  /// - Returns: nil when that run has kept nothing of the partition.
  func restage(kept run: RunID, as new: RunID, partition: Partition) throws(PublishError)
    -> StoreToken?

  /// The replaced versions that are kept for undo, by run, newest first.
  func kept() throws(PublishError) -> [KeptRun]

  /// The full path of the folder of a partition that a run has replaced and kept; nil when it kept none.
  func kept(run: RunID, partition: Partition) throws(PublishError) -> String?

  /// Removes the replaced versions that these runs have kept.
  func removeKept(runs: [RunID]) throws(PublishError)

  /// Removes everything staged, but for what these runs have staged.
  func removeStaged(except runs: Set<RunID>) throws(PublishError)

  /// Writes the marker that says whose the output is, in place of another one.
  func claim(_ owner: OutputOwner) throws(PublishError)

  /// Gives up the lock. Repeating it does nothing.
  func close()
}

/// Why an output cannot be written.
public enum PublishError: Error, Hashable, Sendable {
  case locked(location: Location, by: LockHolder?)
  case noSpace(location: Location, needed: Int64, free: Int64)
  /// A call of the system failed on a path, with its reason in words.
  case system(operation: String, path: String, reason: String)
  /// The published folder is not the one that the plan saw.
  case outputChanged(path: String)
  /// A folder of the output, or of its hidden folder, is a symbolic link.
  case linked(path: String)
  /// There is a folder where the ledger knows of no published partition.
  case foreignPartition(path: String)
  /// The partition's value of a key is an empty string, whose folder `key=` Spark and Hive do not read.
  case emptyKey(key: String, partition: ExactText)
  /// Partitions failed in a run that gives all of them other types of columns, or none.
  case switchIncomplete(failed: Int, partition: ExactText, message: String)
  /// Columns get other types in all partitions together, and `count` of them would be emptied, beyond the
  /// limit of removals, such as `partition`. Nothing was published; they are held.
  case switchWouldEmpty(count: Int, partition: ExactText, reason: String)
}

extension PublishError: CustomStringConvertible {
  /// The sentence for the operator: what failed, what state it left, and what to do next.
  public var description: String {
    switch self {
    case .locked(let location, let holder):
      return "The output \(location) is being written by "
        + (holder.map(\.description) ?? "another process")
        + ". Wait until that run has ended, then run again."
    case .noSpace(let location, let needed, let free):
      return "The file system of \(location) has \(free) bytes free, but the run needs about "
        + "\(needed). Free some space, then run again; nothing was changed."
    case .system(let operation, let path, let reason):
      return "Cannot \(operation) \(path): \(reason). The partition stays as it was and stays "
        + "pending; put the cause right, then run again."
    case .outputChanged(let path):
      return "\(path) was changed by somebody else while the run went on. It was left alone and "
        + "stays pending; run again."
    case .linked(let path):
      return
        "\(path) is a symbolic link, and what it leads to may be somebody else's, so that nothing is "
        + "written or removed through it. Put the folder itself in its place, then run again."
    case .foreignPartition(let path):
      return "\(path) exists, and no run of this workspace wrote it. It was left alone and the "
        + "partition stays pending; move it away, or take it over with --adopt."
    case .emptyKey(let key, let partition):
      return
        "The partition key \(key) of \(partition) is an empty string, and a table with a folder "
        + "\(key)= cannot be read by Spark, Hive or Glue. The partition stays pending. Rename the folder "
        + "of the inputs to \(key)=\(hiveDefaultPartition) if the value means NULL, or else to a word; or "
        + "say `types: duckdb` for the output, if only readers such as DuckDB read it."
    case .switchIncomplete(let failed, let partition, let message):
      return
        "The columns of all partitions get other types together, and \(failed) of them failed, so "
        + "nothing was published. Mend them, then run again. \(partition): \(message)"
    case .switchWouldEmpty(let count, let partition, let reason):
      return
        "The columns of all partitions get other types together, and \(count) of them would be emptied, "
        + "such as \(partition): \(reason). Nothing was published, and these are held. If their rows are "
        + "really to go, run again with --allow-removals."
    }
  }
}
