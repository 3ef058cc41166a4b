public import PartitionPredicate
import Wording

/// Why an output cannot be written.
public enum PublishError: CategorizedError, Hashable, Sendable {
  /// Somebody else holds the output; if the store knows it, with the time after which it is free unless the holder
  /// renews its claim.
  case locked(location: Location, by: LockHolder?, freeAfter: Duration? = nil)
  case noSpace(location: Location, needed: Int64, free: Int64)
  /// A call of the system failed on a path, with its reason in words.
  case system(operation: String, path: String, reason: String)
  /// The published folder is not the one that the plan saw.
  case outputChanged(path: String)
  /// A folder of the output, or of its hidden folder, is a symbolic link.
  case linked(path: String)
  /// The marker in the hidden folder of the output does not say whose the output is.
  case damagedMarker(path: String)
  /// There is a folder where the ledger knows of no published partition.
  case foreignPartition(path: String)
  /// A catalog says that a published partition is somewhere no run in the ledger put it.
  case foreignCatalogEntry(partition: ExactText, place: ExactText)
  /// The partition's value of a key is an empty string, whose folder `key=` Spark and Hive do not read.
  case emptyKey(key: String, partition: ExactText)
  /// Partitions failed in a run that gives all of them other types of columns, or none.
  case switchIncomplete(failed: Int, partition: ExactText, message: String)
  /// Columns would get other types in all partitions together, and `count` of them, such as `partition`, would be
  /// emptied, which exceeds the limit of removals. Nothing was published; they are held.
  case switchWouldEmpty(count: Int, partition: ExactText, reason: String)
}

extension PublishError {
  /// Nothing ran where the output must not be written now.
  public var category: ErrorCategory {
    switch self {
    case .locked, .linked, .damagedMarker: .refused
    case .noSpace, .system, .outputChanged, .foreignPartition, .foreignCatalogEntry, .emptyKey,
      .switchIncomplete,
      .switchWouldEmpty:
      .failed
    }
  }
}

extension PublishError: Advising {
  /// The sentence for the operator: what failed, what state it left, and what to do next.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .locked(let location, let holder, let time):
      let killed = time.map { time in
        let seconds = time.components.seconds + (time.components.attoseconds > 0 ? 1 : 0)
        return
          "; if it was killed, the output is free in \(Quantity.span(.seconds(seconds)))"
          + words(.wait(seconds: seconds))
      }
      return "The output \(location) is being written by "
        + (holder.map(\.description) ?? "another process")
        + ". Wait until that run has ended, then run again\(killed ?? "")."
    case .noSpace(let location, let needed, let free):
      let place =
        location.isOnThisMachine
        ? "\(location)" : "this machine's .dovetail, before the upload to \(location),"
      return
        "The file system of \(place) has \(Quantity.bytes(free)) free, but the run needs about "
        + "\(Quantity.bytes(needed)). Free some space, then run again; nothing was changed."
    case .system(let operation, let path, let reason):
      let end = reason.utf8.last == UInt8(ascii: ".") ? "" : "."
      return "Cannot \(operation) \(path): \(reason)\(end) The partition stays as it was and stays "
        + "pending; put the cause right, then run again."
    case .outputChanged(let path):
      return "\(path) was changed by somebody else during the run. It was left alone and "
        + "stays pending; run again."
    case .linked(let path):
      return
        "\(path) is a symbolic link, and what it leads to may be somebody else's, so that nothing is "
        + "written or removed through it. Put the folder itself in its place, then run again."
    case .damagedMarker(let path):
      return
        "The marker \(path) is damaged and does not say whose the output is. Nothing was changed. If the output is "
        + "this job's, remove the marker and run again; it is written anew."
    case .foreignPartition(let path):
      return "\(path) exists, and no run of this workspace wrote it. It was left alone and the "
        + "partition stays pending; move it away, or adopt the output."
    case .foreignCatalogEntry(let partition, let place):
      return
        "The catalog has \(partition) at \(place), and no run of this workspace put it there. It was left alone and "
        + "the partition stays pending; rerun it to replace what is there."
    case .emptyKey(let key, let partition):
      return
        "The partition key \(key) of \(partition) is an empty string, and a table with a folder "
        + "\(key)= cannot be read by Spark, Hive or Glue. The partition stays pending. Rename the folder "
        + "of the inputs to \(key)=\(hiveDefaultPartition) if the value means NULL, or else to a word; or "
        + "say `types: duckdb` for the output, if only readers such as DuckDB read it."
    case .switchIncomplete(let failed, let partition, let message):
      return
        "The columns of all partitions get other types together, and \(Quantity.number(failed)) of them failed, so "
        + "nothing was published. Fix the cause, then run again. \(partition): \(message)"
    case .switchWouldEmpty(let count, let partition, let reason):
      return
        "The columns of all partitions get other types together, and \(Quantity.number(count)) of them would be emptied, "
        + "such as \(partition): \(reason). Nothing was published, and these are held. If their rows should "
        + "really be removed, run again with --allow-removals."
    }
  }
}
