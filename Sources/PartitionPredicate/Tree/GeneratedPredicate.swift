/// The predicate that loads exactly some partitions of a table, in every dialect.
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

  /// Creates the predicate of one input.
  ///
  /// - Parameters:
  ///   - keys: The input's keys, in its table's order.
  ///   - partitions: The partitions to load, with values in the order of `keys`.
  ///   - known: Every partition that there is, in the same order of values.
  ///   - spellings: The raw values of each partition's folders, one list a folder, in the order of `keys`.
  public init(
    keys: [PartitionKey], partitions: [Partition], known: [Partition],
    spellings: [Partition: [[ExactText]]] = [:]
  ) {
    self.keys = keys
    self.partitions = partitions.sorted()
    self.known = known.sorted()
    self.spellings = spellings
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
