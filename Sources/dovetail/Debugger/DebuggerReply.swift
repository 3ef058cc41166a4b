import Operations
import PartitionPredicate

/// The answer to one command of a debugging session.
struct DebuggerReply: Encodable {
  struct Operand: Encodable {
    let text: String
    let value: String
  }

  struct Watch: Encodable {
    let text: String
    let value: String
  }

  /// The command as it was entered; none for the greeting.
  var command: String?
  var partition: ExactText
  /// Why the session stopped here: `start`, `step`, `breakpoint`, `end`, `nothing more`, `pause`.
  var stop: String
  /// The number of the breakpoint.
  var breakpoint: Int?
  var clause: Int
  var text: String
  /// Where the clause begins in the predicate, in characters from 1.
  var column: Int
  /// The clause's value; none while it is only being entered.
  var result: String?
  var operands: [Operand]
  /// How many terms were never evaluated.
  var skipped: Int
  /// Clause numbers, the innermost first.
  var stack: [Int]
  var watches: [Watch]
  /// What the command printed.
  var output: [String] = []
  var error: String?

  init(_ debugger: PredicateDebugger) {
    let outline = debugger.outline
    let step = debugger.current
    partition = debugger.partition.path
    (stop, breakpoint) = debugger.stop.words
    clause = step.clause
    text = outline.text(of: step.clause)
    column = outline.column(of: step.clause)
    result = step.value?.literalText
    let children = outline[step.clause].node.children
    operands = zip(children, step.operands).compactMap { child, value in
      if case .literal = child.kind { return nil }
      return Operand(text: outline.text(of: child), value: value.literalText)
    }
    skipped = step.skipped
    stack = debugger.stack
    watches = debugger.watches.map {
      Watch(text: $0.text, value: debugger.value(of: $0.node).literalText)
    }
  }

  /// The text for people: what a command printed, otherwise where the session stopped.
  var lines: [String] {
    if error != nil { return [] }
    if !output.isEmpty { return output }
    var lines = head
    if !operands.isEmpty {
      lines.append("  " + operands.map { "\($0.text) is \($0.value)" }.joined(separator: ", "))
    }
    if skipped > 0 {
      lines.append("  \(skipped) more term\(skipped == 1 ? " was" : "s were") never looked at")
    }
    lines += watches.map { "  watch \($0.text): \($0.value)" }
    if stop == "end" {
      lines.append("\(partition) is \(result == "TRUE" ? "selected" : "not selected")")
    }
    return lines
  }

  private var head: [String] {
    let place = "\(clause): \(text)"
    let here = result.map { "\(place) is \($0)" } ?? place
    switch stop {
    case "start": return [partition.text, here]
    case "breakpoint": return ["Breakpoint \(breakpoint ?? 0), \(partition)", here]
    case "nothing more": return ["There is nothing more in that direction.", here]
    case "pause": return ["No breakpoint up to \(partition); `continue` goes on.", here]
    default: return [here]
    }
  }
}

extension PredicateDebugger.Stop {
  /// The stop's name in JSON, and the breakpoint's number.
  fileprivate var words: (String, Int?) {
    switch self {
    case .start: ("start", nil)
    case .step: ("step", nil)
    case .breakpoint(let number): ("breakpoint", number)
    case .end: ("end", nil)
    case .nothingMore: ("nothing more", nil)
    case .pause: ("pause", nil)
    }
  }
}
