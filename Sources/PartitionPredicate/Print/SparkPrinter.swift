/// Writes any predicate as Spark SQL, with exactly the parentheses that its tree needs.
///
/// Parsing the text again gives the same tree, but for literals that Spark cannot spell in their
/// type, which get the CAST that gives them the type.
public struct SparkPrinter: Sendable {
  /// Creates a printer.
  public init() {}

  /// The predicate as Spark SQL, as `push_down_predicate` and `where` take it.
  public func text(_ predicate: PushdownPredicate) -> String {
    text(of: predicate.root, keys: predicate.keys)
  }

  /// A part of a predicate as Spark SQL.
  public func text(of node: PredicateNode, keys: [PartitionKey]) -> String {
    var text = ""
    SparkText(keys: keys).write(node, to: &text)
    return text
  }
}
