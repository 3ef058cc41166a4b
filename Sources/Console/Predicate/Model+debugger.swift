import Cells
import IncrementalJoin
import PartitionPredicate
import Wording

extension Model {
  /// Whether the debugger is on the screen.
  var isDebugging: Bool { screen == .predicate && predicate.debugger != nil }

  /// Opens the debugger at the selected partition, with the list's partitions as its session.
  mutating func openDebugger() {
    guard let subject = predicate.subject, let rows = predicate.rows, let read = shownPredicate,
      rows.indices.contains(predicate.list.index)
    else { return }
    predicate.scroll = nil
    predicate.debugger = DebuggerState(
      read, partitions: rows.map { subject.partitions[$0] }, at: predicate.list.index)
    if var session = predicate.debugger?.session, let key = stopsSubject {
      predicate.stops[key]?.set(in: &session, today: today)
      predicate.debugger?.session = session
    }
    followStep()
  }

  /// What the debugger's breakpoints and watches are kept for.
  private var stopsSubject: DebuggerStops.Subject? {
    guard let debugger = predicate.debugger, let input = predicateSubject else { return nil }
    return DebuggerStops.Subject(input: input, text: debugger.read.text)
  }

  /// Keeps the debugger's breakpoints and watches for the next session.
  mutating func keepStops() {
    guard let debugger = predicate.debugger, let key = stopsSubject else { return }
    predicate.stops[key] = DebuggerStops(debugger.session)
  }

  /// Leaves the debugger; the list shows the partition where it stopped.
  mutating func closeDebugger() {
    guard let debugger = predicate.debugger else { return }
    keepStops()
    predicate.debugger = nil
    predicate.kept = debugger.session.partition
    predicate.rows = nil
  }

  /// The debugger's outline; an empty list when there is no debugger.
  var debuggerList: ListState {
    get { predicate.debugger?.list ?? ListState() }
    set { predicate.debugger?.list = newValue }
  }

  /// Goes on to the next step at the selected clause.
  mutating func debugToClause() {
    guard let clause = predicate.debugger?.selectedClause else { return }
    debug { $0.run(to: clause) }
  }

  /// Starts over with another partition of the list.
  mutating func debugPartition(by offset: Int) {
    guard let session = predicate.debugger?.session else { return }
    let index = session.partitionIndex + offset
    if session.partitions.indices.contains(index) { debug { $0.go(to: index) } }
  }

  /// Asks for an expression whose value is shown at every step.
  mutating func askForWatch() {
    dialog = .prompt(Prompt(subject: .watch, title: "Watch an expression", label: "Expression: "))
  }

  /// Goes to another step, says why it stopped there, and selects that step's clause.
  mutating func debug(_ body: (inout PredicateDebugger) -> Void) {
    guard var debugger = predicate.debugger else { return }
    body(&debugger.session)
    predicate.debugger = debugger
    followStep()
    switch debugger.session.stop {
    case .nothingMore:
      notice = Notice(kind: .warning, text: "There is nothing more in that direction.")
    case .pause(let partitions):
      notice = Notice(
        kind: .warning,
        text: "\(Quantity.count(partitions, "partition")) passed without a breakpoint; c continues."
      )
    case .breakpoint(let number):
      let breakpoint = debugger.session.breakpoints.first { $0.number == number }
      notice = breakpoint.map { Notice(kind: .information, text: "Stopped at breakpoint \($0)") }
    case .start, .step, .end: break
    }
  }

  /// Selects the clause of the current step.
  private mutating func followStep() {
    guard let debugger = predicate.debugger else { return }
    predicate.scroll = nil
    let height = debuggerLayout.list.rows
    predicate.debugger?.list.select(
      debugger.session.current.clause - 1, count: debugger.read.outline.clauses.count,
      height: height)
  }

  /// Sets a breakpoint at the selected clause, or removes the ones that are there.
  mutating func toggleBreakpoint() {
    guard let debugger = predicate.debugger else { return }
    let clause = debugger.selectedClause
    let there = debugger.session.breakpoints.filter { $0.clause == clause }
    if there.isEmpty {
      addBreakpoint(at: clause, where: nil)
    } else {
      for breakpoint in there { predicate.debugger?.session.removeBreakpoint(breakpoint.number) }
      notice = Notice(kind: .information, text: "Clause \(clause) has no breakpoint any more.")
    }
  }

  /// Sets a breakpoint.
  mutating func addBreakpoint(
    at clause: Int?, where result: Truth?, for filter: (PushdownPredicate, String)? = nil
  ) {
    let breakpoint = predicate.debugger?.session.addBreakpoint(
      at: clause, where: result, for: filter.map { (predicate: $0.0, text: $0.1) })
    if let breakpoint {
      notice = Notice(kind: .information, text: "Set breakpoint \(breakpoint)")
    }
  }

  /// Lists the conditions that a breakpoint may wait for.
  mutating func chooseBreakpoint() {
    guard let clause = predicate.debugger?.selectedClause else { return }
    var items = [Truth.isFalse, .isNull, .isTrue].map { truth in
      Choice.Item(
        label: "clause \(clause) is \(truth.rawValue)",
        detail: "stops where the selected clause has this value",
        action: .breakpoint(clause: clause, truth))
    }
    items += [Truth.isFalse, .isNull, .isTrue].map { truth in
      Choice.Item(
        label: "any clause is \(truth.rawValue)", detail: "stops wherever a clause has this value",
        action: .breakpoint(clause: nil, truth))
    }
    items.append(
      Choice.Item(
        label: "partitions where ...", detail: "stops at the first step of partitions",
        action: .breakpointForPartitions))
    dialog = .choice(Choice(title: "Set a breakpoint where", items: items))
  }

  /// Lists breakpoints and watches so that one can be removed.
  mutating func chooseRemoval() {
    guard let session = predicate.debugger?.session else { return }
    let breakpoints = session.breakpoints.map {
      Choice.Item(label: "breakpoint", detail: "\($0)", action: .removeBreakpoint($0.number))
    }
    let watches = session.watches.enumerated().map {
      Choice.Item(label: "watch", detail: $1.text, action: .removeWatch($0))
    }
    dialog = .choice(Choice(title: "Remove", items: breakpoints + watches))
  }

  /// Carries out what was chosen from a list.
  mutating func choose(_ action: Choice.Action) -> [Effect] {
    switch action {
    case .export(let format):
      if case .report(let view) = dialog { return export(view, as: format) }
      return exportList(as: format)
    case .openSaved(let name): openSaved(name)
    case .breakpoint(let clause, let truth): addBreakpoint(at: clause, where: truth)
    case .breakpointForPartitions:
      dialog = .prompt(
        Prompt(subject: .breakpointFilter, title: "Break for partitions", label: "where "))
    case .removeBreakpoint(let number): predicate.debugger?.session.removeBreakpoint(number)
    case .removeWatch(let index):
      guard predicate.debugger?.session.watches.indices.contains(index) ?? false else {
        return []
      }
      predicate.debugger?.session.removeWatch(index)
    case .operate(let operation): return begin(operation)
    case .report(let request): return ask(for: request)
    case .plan(let request): return plan(request)
    case .sort(let order): sort(by: order)
    }
    return []
  }
}
