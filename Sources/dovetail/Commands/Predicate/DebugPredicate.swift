import ArgumentParser
import Foundation
import PartitionPredicate

/// `dovetail predicate debug`: steps through a predicate with commands from standard input.
struct DebugPredicate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "debug",
    abstract: "Step through the evaluation of a predicate, with commands from standard input.",
    discussion: """
      Example: dovetail predicate debug --job flights_weather < commands.txt

      The commands are gdb's; `help` lists them. A clause is a part of the predicate with a number; the \
      session stops at clauses. The first mistake in a script ends it with status 2; at a terminal the \
      session goes on. With --json every command is answered by one object per line.
      """)

  @OptionGroup var argument: PredicateArgument
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    let scope = try await scope.scope(session)
    let outline = try scope.outline(argument.text(session))
    guard let debugger = PredicateDebugger(outline, partitions: scope.partitions) else {
      throw UsageError("There is no partition to debug with: \(scope.title) has none.")
    }
    var number = 0
    var script = DebuggerScript(debugger, today: scope.today)
    let isTyped = isatty(STDIN_FILENO) == 1
    // Reading zero bytes tells whether there can be any input.
    if read(STDIN_FILENO, &number, 0) < 0 {
      throw UsageError(
        "The commands on standard input cannot be read: \(String(cString: strerror(errno))).")
    }
    try write(script.start())
    while true {
      if isTyped { StandardError.draw("(dovetail) ") }
      guard let line = readLine() else { break }
      number += 1
      guard var reply = script.reply(to: line) else { break }
      if !isTyped, let error = reply.error { reply.error = "line \(number): \(error)" }
      try write(reply)
      // A script must stop at its first mistake; at a terminal, people can correct themselves.
      if reply.error != nil, !isTyped { throw ExitStatus.definition }
    }
  }

  private func write(_ reply: DebuggerReply) throws {
    if options.json { return try Report.jsonLine(reply) }
    for line in reply.lines { Report.line(line) }
    if let error = reply.error { StandardError.write("dovetail: \(error)") }
  }
}
