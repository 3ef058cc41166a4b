import PartitionPredicate

/// What a job has published, according to the ledger and to a listing of its output.
struct PublishedContent {
  /// The newest lineage of every partition that was ever built.
  let lineages: [Partition: Lineage]
  /// What is in the output now.
  let snapshot: Snapshot

  /// Lists the output of a job alongside what the ledger knows about it.
  ///
  /// The output of a job that has published nothing need not exist.
  ///
  /// - Throws: `PlanError.listing`, `.outputMissing` or `.otherKeys`, or what the ledger throws.
  init(of job: JobDefinition, storage: StorageReader, ledger: any LedgerReader)
    async throws
  {
    let built = try ledger.lineages(of: job)
    // An empty partition of keys that the output had before has nothing published.
    if let path = built.filter(\.isPublished).others.keys.min() {
      throw PlanError.otherKeys(
        job: job.name, location: job.output.location, published: path, keys: job.output.keys)
    }
    lineages = built.byPartition
    let table = job.outputTable
    let listing = await storage.tables.snapshot(of: table)
    let published = lineages.values.count(where: \.isPublished)
    switch listing.failure {
    case nil: snapshot = listing
    case let failure? where failure.kind != .locationMissing: throw PlanError.listing(failure)
    case _ where published > 0:
      throw PlanError.outputMissing(
        job: job.name, location: job.output.location, published: published)
    default:
      snapshot = Snapshot(table: table, listedAt: listing.listedAt, partitions: [:], problems: [])
    }
  }

  /// The files of a partition, in whatever spelling of its folders; empty without any.
  func files(of partition: Partition) -> [DataFile] {
    snapshot.partitions[partition]?.version.files ?? []
  }
}
