extension PredicateDebugger {
  /// Sets a breakpoint.
  ///
  /// - Parameters:
  ///   - clause: A clause's number; nil for every clause.
  ///   - result: Where the clause becomes this; nil for before it is evaluated.
  ///   - filter: For which partitions, with its text; nil for all.
  /// - Returns: The breakpoint with its number.
  @discardableResult
  public mutating func addBreakpoint(
    at clause: Int? = nil, where result: Truth? = nil,
    for filter: (predicate: PushdownPredicate, text: String)? = nil
  ) -> PredicateBreakpoint {
    let breakpoint = PredicateBreakpoint(
      number: nextBreakpoint, clause: clause, result: result, filterText: filter?.text,
      partitions: filter.map { Set($0.predicate.filter(partitions)) })
    nextBreakpoint += 1
    breakpoints.append(breakpoint)
    return breakpoint
  }

  /// Removes the breakpoint with a number; all without one.
  ///
  /// - Returns: Whether there was any.
  @discardableResult
  public mutating func removeBreakpoint(_ number: Int?) -> Bool {
    let before = breakpoints.count
    breakpoints.removeAll { number == nil || $0.number == number }
    return breakpoints.count < before
  }

  /// Shows the value of an expression with every stop.
  public mutating func watch(_ watch: PredicateWatch) {
    if !watches.contains(watch) { watches.append(watch) }
  }

  /// Stops showing the watch with this index.
  public mutating func removeWatch(_ index: Int) { watches.remove(at: index) }
}
