import PartitionPredicate

extension JobRecords {
  /// The partitions whose position is behind what is published, with that content's lineage.
  ///
  /// A paused run published without moving the position, or an operator went back, alone or with the content, to where
  /// the two had diverged. That the inputs are again those of such a position does not make the published rows right;
  /// they would be right if the inputs were those of the lineage. An operator who moved a position forward without
  /// building has said that the rows are right: such a position is not behind. Neither is one of adopted content, since
  /// what that was built from is unknown.
  ///
  /// - Parameters:
  ///   - positions: What counts as consumed.
  ///   - lineages: What is published.
  ///   - definition: The job's present definition.
  ///   - kind: What moves the positions of a preview, whose run is not in the ledger.
  ///   - ledger: Where the runs are recorded.
  /// - Returns: The lineages of these partitions.
  /// - Throws: what the ledger throws.
  static func behind(
    _ positions: [Partition: Position], _ lineages: [Partition: Lineage],
    of definition: DefinitionFingerprint, previewing kind: RunKind?,
    _ ledger: any LedgerReader
  ) throws -> [Partition: Lineage] {
    var kinds: [RunID: RunKind] = [:]
    return try lineages.filter { partition, lineage in
      guard let position = positions[partition] else { return true }
      if lineage.adoptedBy != nil { return false }
      guard position.run >= lineage.run else { return true }
      if position.inputs == lineage.inputs,
        definition.areSame(position.definition, lineage.definition)
      {
        return false
      }
      let mover = try kinds[position.run] ?? ledger.run(position.run)?.kind ?? kind
      if let mover { kinds[position.run] = mover }
      return mover == .rewind || mover == .reset || mover == .undo
    }
  }
}
