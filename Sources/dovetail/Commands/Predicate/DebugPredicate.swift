import ArgumentParser
import Foundation
import IncrementalJoin

/// `dovetail predicate debug`: steps through a predicate by commands from standard input.
struct DebugPredicate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "debug",
    abstract: "Step through the evaluation of a predicate, with commands from standard input.",
    discussion: """
      Example: dovetail predicate debug --input flights < commands.txt

      The commands are gdb's; `help` lists them. With --json every command is answered by one object \
      a line.
      """)

  @OptionGroup var argument: PredicateArgument
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: Options

  func run() throws {
    let session = try Session(options.workspace)
    let scope = try scope.scope(session)
    let outline = try scope.outline(argument.text(session))
    guard let debugger = PredicateDebugger(outline, partitions: scope.partitions) else {
      throw ValidationError("There is no partition to debug with: \(scope.title) has none.")
    }
    var script = DebuggerScript(debugger, today: scope.today)
    let isTyped = isatty(STDIN_FILENO) == 1
    try write(script.start())
    while true {
      if isTyped { FileHandle.standardError.write(Data("(dovetail) ".utf8)) }
      guard let line = readLine() else { break }
      guard let reply = script.reply(to: line) else { break }
      try write(reply)
      // A script that goes wrong must not go on; at a terminal one can correct oneself.
      if reply.error != nil, !isTyped { throw ExitStatus.definition }
    }
  }

  private func write(_ reply: DebuggerReply) throws {
    if options.json { return try Report.jsonLine(reply) }
    for line in reply.lines { Report.line(line) }
    if let error = reply.error { StandardError.write("dovetail: \(error)") }
  }
}
