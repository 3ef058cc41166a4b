/// The predicate that loads exactly what a run would load of one input.
public struct GeneratedPredicate: Sendable {
  /// Among which partitions the predicate selects exactly the wanted ones.
  public enum Exactness: Hashable, Sendable {
    /// Among all partitions that there are or could be.
    case wholeDomain
    /// Among the partitions known now: shorter, and wrong once others land.
    case knownPartitions
  }

  /// The input's keys, in its table's order.
  public let keys: [PartitionKey]
  /// The partitions to load, in order.
  public let partitions: [Partition]
  /// Every partition that an input of the job has or that a position knows, in order.
  public let known: [Partition]
  /// The raw values of the input's folders, for each partition that it has.
  private let spellings: [Partition: [[ExactText]]]

  init(_ report: PendingReport, input: JobInput) {
    keys = input.table.keys
    partitions = report.pending.filter { $0.hold == nil }
      .compactMap { $0.partition.reordered(to: input.table.keys) }.sorted()
    known = report.known.compactMap { $0.partition.reordered(to: input.table.keys) }.sorted()
    let index = report.job.inputs.firstIndex { $0.name == input.name }
    let listed = index.map { report.snapshots[$0].partitions } ?? [:]
    spellings = Dictionary(
      partitions.compactMap { partition in listed[partition].map { (partition, $0.spellings) } },
      uniquingKeysWith: { $1 })
  }

  /// The predicate, as short as factoring makes it; FALSE when there is nothing to load.
  public func predicate(_ exactness: Exactness = .wholeDomain) -> PushdownPredicate {
    exactness == .wholeDomain
      ? .compact(partitions, keys: keys) : .compact(partitions, among: known, keys: keys)
  }

  /// The predicate as text; of Glue's expressions as many as it takes.
  ///
  /// The plain form has one conjunction for every raw spelling of a partition, so that it also
  /// selects where the engine takes the keys as text. The plain and the spark form name every partition,
  /// whatever the exactness.
  ///
  /// - Throws: `PredicateDialectError` when the dialect cannot say it.
  public func texts(
    _ dialect: PredicateDialect, _ exactness: Exactness = .wholeDomain
  ) throws(PredicateDialectError) -> [String] {
    switch dialect {
    case .plain:
      [
        try PlainPrinter().text(
          partitions: partitions.map { ($0, spellings: spellings[$0] ?? []) }, keys: keys)
      ]
    case .compact: [SparkPrinter().text(predicate(exactness))]
    case .spark: [SparkPrinter().text(.plain(partitions, keys: keys))]
    case .glue, .duckdb: try predicate(exactness).texts(dialect)
    }
  }

  /// The predicate as text; Glue's expressions one a line.
  ///
  /// - Throws: `PredicateDialectError` when the dialect cannot say it.
  public func text(
    _ dialect: PredicateDialect, _ exactness: Exactness = .wholeDomain
  ) throws(PredicateDialectError) -> String {
    try texts(dialect, exactness).joined(separator: "\n")
  }
}

extension PendingReport {
  /// What a run would load of one input.
  public func generated(forInput input: JobInput) -> GeneratedPredicate {
    GeneratedPredicate(self, input: input)
  }
}
