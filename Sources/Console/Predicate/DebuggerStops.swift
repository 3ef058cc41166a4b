import PartitionPredicate

/// The breakpoints and watches kept from one debugger session for the next.
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

  /// Sets them in a session of the same predicate; the breakpoints are renumbered.
  ///
  /// Their texts are parsed again, because the keys and the day may have changed.
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
