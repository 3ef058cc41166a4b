import PartitionPredicate

/// The breakpoints and watches of a debugger that was left, for the next one.
struct DebuggerStops: Sendable {
  /// The predicate that they are about.
  struct Subject: Hashable, Sendable {
    let input: PredicateState.Subject
    let text: String
  }

  private let breakpoints: [PredicateBreakpoint]
  private let watches: [PredicateWatch]

  init(_ session: PredicateDebugger) {
    breakpoints = session.breakpoints
    watches = session.watches
  }

  /// Sets them in a session of the same predicate; the breakpoints are numbered anew.
  ///
  /// Their texts are read again, since keys and day may be others than they were.
  func set(in session: inout PredicateDebugger, today: Int) {
    let keys = session.outline.predicate.keys
    for breakpoint in breakpoints {
      guard let text = breakpoint.filterText else {
        session.addBreakpoint(at: breakpoint.clause, where: breakpoint.result)
        continue
      }
      if let filter = try? PushdownPredicate(text, keys: keys, today: today) {
        session.addBreakpoint(
          at: breakpoint.clause, where: breakpoint.result, for: (predicate: filter, text: text))
      }
    }
    for watch in watches {
      if let watch = try? PredicateWatch(watch.text, keys: keys, today: today) {
        session.watch(watch)
      }
    }
  }
}
