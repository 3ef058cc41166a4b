public import PartitionPredicate

/// Why an engine could not do its work.
///
/// Sentences come from the engine, since only it knows the place.
public enum EngineError: CategorizedError, Hashable, Sendable {
  /// The job's definition does not fit its inputs: a column that does not exist, SQL that does not parse.
  case definition(String)
  /// A data file that cannot be read: truncated, a broken row. The sentence names the place.
  case unreadableFile(path: String, reason: String)
  /// A file's columns do not fit the table's columns.
  case schemaMismatch(path: String, reason: String)
  /// A returned partition key differs from the partition that the rows are for.
  case wrongPartition(partition: ExactText, reason: String)
  /// Anything else, such as a full disk or too little memory, in the engine's words.
  case failed(String)
  /// The engine cannot do anything more in this process, in its words: units that were not started stay as they are.
  case ended(String)
}

extension EngineError {
  /// A definition is the operator's to mend.
  public var category: ErrorCategory {
    if case .definition = self { .usage } else { .failed }
  }
}

extension EngineError: CustomStringConvertible {
  /// The sentence for the operator, naming the file or partition where there is one.
  public var description: String {
    switch self {
    case .definition(let reason): reason
    case .unreadableFile(let path, let reason):
      "\(path) cannot be read: \(reason). Replace the file; the partition stays pending."
    case .schemaMismatch(let path, let reason): "\(path): \(reason)"
    case .wrongPartition(let partition, let reason): "Partition \(partition): \(reason)"
    case .failed(let reason), .ended(let reason): reason
    }
  }
}
