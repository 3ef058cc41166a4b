/// An expression over a predicate's keys whose value is shown with every stop.
public struct PredicateWatch: Hashable, Sendable {
  /// As it was typed.
  public let text: String
  /// The bound expression, of any type.
  public let node: PredicateNode

  /// Reads an expression.
  ///
  /// - Parameters:
  ///   - text: Any expression of the predicate language: `month(day)`, `month = 1`.
  ///   - keys: The keys that it may name.
  ///   - today: What `current_date` means, in days since 1970-01-01.
  /// - Throws: `PushdownPredicateError`.
  public init(_ text: String, keys: [PartitionKey], today: Int) throws(PushdownPredicateError) {
    self.text = text
    let syntax = try PredicateSyntax(parsing: text)
    node = try Binder(source: text, keys: keys, today: today).expression(syntax)
  }
}
