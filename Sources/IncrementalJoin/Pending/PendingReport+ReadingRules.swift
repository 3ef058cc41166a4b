public import PartitionPredicate

extension PendingReport {
  /// The published partitions with rows, by path, that were read by earlier rules than these.
  ///
  /// That is no reason to build them again: what was published stays as it is until somebody asks for it,
  /// or an input changes.
  public func published(readBefore rules: Int) -> Set<ExactText> {
    Set(lineages.lazy.filter { $0.value.rows > 0 && $0.value.readingRules < rules }.map(\.key))
  }

  /// The rules by which published partitions with rows were read, where they are not today's; in order.
  public var olderReadingRules: [Int] {
    let rules = lineages.values.lazy.filter { $0.rows > 0 }.map(\.readingRules)
    return Set(rules.filter { $0 < ReadingRules.current }).sorted()
  }
}
