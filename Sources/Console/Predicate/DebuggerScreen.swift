import Cells
import IncrementalJoin
import PartitionPredicate
import Wording

/// The step debugger: the text with the current clause, the clauses with their values, and what is known at the current
/// step.
enum DebuggerScreen {
  static func draw(_ debugger: DebuggerState, _ model: Model, on canvas: inout Canvas) {
    let layout = model.debuggerLayout
    let session = debugger.session
    canvas.draw(heading(session), in: layout.heading, row: 0)
    drawText(debugger, model, on: &canvas, in: layout.text)
    drawClauses(debugger, on: &canvas, layout)
    var rest = layout.step
    canvas.drawRule("Step", in: rest.cutTop(1))
    canvas.draw(step(debugger, columns: rest.columns), in: rest)
  }

  private static func heading(_ session: PredicateDebugger) -> Line {
    let place =
      "\(Quantity.number(session.partitionIndex + 1)) of \(Quantity.number(session.partitions.count))"
    return Line("Debugging ", .dim).adding(session.partition.path.text, .strong)
      .adding("  partition \(place)", .dim)
      .adding("  step \(session.position + 1) of \(session.trace.steps.count)", .dim)
  }

  private static func drawText(
    _ debugger: DebuggerState, _ model: Model, on canvas: inout Canvas, in rect: Rect
  ) {
    let first = model.firstTextLine(height: rect.rows)
    let outline = debugger.read.outline
    let current = debugger.session.current.clause
    let isOver = debugger.session.isAtEnd
    for (row, range) in model.predicateTextLines.dropFirst(first).prefix(rect.rows).enumerated() {
      let line = SourcePane.line(range, of: debugger.read.source, debugger.map) { number in
        var look = SourcePane.look(
          outline[number], outline, value: { debugger.session.value(of: $0) }, isOver: isOver)
        look.isReversed = outline.path(to: number).contains(current)
        return look
      }
      canvas.draw(line, in: rect, row: row)
    }
  }

  private static func drawClauses(
    _ debugger: DebuggerState, on canvas: inout Canvas, _ layout: DebuggerLayout
  ) {
    let clauses = debugger.read.outline.clauses
    let width = max(10, layout.list.columns - 25)
    canvas.draw(
      Line().column("No.", 7, .header, right: true).column("Clause", width, .header)
        .adding("Value", .header),
      in: layout.columns, row: 0)
    let symbols = canvas.theme.symbols
    let session = debugger.session
    canvas.draw(
      debugger.list, count: clauses.count, in: layout.list, placeRow: layout.columns.row
    ) { index in
      let clause = clauses[index]
      let breaks = session.breakpoints.contains { $0.clause == clause.number }
      let marks =
        (session.current.clause == clause.number ? symbols.current : " ")
        + (breaks ? symbols.breakpoint : " ")
      let indent = String(repeating: " ", count: min(clause.depth, 8) * 2)
      let (word, role) = status(debugger.status(of: clause.number))
      return Line(marks, .key).column("\(clause.number)", 5, .dim, right: true)
        .column(indent + debugger.read.text(of: clause.number), width).adding(word, role)
    }
  }

  private static func status(_ status: DebuggerState.Status) -> (String, Role) {
    switch status {
    case .ahead: ("", .plain)
    case .entered: ("entered", .accent)
    case .neverLookedAt: ("never looked at", .notSeen)
    case .value(let value): (value.literalText, Truth(value)?.role ?? .plain)
    }
  }

  /// What is known at the current step.
  private static func step(_ debugger: DebuggerState, columns: Int) -> [Line] {
    let session = debugger.session
    var lines = sentence(debugger).wrapped(toColumns: columns).prefix(2).map { Line($0, .strong) }
    lines += operands(debugger).map { Line("  \($0)") }
    if session.isAtEnd { lines.append(verdict(session)) }
    for watch in session.watches {
      lines.append(
        Line("Watch ", .dim).adding(watch.text).adding(" = ", .dim)
          .adding(session.value(of: watch.node).literalText, .strong))
    }
    if session.stack.count > 1 {
      let inner = session.stack.dropFirst().map { "\($0)" }.joined(separator: ", in ")
      lines.append(Line("Stack ", .dim).adding("clause \(session.current.clause), in \(inner)"))
    }
    lines += session.breakpoints.map { Line("Breakpoint ", .dim).adding("\($0)") }
    return lines
  }

  /// What happens at the current step.
  private static func sentence(_ debugger: DebuggerState) -> String {
    let step = debugger.session.current
    let clause = debugger.read.outline[step.clause]
    guard let value = step.value else {
      let terms = Quantity.count(clause.children.count, "clause")
      return "Enters clause \(step.clause), with \(terms) inside."
    }
    let text = debugger.read.text(of: step.clause)
    let skipped =
      step.skipped > 0
      ? " That decides: what follows in it is never looked at." : ""
    return "Clause \(step.clause) is \(value.literalText).\(skipped)"
      + (skipped.isEmpty && text != value.literalText ? " \(text)" : "")
  }

  /// The values of the step's operands: `day is 12`; literals speak for themselves.
  private static func operands(_ debugger: DebuggerState) -> [String] {
    let step = debugger.session.current
    let children = debugger.read.outline[step.clause].node.children
    guard step.operands.count == children.count else { return [] }
    return zip(children, step.operands).compactMap { child, value in
      if case .literal = child.kind { return nil }
      return "\(debugger.text(of: child)) is \(value.literalText)"
    }
  }

  private static func verdict(_ session: PredicateDebugger) -> Line {
    switch session.trace.truth {
    case .isTrue: Line("The end: the partition is selected.", .good)
    case .isFalse: Line("The end: the partition is not selected.", .bad)
    case .isNull: Line("The end: the predicate is NULL, which selects nothing.", .isNull)
    }
  }
}
