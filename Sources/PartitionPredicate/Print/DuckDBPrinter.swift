/// Writes a predicate as DuckDB SQL over columns of the keys' names and types, meaning exactly what
/// Spark means: its casts, its NULLs, its patterns.
///
/// What no key takes part in is computed by Spark's rules and written as a literal. Where a string
/// column is compared as another type, Spark's reading of text is spelled out; text that only Spark
/// reads, such as the hexadecimal `0x1p3`, makes the query fail rather than select otherwise.
public struct DuckDBPrinter: Sendable {
  /// Creates a printer.
  public init() {}

  /// The predicate as an expression of type BOOLEAN.
  ///
  /// - Throws: `PredicateDialectError.duckDB` for casts whose result is not always Spark's, patterns
  ///   that are no literals, and regular expressions that RE2 reads otherwise than Java.
  public func text(_ predicate: PushdownPredicate) throws(PredicateDialectError) -> String {
    var text = ""
    try DuckDBText(predicate).write(predicate.root, .or, to: &text)
    return text
  }
}
