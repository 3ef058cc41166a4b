import Operations
import PartitionPredicate

/// Answers the commands of a debugging session, one line each.
struct DebuggerScript {
  private var debugger: PredicateDebugger
  private let today: Int
  private lazy var table = PartitionTable(
    debugger.partitions, keys: debugger.outline.predicate.keys)

  init(_ debugger: PredicateDebugger, today: Int) {
    self.debugger = debugger
    self.today = today
  }

  /// The reply before any command: the first step of the first partition.
  func start() -> DebuggerReply { DebuggerReply(debugger) }

  /// The reply to a line; nil ends the session.
  ///
  /// An empty line or a comment with # repeats where the session stopped.
  mutating func reply(to line: String) -> DebuggerReply? {
    let words = line.exact.parts(separatedBy: " ", maxSplits: 1)
    guard let word = words.first, !word.begins(with: "#") else { return DebuggerReply(debugger) }
    let argument = words.count == 2 ? words[1].text.withoutBlanksAtEnd : ""
    var output: [String] = []
    var failure: String?
    do {
      guard let command = DebuggerCommand(word: word.text) else {
        throw ScriptError("There is no command \"\(word)\"; `help` lists them.")
      }
      if command == .quit { return nil }
      output = try perform(command, argument)
    } catch {
      failure = "\(error)"
    }
    var reply = DebuggerReply(debugger)
    reply.command = line
    reply.output = output
    reply.error = failure
    return reply
  }

  private mutating func perform(_ command: DebuggerCommand, _ argument: String) throws -> [String] {
    switch command {
    case .step: try times(argument) { $0.step() }
    case .next: try times(argument) { $0.next() }
    case .reverseStep: try times(argument) { $0.stepBack() }
    case .finish: debugger.finish()
    case .continue: debugger.resume()
    case .reverseContinue: debugger.resumeBack()
    case .until: debugger.run(to: try clause(argument))
    case .restart: debugger.restart()
    case .partition: try go(to: argument)
    case .break: return [try addBreakpoint(argument)]
    case .delete: try delete(argument)
    case .watch: debugger.watch(try expression(argument))
    case .unwatch: try unwatch(argument)
    case .print:
      let watch = try expression(argument)
      return ["\(watch.text) is \(debugger.value(of: watch.node).literalText)"]
    case .backtrace: return known(debugger.stack)
    case .list: return known(debugger.outline.clauses.map(\.number))
    case .clauses: return clauses()
    case .explain: return explain()
    case .info:
      let watches = debugger.watches.enumerated().map { "watch \($0 + 1): \($1.text)" }
      let lines = debugger.breakpoints.map { "breakpoint \($0)" } + watches
      return lines.isEmpty ? ["There is no breakpoint and no watch."] : lines
    case .help:
      return DebuggerCommand.allCases.map { command in
        let names = ([command.rawValue] + command.aliases).joined(separator: ", ")
        let (argument, text) = command.help
        return "\(names) \(argument)".withoutBlanksAtEnd + ": \(text)"
      }
    case .quit: break
    }
    return []
  }

  private mutating func times(_ argument: String, _ move: (inout PredicateDebugger) -> Void) throws
  {
    guard let count = argument.isEmpty ? 1 : Int(argument), count > 0 else {
      throw ScriptError("\"\(argument)\" is not a number of steps.")
    }
    for _ in 0..<count {
      move(&debugger)
      if debugger.stop == .nothingMore { return }
    }
  }

  private func clause(_ argument: String) throws -> Int {
    let count = debugger.outline.clauses.count
    guard let number = Int(argument), (1...count).contains(number) else {
      throw ScriptError(
        "\"\(argument)\" is not a clause: they are numbered from 1 to \(count); `list` shows them.")
    }
    return number
  }

  private mutating func go(to path: String) throws {
    let keys = debugger.outline.predicate.keys
    let partition = try Partition(path: path.exact, keys: keys)
    guard let index = debugger.partitions.firstIndex(of: partition) else {
      throw ScriptError("There is no partition \(partition) among the known ones.")
    }
    debugger.go(to: index)
  }

  private mutating func addBreakpoint(_ argument: String) throws -> String {
    var words = argument.exact.parts(separatedBy: " ")[...]
    var filter: (PushdownPredicate, String)?
    if let index = words.firstIndex(where: { $0.lowercased == "if" }) {
      let text = words[(index + 1)...].joined(separator: " ").text
      let keys = debugger.outline.predicate.keys
      filter = (try PushdownPredicate(text, keys: keys, today: today), text)
      words = words[..<index]
    }
    var result: Truth?
    if let truth = words.last.flatMap({ Truth(rawValue: $0.uppercased.text) }) {
      result = truth
      words.removeLast()
    }
    guard words.count <= 1 else {
      throw ScriptError("A breakpoint is [CLAUSE] [TRUE|FALSE|NULL] [if PREDICATE].")
    }
    let clause = try words.first.map { try self.clause($0.text) }
    if clause == nil, result == nil, filter == nil {
      return "breakpoint \(debugger.addBreakpoint(at: debugger.current.clause))"
    }
    return "breakpoint \(debugger.addBreakpoint(at: clause, where: result, for: filter))"
  }

  private mutating func delete(_ argument: String) throws {
    let number = Int(argument)
    guard argument.isEmpty || number != nil, debugger.removeBreakpoint(number) else {
      throw ScriptError(
        argument.isEmpty
          ? "There is no breakpoint." : "There is no breakpoint \(argument); `info` lists them.")
    }
  }

  private mutating func unwatch(_ argument: String) throws {
    let indices = debugger.watches.indices
    if argument.isEmpty { return indices.reversed().forEach { debugger.removeWatch($0) } }
    guard let number = Int(argument), indices.contains(number - 1) else {
      throw ScriptError("There is no watch \(argument); `info` lists them.")
    }
    debugger.removeWatch(number - 1)
  }

  private func expression(_ text: String) throws -> PredicateWatch {
    try PredicateWatch(text, keys: debugger.outline.predicate.keys, today: today)
  }

  /// Clauses with their numbers, their places among the others and their values so far.
  private func known(_ numbers: [Int]) -> [String] {
    let values = debugger.values()
    return numbers.map { number in
      let mark = number == debugger.current.clause ? ">" : " "
      let value = values[number].map { " is \($0.literalText)" } ?? ""
      let indent = String(repeating: "  ", count: debugger.outline[number].depth)
      return "\(mark)\(number): \(indent)\(debugger.outline.text(of: number))\(value)"
    }
  }

  private mutating func clauses() -> [String] {
    ClauseJSON.all(debugger.outline, table).map { row in
      let indent = String(repeating: "  ", count: row.depth)
      let findings = row.findings.map { "; \($0)" }.joined()
      return "\(row.clause): \(indent)\(row.text): reached by \(row.reached), "
        + "\(row.true) TRUE, \(row.false) FALSE, \(row.null) NULL, decides "
        + "\(row.decides)\(findings)"
    }
  }

  private func explain() -> [String] {
    [PartitionExplanation(debugger.outline, debugger.partition).sentence(debugger.outline)]
  }
}

/// A command that cannot be carried out.
private struct ScriptError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

extension String {
  fileprivate var withoutBlanksAtEnd: String {
    var scalars = unicodeScalars[...]
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}
