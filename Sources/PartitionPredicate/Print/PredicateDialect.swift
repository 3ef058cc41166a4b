/// How a predicate is written down.
public enum PredicateDialect: String, Hashable, Sendable, CaseIterable {
  /// The recipe's form for Glue's `push_down_predicate`: `(month=='1' and day=='31') or (...)`.
  case plain
  /// Spark SQL, minimised: `month = 1 AND day BETWEEN 3 AND 9`.
  case compact
  /// Spark SQL as it stands, clause by clause.
  case spark
  /// Expressions of Glue's GetPartitions, minimised; one a line, each a request of its own.
  case glue
  /// A condition of DuckDB's SQL, minimised.
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
