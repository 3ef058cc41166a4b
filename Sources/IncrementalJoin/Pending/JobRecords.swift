import PartitionPredicate

/// What a ledger has about a job, to be compared with listings.
struct JobRecords {
  /// What counts as consumed.
  let positions: [Partition: Position]
  let lineages: PartitionRecords<Lineage>
  /// The lineages of partitions whose position is behind what is published.
  let behind: [Partition: Lineage]
  /// The removals that runs held back.
  let withheld: PartitionRecords<WithheldRemoval>
  /// The job's definition of now.
  let definition: DefinitionFingerprint
  /// The output partitions that have a position, or are published.
  let partitions: Set<Partition>
  /// The files of versions that the ledger does not know, since a preview moves positions there.
  let files: [VersionReference: [DataFile]]

  /// Reads a ledger.
  ///
  /// - Parameters:
  ///   - job: The job's present definition.
  ///   - ledger: Where its records are.
  ///   - positions: What counts as consumed instead of the ledger's positions; nil for those.
  ///   - kind: What would move the positions there.
  ///   - versions: The versions that the positions would move to.
  /// - Throws: what the ledger throws.
  init(
    of job: JobDefinition, _ ledger: any LedgerReader, positions: [Partition: Position]?,
    movedBy kind: RunKind?, versions: [PartitionVersion] = []
  ) throws {
    files = Dictionary(
      versions.map { (VersionReference($0), $0.files) }, uniquingKeysWith: { $1 })
    let keys = job.output.keys
    self.positions = try positions ?? ledger.positions(of: job).comparable(keys: keys)
    lineages = try ledger.lineages(of: job)
    definition = DefinitionFingerprint(job)
    behind = try Self.behind(
      self.positions, lineages.byPartition, of: definition, previewing: kind, ledger)
    withheld = try ledger.withheld(job: job.name, keys: keys)
    let respelled = lineages.respelled(as: keys).filter(\.record.isPublished).map(\.partition)
    let published = behind.filter(\.value.isPublished).keys + respelled
    partitions = Set(self.positions.keys).union(published)
  }
}
