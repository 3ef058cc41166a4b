public import IncrementalJoin
public import PartitionPredicate

/// A report that an operator requests about a job.
public enum ReportRequest: Hashable, Sendable {
  /// Why an output partition is or is not pending.
  case why(Partition)
  /// What a run read, wrote and logged.
  case run(RunID)
  /// What counts as consumed.
  case bookmarks
  /// When the inputs landed.
  case arrivals
  /// The match ledger with its alarms.
  case matches
  /// The outputs that contain a data file, given by its full path.
  case uses(file: String)
  /// What a run changed, or would change if what it staged were published.
  case changes(RunID)
  /// What others changed in the output.
  case drift
  /// The result of recomputing these output partitions; nil for all.
  case verify([Partition]?)
  /// The result of recomputing that many output partitions, picked at random.
  case verifySample(Int)
  /// The replaced versions that are kept.
  case keptVersions
  /// What became of the job in the last 24 hours.
  case recentChanges
  /// Who works on which job of the workspace at this moment.
  case activity
  /// The databases and tables of the Glue Data Catalog.
  case glueCatalog
}
