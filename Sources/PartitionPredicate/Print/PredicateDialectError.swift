/// Why a predicate cannot be said in a dialect.
///
/// What a dialect cannot say is an error, never a text that means less or more.
public enum PredicateDialectError: Error, Hashable, Sendable {
  /// The recipe's form has no word for a clause.
  case plain(PlainLimit, Clause)
  /// The expression of Glue's GetPartitions has no word for a clause.
  case glue(GlueLimit, Clause)
  /// DuckDB has no expression that means exactly what Spark means by a clause.
  case duckDB(DuckDBLimit, Clause)

  /// A part of a predicate.
  public struct Clause: Hashable, Sendable {
    /// The part in Spark's words.
    public let text: String
    /// Its bytes in the text of which it was read; empty when it was generated.
    public let range: Range<Int>
  }

  /// What the recipe's form cannot say.
  public enum PlainLimit: Hashable, Sendable {
    /// Anything but `key == value` and `key is null`, joined by and, then by or.
    case shape
    /// A comparison in which the quoted value would not be cast to the key's type.
    case cast(key: PartitionKey, compared: ValueType)
    /// A decimal that Spark compares with text as a double, which is not exact for so many digits.
    case digits(key: PartitionKey)
  }

  /// What an expression of GetPartitions cannot say.
  public enum GlueLimit: Hashable, Sendable {
    /// The predicate is TRUE: an expression would be a filter.
    case everything
    /// IS NULL always returns nothing, and IS NOT NULL is implied by nothing beside it.
    case null(key: PartitionKey)
    /// The clause is no comparison of a key with a literal.
    case noKeyAndLiteral
    /// An operator that the expressions lack, for example RLIKE.
    case noOperator(String)
    /// The key is compared as another type than its own.
    case cast(key: PartitionKey, literal: ValueType, compared: ValueType)
    /// The expressions know no booleans.
    case boolean(key: PartitionKey)
    /// LIKE with a key that is no string.
    case likeType(key: PartitionKey)
    /// LIKE with an escaped character or a backslash, of which the expressions know nothing.
    case likeEscape
    /// The key's name is a reserved word of JSQLParser, or no plain identifier.
    case name(key: PartitionKey, isReserved: Bool)
    /// A single clause has more characters than an expression may have.
    case length(Int)
  }

  /// What DuckDB's SQL cannot say.
  public enum DuckDBLimit: Hashable, Sendable {
    /// A cast whose result differs from Spark's.
    case cast(from: ValueType, to: ValueType)
    /// A date or an instant beyond those that DuckDB holds.
    case range(text: String, ValueType)
    /// The pattern of LIKE or RLIKE, or the unit of date_trunc, is no literal.
    case noLiteral
    /// A pattern of dates that a regular expression does not read as Spark does.
    case datePattern(String)
    /// A function of functions whose text would grow without end.
    case length
    /// A pattern that Spark refuses, too.
    case pattern(problem: String)
    /// A construct of Java's regular expressions that RE2 lacks or reads otherwise.
    case regularExpression(construct: String)
  }
}

extension PredicateDialectError {
  /// The clause that cannot be said.
  public var clause: Clause {
    switch self {
    case .plain(_, let clause), .glue(_, let clause), .duckDB(_, let clause): clause
    }
  }
}

extension PredicateDialectError.Clause {
  /// The clause of a node of a predicate.
  init(_ node: PredicateNode, keys: [PartitionKey]) {
    text = SparkPrinter().text(of: node, keys: keys)
    range = node.range
  }
}
