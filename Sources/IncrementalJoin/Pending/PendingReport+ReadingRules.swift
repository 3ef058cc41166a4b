extension PendingReport {
  /// The published content with rows that was read under rules earlier than these.
  ///
  /// That is not a reason to rebuild: what was published stays as it is until a rerun is requested or an input changes.
  public func published(readBefore rules: Int) -> PartitionRecords<Lineage> {
    lineages.filter { $0.rows > 0 && $0.readingRules < rules }
  }

  /// The rules under which published partitions with rows were read, where they are not today's; in order.
  public var olderReadingRules: [Int] {
    let rules = lineages.all.lazy.filter { $0.rows > 0 }.map(\.readingRules)
    return Set(rules.filter { $0 < ReadingRules.current }).sorted()
  }
}
