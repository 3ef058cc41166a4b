import IncrementalJoin

/// A command of a debugging session; the words are gdb's.
enum DebuggerCommand: String, CaseIterable {
  case step, next, finish, `continue`
  case reverseStep = "reverse-step"
  case reverseContinue = "reverse-continue"
  case until, restart, partition, `break`, delete, watch, unwatch
  case print, backtrace, list, clauses, explain, info, help, quit

  /// Shorter words for the same command.
  var aliases: [String] {
    switch self {
    case .step: ["s"]
    case .next: ["n"]
    case .finish: ["fin"]
    case .continue: ["c"]
    case .reverseStep: ["back-step", "rs"]
    case .reverseContinue: ["back-continue", "rc"]
    case .until: ["u"]
    case .restart: ["run", "r"]
    case .break: ["b"]
    case .delete: ["d"]
    case .print: ["p"]
    case .backtrace: ["bt", "where"]
    case .list: ["l"]
    case .explain: ["why"]
    case .info: ["i"]
    case .help: ["h"]
    case .quit: ["q"]
    case .partition, .watch, .unwatch, .clauses: []
    }
  }

  /// The argument after the word, and what the command does.
  var help: (argument: String, text: String) {
    switch self {
    case .step: ("[COUNT]", "one small step, into clauses")
    case .next: ("[COUNT]", "one step over the current clause")
    case .finish: ("", "out of the current clause, to the value of the one around it")
    case .continue: ("", "to the next breakpoint or the end; from the end, to the next partition")
    case .reverseStep: ("[COUNT]", "one small step back")
    case .reverseContinue: ("", "back to the breakpoint before, or to the first step")
    case .until: ("CLAUSE", "to the next step at a clause")
    case .restart: ("", "to the first step of the partition")
    case .partition: ("PARTITION", "to the first step of another partition: month=1/day=31")
    case .break: ("[CLAUSE] [TRUE|FALSE|NULL] [if PREDICATE]", "stop there by itself")
    case .delete: ("[BREAKPOINT]", "remove a breakpoint, or all")
    case .watch: ("EXPRESSION", "show an expression's value with every stop")
    case .unwatch: ("[WATCH]", "stop showing it, or all")
    case .print: ("EXPRESSION", "the value of an expression for this partition")
    case .backtrace: ("", "the clauses around the current one, the innermost first")
    case .list: ("", "the numbered clauses, with what is known of each")
    case .clauses: ("", "every clause over all partitions: reached, TRUE, FALSE, NULL, decides")
    case .explain: ("", "which clauses decide for this partition")
    case .info: ("", "breakpoints and watches")
    case .help: ("", "this list")
    case .quit: ("", "end the session")
    }
  }

  /// The command that a word means; nil when there is none.
  init?(word: String) {
    guard
      let command = Self.allCases.first(where: {
        $0.rawValue == word || $0.aliases.contains(word)
      })
    else { return nil }
    self = command
  }
}
