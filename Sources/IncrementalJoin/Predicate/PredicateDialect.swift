/// How a predicate is written down.
public enum PredicateDialect: String, Hashable, Sendable, CaseIterable {
  /// The recipe's form for Glue's `push_down_predicate`: `(month=='1' and day=='31') or (...)`.
  ///
  /// Every value is quoted; Spark casts it to the key's type.
  case plain
  /// Spark SQL with typed literals: `month = 1 AND day BETWEEN 3 AND 9`.
  case compact
}

extension Predicate {
  /// The predicate as text.
  public func text(_ dialect: PredicateDialect) -> String {
    PredicatePrinter(dialect: dialect).text(self, inside: .or)
  }
}

extension PendingReport {
  /// The predicate that loads exactly the pending partitions of one input, over its own keys.
  public func predicate(forInput input: JobInput, dialect: PredicateDialect) -> Predicate {
    let partitions = pending.filter { $0.hold == nil }
      .compactMap { $0.partition.reordered(to: input.table.keys) }
    return dialect == .plain ? .plain(partitions) : .compact(partitions)
  }
}
