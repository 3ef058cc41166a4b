import Foundation
import Testing

/// What people type who do not know the commands by heart.
@Suite("Words that help")
struct WordTests {
  private func answer(_ arguments: String...) async throws -> Finished {
    try await Command.run(Command.dovetail, arguments, folder: NSTemporaryDirectory())
  }

  @Test(
    "an unknown command is answered with the nearest one and where they are listed",
    arguments: [
      ("stauts", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
      ("hist", "Unknown command 'hist'. Did you mean 'history'? `dovetail --help`"),
      ("frobnicate", "Unknown command 'frobnicate'. `dovetail --help`"),
      ("version", "Unknown command 'version'. Did you mean '--version'? `dovetail --help`"),
      ("rewind", "Unknown command 'rewind'. Did you mean 'bookmarks rewind'? `dovetail --help`"),
      (
        "show",
        "Unknown command 'show'. Did you mean 'predicate show' or 'bookmarks show'? "
          + "`dovetail --help`"
      ),
      (
        "predicate shwo",
        "Unknown command 'predicate shwo'. Did you mean 'predicate show'? `dovetail predicate --help`"
      ),
      (
        "predicate minimze",
        "Unknown command 'predicate minimze'. Did you mean 'predicate minimize'? "
          + "`dovetail predicate --help`"
      ),
      (
        "bookmarks rewnd 1",
        "Unknown command 'bookmarks rewnd'. Did you mean 'bookmarks rewind'? "
          + "`dovetail bookmarks --help`"
      ),
      (
        "tables widn orders x BIGINT",
        "Unknown command 'tables widn'. Did you mean 'tables widen'? `dovetail tables --help`"
      ),
      ("demo nxt", "Unknown command 'demo nxt'. Did you mean 'demo next'? `dovetail demo --help`"),
      ("help stauts", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
      (
        "help predicate shwo",
        "Unknown command 'predicate shwo'. Did you mean 'predicate show'? `dovetail predicate --help`"
      ),
      ("--ascii stauts", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
      ("-C /tmp stauts", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
      ("stauts -C /tmp", "Unknown command 'stauts'. Did you mean 'status'? `dovetail --help`"),
    ])
  func unknownCommand(_ line: String, _ sentence: String) async throws {
    let words = line.split(separator: " ").map(String.init)
    let answer = try await Command.run(Command.dovetail, words)
    #expect(answer.status == 2)
    #expect(answer.stdout == "")
    #expect(answer.stderr == "dovetail: \(sentence) lists the commands.\n")
  }

  @Test("a folder in the place of a command is suggested as the workspace")
  func folder() async throws {
    let bench = try Workbench(Workbench.pair())
    let answer = try await Command.run(Command.dovetail, [bench.folder])
    #expect(answer.status == 2)
    #expect(
      answer.stderr
        == "dovetail: Unknown command '\(bench.folder)'. Did you mean '-C \(bench.folder)'? "
        + "`dovetail --help` lists the commands.\n")
  }

  @Test(
    "an unknown option is answered with the nearest one, or with where the options are listed",
    arguments: [
      (
        "--jsno",
        "Unknown option '--jsno'. `dovetail --help` lists the commands, and `dovetail COMMAND --help` "
          + "the options of one."
      ),
      (
        "--verison",
        "Unknown option '--verison'. Did you mean '--version'? `dovetail --help` lists the commands, "
          + "and `dovetail COMMAND --help` the options of one."
      ),
      (
        "--json status",
        "The option '--json' must come after the command: `dovetail status --json`."
      ),
    ])
  func unknownOption(_ line: String, _ sentence: String) async throws {
    let words = line.split(separator: " ").map(String.init)
    let answer = try await Command.run(Command.dovetail, words)
    #expect(answer.status == 2)
    #expect(answer.stderr == "dovetail: \(sentence)\n")
  }

  @Test(
    "what the parser finds begins like every other error and says what to write",
    arguments: [
      ("status --jsno", "Unknown option '--jsno'. Did you mean '--json'?"),
      ("status orders", "Unexpected argument 'orders'. A job is named with --job orders."),
      ("init a b", "Unexpected argument 'b'"),
      (
        "run month=1",
        "Unexpected argument 'month=1'. Partitions are chosen with --where; `dovetail rerun` takes them "
          + "by their paths."
      ),
      (
        "history twelve",
        "The value 'twelve' is invalid for '<run>': write the number of a run; `dovetail history` lists "
          + "them."
      ),
      (
        "history --limit many",
        "The value 'many' is invalid for '--limit <count>': write a whole number."
      ),
      ("why", "Missing expected argument '<partition>'"),
      (
        "run --max-partitions none",
        "The value 'none' is invalid for '--max-partitions <count>': \"none\" is not a number of "
          + "partitions: write 1 or more."
      ),
      (
        "run --max-bytes much",
        "The value 'much' is invalid for '--max-bytes <size>': \"much\" is not a size: "
          + "write 500 MB or 20 GB."
      ),
      (
        "pending --today now",
        "The value 'now' is invalid for '--today <yyyy-mm-dd>': \"now\" is not a day: write it as "
          + "2013-01-31."
      ),
    ])
  func parser(_ line: String, _ sentence: String) async throws {
    let words = line.split(separator: " ").map(String.init)
    let answer = try await Command.run(Command.dovetail, words)
    #expect(answer.status == 2)
    #expect(answer.stderr.hasPrefix("dovetail: \(sentence)\n"), Comment(rawValue: answer.stderr))
    #expect(answer.stderr.contains("\n  See 'dovetail \(words[0]) --help' for more information."))
  }

  @Test(
    "help is found in every way in which people ask for it",
    arguments: [
      ["--help"], ["-h"], ["help"], ["help", "run"], ["run", "--help"], ["run", "-h"],
      ["predicate", "help"], ["help", "predicate", "show"], ["tables", "help"],
    ])
  func help(_ arguments: [String]) async throws {
    let answer = try await Command.run(Command.dovetail, arguments)
    #expect(answer.status == 0)
    #expect(answer.stdout.contains("Example: dovetail "), Comment(rawValue: answer.stderr))
  }
}
