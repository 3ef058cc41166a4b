/// Why the builds of a file cannot be looked up.
public enum FileAccountError: CategorizedError, Hashable, Sendable {
  /// The path lies in no input's table; `locations` are those of the tables.
  case noTable(path: String, locations: [String])
  /// The path lies in a job's output that no job reads.
  case published(path: String, job: String)

  /// Each is about what the operator named.
  public var category: ErrorCategory { .usage }
}
