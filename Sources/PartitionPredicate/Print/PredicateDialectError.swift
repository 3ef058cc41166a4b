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

extension PredicateDialectError: CustomStringConvertible {
  /// The sentences for the operator: what cannot be said, in which dialect, why, and what to do.
  public var description: String {
    switch self {
    case .plain(let limit, let clause): "The plain form cannot say \(clause.quoted): \(limit)"
    case .glue(let limit, let clause):
      "An expression of Glue's GetPartitions cannot say \(clause.quoted): \(limit)"
    case .duckDB(let limit, let clause): "DuckDB cannot say \(clause.quoted): \(limit)"
    }
  }
}

extension PredicateDialectError.Clause {
  /// The text in quotation marks; of a long one its beginning.
  fileprivate var quoted: String {
    text.count > 80 ? "\"\(text.prefix(77))...\"" : "\"\(text)\""
  }
}

extension PredicateDialectError.PlainLimit: CustomStringConvertible {
  /// Why, and what to do.
  public var description: String {
    switch self {
    case .shape:
      "it only has key=='value' and key is null, joined by and, and such partitions joined by or. "
        + "Use the spark or the compact form."
    case .cast(let key, let compared):
      "it quotes every value, so that \(key.name) is compared as its own type \(key.type), but here "
        + "it is compared as \(compared). Use the spark form."
    case .digits(let key):
      "Spark compares a quoted value with \(key.name) of type \(key.type) as double, which is not "
        + "exact for more than 15 digits. Use the spark or the compact form."
    }
  }
}

extension PredicateDialectError.GlueLimit: CustomStringConvertible {
  /// Why, and what to do.
  public var description: String {
    switch self {
    case .everything:
      "it selects every partition, which needs no expression. Call GetPartitions without one."
    case .null(let key):
      "IS NULL always returns nothing there, so partitions whose \(key.name) is NULL can be neither "
        + "asked for nor told apart. Load them with push_down_predicate in the spark form."
    case .noKeyAndLiteral:
      "only a key can be compared, and only with a literal. Write the clause as key = value, or use "
        + "push_down_predicate in the spark form."
    case .noOperator(let name):
      "it has no \(name). Write the clause with =, <>, <, <=, >, >=, IN, BETWEEN or LIKE, or use "
        + "push_down_predicate in the spark form."
    case .cast(let key, let literal, let compared):
      "\(key.name) is \(key.type) and the literal is \(literal), so Spark compares both as "
        + "\(compared), but Glue compares as \(key.type). Write a literal of type \(key.type)."
    case .boolean(let key):
      "\(key.name) is boolean, a type that Glue cannot compare. Use push_down_predicate in the spark "
        + "form."
    case .likeType(let key):
      "LIKE needs a key of type string, but \(key.name) is \(key.type). Compare it by =, IN or "
        + "BETWEEN."
    case .likeEscape:
      "its patterns have no escape character, so that % and _ cannot stand for themselves and a "
        + "backslash is not safe. Compare by = or IN, or use push_down_predicate in the spark form."
    case .name(let key, true):
      "\(key.name) is a reserved word of Glue's parser and cannot be a key there. Use "
        + "push_down_predicate in the spark form."
    case .name(let key, false):
      "the key's name \"\(key.name)\" is more than letters, digits and underscores. Use "
        + "push_down_predicate in the spark form."
    case .length(let count):
      "it needs \(count) characters, but an expression may have \(GluePrinter.limit) and this clause "
        + "cannot be cut. Write it with shorter clauses joined by OR."
    }
  }
}

extension PredicateDialectError.DuckDBLimit: CustomStringConvertible {
  /// Why, and what to do.
  public var description: String {
    switch self {
    case .cast(let from, let to):
      "it has no cast from \(from) to \(to) whose result is always Spark's. Compare the key with "
        + "literals of its own type."
    case .range(let text, let type):
      "it holds no \(type) \(text). Compare with one of the years -290308 to 294246."
    case .noLiteral:
      "the pattern of LIKE and RLIKE and the unit of date_trunc must be literals. Write a literal."
    case .datePattern(let pattern):
      "it cannot read '\(EchoedText.short(pattern))' exactly as Spark does. Write yy or yyyy for the year, "
        + "brackets only at the end, and a sign between digits whose number varies."
    case .length: "its text would be longer than 1000000 bytes. Nest fewer functions and casts."
    case .pattern(let problem):
      "its pattern is none that Spark accepts: \(problem). Correct the pattern."
    case .regularExpression(let construct):
      "its regular expressions have no \(construct) that means the same as Spark's. Write the "
        + "pattern without, or use LIKE."
    }
  }
}
