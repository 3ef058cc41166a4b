public import IncrementalJoin
public import PartitionPredicate

/// A report that an operator asks for about a job.
public enum ReportRequest: Hashable, Sendable {
  /// Why an output partition is pending, or why it is not.
  case why(Partition)
  /// What a run read, wrote and logged.
  case run(RunID)
  /// What counts as consumed.
  case bookmarks
  /// When the inputs landed.
  case arrivals
  /// The match ledger with its alarms.
  case matches
  /// The outputs that a data file is in; its full path.
  case uses(file: String)
  /// What a run changed, or would change if what it staged were published.
  case changes(RunID)
  /// What others changed in the output.
  case drift
  /// Recompute these output partitions; nil for all.
  case verify([Partition]?)
  /// Recompute that many output partitions, picked at random.
  case verifySample(Int)
  /// The replaced versions that are kept.
  case keptVersions
  /// The databases and tables of the Glue Data Catalog.
  case glueCatalog
}
