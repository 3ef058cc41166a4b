/// How a predicate is written down.
public enum PredicateDialect: String, Hashable, Sendable, CaseIterable {
  /// The recipe's form for Glue's `push_down_predicate`: `(month=='1' and day=='31') or (...)`.
  case plain
  /// Spark SQL, minimized: `month = 1 AND day BETWEEN 3 AND 9`.
  case compact
  /// Spark SQL as it stands, clause by clause.
  case spark
  /// Expressions of Glue's GetPartitions, minimized; one a line, each a request of its own.
  case glue
  /// A condition of DuckDB's SQL, minimized.
  case duckdb
}

extension PushdownPredicate {
  /// The predicate as text.
  ///
  /// - Returns: One text; of Glue's expressions as many as it takes, each for a request of its own.
  ///   Never none and never empty, which engines read as "no filter".
  /// - Throws: `PredicateDialectError` when the dialect cannot say what the predicate means.
  public func texts(_ dialect: PredicateDialect) throws(PredicateDialectError) -> [String] {
    switch dialect {
    case .plain: return [try PlainPrinter().text(self)]
    case .compact: return [SparkPrinter().text(simplified())]
    case .spark: return [SparkPrinter().text(self)]
    case .duckdb: return [try DuckDBPrinter().text(simplified())]
    case .glue:
      let expressions = try GluePrinter().expressions(self)
      return expressions.isEmpty ? [try GluePrinter().nothing(keys)] : expressions
    }
  }

  /// The predicate as text; Glue's expressions one a line.
  ///
  /// - Throws: `PredicateDialectError` when the dialect cannot say what the predicate means.
  public func text(_ dialect: PredicateDialect) throws(PredicateDialectError) -> String {
    try texts(dialect).joined(separator: "\n")
  }
}

extension GluePrinter {
  /// An expression that selects nothing: Glue has no FALSE, and takes the empty text for no filter.
  ///
  /// - Throws: `PredicateDialectError.glue` when Glue can compare no key.
  func nothing(_ keys: [PartitionKey]) throws(PredicateDialectError) -> String {
    var refusal = PredicateDialectError.glue(
      .noKeyAndLiteral, PredicateDialectError.Clause(.constant(false), keys: keys))
    for (index, key) in keys.enumerated() {
      // Two different values of the key's type; booleans have none here.
      let values = ["0", "1", "1970-01-01", "1970-01-02"]
        .compactMap { PartitionValue(raw: $0, type: key.type) }.prefix(2)
      guard values.count == 2 else { continue }
      do throws(PredicateDialectError) {
        var clauses: [String] = []
        for value in values {
          let root = PredicateNode.equals(index, key, value)
          clauses += try expressions(PushdownPredicate(keys: keys, root: root))
        }
        return clauses.joined(separator: " AND ")
      } catch { refusal = error }
    }
    throw refusal
  }
}

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
  /// Those among `partitions` that are loaded only for rows near others, in order.
  public let nearby: [Partition]
  /// Every partition that an input of the job has or that a position knows, in order.
  public let known: [Partition]
  /// The raw values of the input's folders, for each partition that it has.
  private let spellings: [Partition: [[ExactText]]]

  /// Creates the predicate of one input.
  ///
  /// - Parameters:
  ///   - keys: The input's keys, in its table's order.
  ///   - partitions: The partitions to load, with values in the order of `keys`.
  ///   - nearby: Those among them that are loaded only for rows near others.
  ///   - known: Every partition that there is, in the same order of values.
  ///   - spellings: The raw values of each partition's folders, one list a folder, in the order of `keys`.
  public init(
    keys: [PartitionKey], partitions: [Partition], nearby: [Partition] = [], known: [Partition],
    spellings: [Partition: [[ExactText]]] = [:]
  ) {
    self.keys = keys
    self.partitions = partitions.sorted()
    self.nearby = nearby.sorted()
    self.known = known.sorted()
    self.spellings = spellings
  }

  /// The predicate that selects `nearby` alone; nil when there is none.
  public var ofNearby: GeneratedPredicate? {
    nearby.isEmpty
      ? nil
      : GeneratedPredicate(keys: keys, partitions: nearby, known: known, spellings: spellings)
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
