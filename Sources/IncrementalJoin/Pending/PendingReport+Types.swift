import PartitionPredicate

extension Lineage {
  /// Whose types the published columns have; nil where that makes no difference.
  ///
  /// What an earlier Dovetail built has the engine's own types.
  var outputTypes: OutputTypes? {
    OutputTypes(recorded: types, readingRules: readingRules, rows: rows)
  }
}

extension PreparedPublish {
  /// Whose types the columns will have; nil where that makes no difference.
  var outputTypes: OutputTypes? {
    OutputTypes(recorded: types, readingRules: readingRules, rows: rows)
  }
}

extension OutputTypes {
  fileprivate init?(recorded types: OutputTypes?, readingRules: Int, rows: Int64) {
    guard rows > 0, let types = types ?? (readingRules < 2 ? .duckdb : nil) else { return nil }
    self = types
  }
}

extension PendingReport {
  /// Whose types a run writes: those that the job requests, otherwise those that the output has, and Spark's for an
  /// output without published partitions.
  var outputTypes: OutputTypes {
    job.output.types ?? (lineages.all.contains { $0.outputTypes == .duckdb } ? .duckdb : .spark)
  }

  /// The published partitions whose columns have other types.
  var partitionsOfOtherTypes: Set<Partition> {
    let wanted = outputTypes
    return Set(
      lineages.byPartition.filter { $0.value.outputTypes.map { $0 != wanted } ?? false }.keys)
  }
}
