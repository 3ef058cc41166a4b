public import IncrementalJoin
import PartitionPredicate

/// Why there is no script of a job for Glue: one would give other rows, or could not run.
public enum GlueScriptError: CategorizedError, Hashable, Sendable {
  case localOutput(job: String, location: Location)
  case noKeys(job: String)
  /// A table, or the output, has no name in the catalog, and no database was named.
  case noDatabase(job: String, table: String)
  /// The join's condition is about times, or the SELECT reads beyond its partition.
  case byTime(job: String)
  /// The partitions of a table are related by the time that they cover.
  case timedTable(job: String, input: String)
  case renamedKeys(job: String, input: String)
  case missingKey(job: String, input: String, key: String)
  case changes(job: String, input: String)
  /// Each input is joined by a condition of its own.
  case conditions(job: String)
}

extension GlueScriptError {
  /// The definition is not one that the script can follow.
  public var category: ErrorCategory { .usage }
}

extension GlueScriptError: CustomStringConvertible {
  /// The sentence for the operator: what the script could not do, and what is possible instead.
  public var description: String {
    switch self {
    case .localOutput(let job, let location):
      "Job \(job) publishes to \(location), which Glue cannot reach. Give the output an s3:// location."
    case .noKeys(let job):
      "The output of job \(job) has no partition keys, so that there is nothing to do in parts: a Glue job that "
        + "loads all inputs and overwrites the table is all that it takes."
    case .noDatabase(let job, let table):
      "\(table) of job \(job) has no name in the Glue Data Catalog. Say `glue: database.table` in dovetail.yaml, or "
        + "name the database of such tables with --database."
    case .byTime(let job):
      "Job \(job) reads rows beyond the output partition (`asof:`, `within:` or `window:`), and a Glue bookmark names "
        + "only the partitions that have new files: which neighbors they touch, a script would have to guess. Run the "
        + "job with Dovetail."
    case .timedTable(let job, let input):
      "The input \(input) of job \(job) has a `time:`, by which its partitions are related to the output's, and the "
        + "script relates them by equal keys only. Run the job with Dovetail, or take `time:` out where all keys agree."
    case .renamedKeys(let job, let input):
      "The input \(input) of job \(job) has keys of other names (`keys:`), which the script does not follow. Run the "
        + "job with Dovetail, or rename the key in a view."
    case .missingKey(let job, let input, let key):
      "The input \(input) of job \(job) lacks the output's key \(key): each of its new files touches every partition "
        + "that shares its other keys, which the script cannot find in a bookmark. Run the job with Dovetail."
    case .changes(let job, let input):
      "The input \(input) of job \(job) has `changes:`, and a Glue bookmark makes every new file pending. Run the job "
        + "with Dovetail."
    case .conditions(let job):
      "Job \(job) joins each input by a condition of its own, and the script has one `on:` and one `type:` for all. "
        + "Write the join as `sql:`, or run the job with Dovetail."
    }
  }
}
