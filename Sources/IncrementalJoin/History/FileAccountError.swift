/// Why the builds of a file cannot be looked up.
public enum FileAccountError: CategorizedError, Hashable, Sendable {
  /// The path is in no input's table; `locations` are those of the tables.
  case noTable(path: String, locations: [String])
  /// The path is in a job's output that no job reads.
  case published(path: String, job: String)

  /// Every case is about something that the operator named.
  public var category: ErrorCategory { .usage }
}
