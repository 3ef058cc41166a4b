import PartitionPredicate

extension PendingReport {
  /// How the rows of the inputs met in what is published now, in no particular order.
  ///
  /// Reads only runs whose content is still published, one after the other.
  ///
  /// - Throws: What the ledger throws.
  public func publishedMatches(in ledger: any LedgerReader) throws -> [MatchRecord] {
    let runs = Set(known.compactMap { lineages[$0.partition]?.run })
    return try runs.sorted(by: >).flatMap { run in
      try ledger.matches(job: job.name, keys: job.output.keys, run: run)
        .filter { lineages[$0.partition]?.run == run }
    }
  }
}
