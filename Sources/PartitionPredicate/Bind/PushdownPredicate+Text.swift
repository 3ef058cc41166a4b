extension PushdownPredicate {
  /// Reads a predicate over a table's partition keys, as Spark reads `push_down_predicate`.
  ///
  /// - Parameters:
  ///   - text: The predicate, in the language of docs/predicate-language.md.
  ///   - keys: The table's partition keys; names in the text mean them, ignoring case.
  ///   - today: What `current_date` means, in days since 1970-01-01.
  /// - Throws: `PushdownPredicateError` for the first mistake in the text, its names or its types.
  public init(_ text: String, keys: [PartitionKey], today: Int) throws(PushdownPredicateError) {
    let syntax = try PredicateSyntax(parsing: text)
    let binder = Binder(source: text, keys: keys, today: today)
    self.init(keys: keys, root: try binder.predicate(syntax), today: today)
  }
}
