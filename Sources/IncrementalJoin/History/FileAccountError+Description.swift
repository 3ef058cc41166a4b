extension FileAccountError: CustomStringConvertible {
  /// The sentence for the operator: why nothing was found, and which paths can be.
  public var description: String {
    switch self {
    case .noTable(let path, let locations):
      let hint =
        locations.isEmpty
        ? "No job reads a table."
        : "The inputs' tables are in \(locations.joined(separator: ", "))."
      return "\(path) is in no table that a job reads. \(hint) Write the path in full, or "
        + "relative to the workspace or to the table's location."
    case .published(let path, let job):
      return "\(path) is in the output of job \(job), which no job reads. `dovetail why --job "
        + "\(job)` with its partition says what it was built from."
    }
  }
}
