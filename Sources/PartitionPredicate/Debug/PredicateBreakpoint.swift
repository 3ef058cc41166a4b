/// Where a debugger stops by itself.
///
/// All parts that are given must hold: at this clause, with this result, for these partitions.
public struct PredicateBreakpoint: Hashable, Sendable {
  /// Its number, from 1, never used again in a session.
  public let number: Int
  /// The clause; nil for every clause.
  public let clause: Int?
  /// Stops where the clause becomes this; nil stops before it is evaluated.
  public let result: Truth?
  /// Stops only for partitions that this predicate selects, as it was typed; nil for all.
  public let filterText: String?
  /// The partitions of the session that the filter selects, found once; nil for all.
  let partitions: Set<Partition>?

  /// Whether it says only for which partitions to stop: then it stops at their first step.
  public var isForPartitionsOnly: Bool { clause == nil && result == nil }
}

extension PredicateBreakpoint: CustomStringConvertible {
  /// `2: at clause 3 where it is FALSE, if month = 1`.
  public var description: String {
    var text = "\(number): "
    text +=
      clause.map { "at clause \($0)" } ?? (result == nil ? "at the first step" : "at any clause")
    if let result { text += " where it is \(result.rawValue)" }
    if let filterText { text += ", if \(filterText)" }
    return text
  }
}

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
