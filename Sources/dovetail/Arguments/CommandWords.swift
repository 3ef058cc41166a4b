import ArgumentParser
import Foundation
import PartitionPredicate

/// Follows the words of a command line that name a command, before the parser sees them.
///
/// The parser takes an unknown word for an argument of the command that has no name, and would answer `dovetail stauts`
/// with the usage of the console.
enum CommandWords {
  /// The options of the console, which may stand where a command is named, and whether they take a value.
  private static let consoleOptions: [ExactText: Bool] = [
    "-C": true, "--workspace": true, "--read-only": false, "--ascii": false, "-h": false,
    "--help": false,
    "--version": false,
  ]

  /// Parses a command line whose first words name a command.
  ///
  /// - Throws: `UsageError` with the nearest command; the parser's errors.
  static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    var words = arguments[...]
    try skipOptions(&words)
    if words.first == "help" {
      _ = try command(named: words.dropFirst())
      return try Dovetail.parseAsRoot(arguments)
    }
    let (named, path, rest) = try command(named: words)
    // Only the parser's root command knows the word `help`.
    if rest.first == "help", !path.isEmpty, rest.count == 1 {
      return try Dovetail.parseAsRoot(path + ["--help"])
    }
    // From the root on, the parser reads the options of several commands, which takes longer than most commands
    // do. The named one is enough where nothing is amiss; help and errors are the root's, with the whole name.
    if named.configuration.subcommands.isEmpty, words.count == arguments.count,
      let command = try? named.parseAsRoot(Array(rest)), type(of: command) == named
    {
      return command
    }
    return try Dovetail.parseAsRoot(arguments)
  }

  /// Skips what may stand before a command.
  private static func skipOptions(_ words: inout ArraySlice<String>) throws {
    while let option = words.first, option.utf8.first == UInt8(ascii: "-") {
      let name = option.exact.parts(separatedBy: "=", maxSplits: 1)[0]
      guard let takesValue = consoleOptions[name] else {
        try refuse(option, before: words.dropFirst())
        words = []
        return
      }
      words = words.dropFirst(takesValue && name == option.exact ? 2 : 1)
    }
  }

  /// Refuses an option that only commands have when it stands before the command.
  ///
  /// The parser's own options, such as the one that prints completions, are left to the parser.
  private static func refuse(_ option: String, before rest: ArraySlice<String>) throws {
    let parsers = ["--generate-completion-script", "--experimental-dump-help", "---completion"]
    guard !parsers.contains(where: { option.exact.begins(with: $0.exact) }), option != "--" else {
      return
    }
    let commands = names(of: Dovetail.self)
    if let command = rest.first(where: { commands.contains($0) }) {
      throw UsageError(
        "The option '\(option)' must come after the command: "
          + "`dovetail \(command) \(option)`.")
    }
    let long = consoleOptions.keys.filter { $0.begins(with: "--") }
    let near = NearName.of(option, in: long.map(\.text))
    throw UsageError(
      "Unknown option '\(option)'.\(near.map { " Did you mean '\($0)'?" } ?? "") `dovetail --help` lists "
        + "the commands, and `dovetail COMMAND --help` the options of one.")
  }

  /// Follows the words down to the command that they name.
  ///
  /// - Returns: The command, the names that lead to it, and the words after them.
  private static func command(
    named words: ArraySlice<String>
  ) throws -> (any ParsableCommand.Type, path: [String], rest: ArraySlice<String>) {
    var command: any ParsableCommand.Type = Dovetail.self
    var path: [String] = []
    var rest = words
    while let word = rest.first, word.utf8.first != UInt8(ascii: "-") {
      let commands = command.configuration.subcommands
      if let next = commands.first(where: { $0.isNamed(word) }) {
        command = next
        path.append(word)
        rest = rest.dropFirst()
        continue
      }
      if commands.isEmpty || word == "help" { break }
      // `dovetail tables orders` names a table, for the subcommand that has no name.
      let isTable =
        command == TablesCommand.self && (rest.dropFirst().first ?? "-").exact.begins(with: "-")
      if isTable { break }
      throw unknown(word, after: path, of: command)
    }
    return (command, path, rest)
  }

  private static func names(of command: any ParsableCommand.Type) -> [String] {
    command.configuration.subcommands.map { $0._commandName }
  }

  /// The error for a word that is not the name of a command.
  static func unknown(
    _ word: String, after path: [String], of command: any ParsableCommand.Type
  ) -> UsageError {
    let whole = (path + [word]).joined(separator: " ")
    let group = (["dovetail"] + path).joined(separator: " ")
    let meant = meant(by: word, of: command).map { "'\((path + [$0]).joined(separator: " "))'" }
    let question = meant.isEmpty ? "" : " Did you mean \(meant.joined(separator: " or "))?"
    return UsageError(
      "Unknown command '\(whole)'.\(question) `\(group) --help` lists the commands.")
  }

  /// What a word may have meant: the nearest command; otherwise a command of the same name in a group, the one that
  /// prints the version, or the workspace of a folder.
  private static func meant(by word: String, of command: any ParsableCommand.Type) -> [String] {
    if let near = NearName.of(word, in: names(of: command)) { return [near] }
    let groups = command.configuration.subcommands.filter { names(of: $0).contains(word) }
    if !groups.isEmpty { return groups.map { "\($0._commandName) \(word)" } }
    guard command == Dovetail.self else { return [] }
    if word == "version" { return ["--version"] }
    return FileManager.default.fileExists(atPath: "\(word)/dovetail.yaml") ? ["-C \(word)"] : []
  }
}

extension CommandWords {
  /// Adds to a parser's error what the parser does not say.
  ///
  /// - Parameters:
  ///   - message: What the parser says: a line with the mistake, and lines with the usage.
  ///   - arguments: The command line without the name of the program.
  /// - Returns: The same lines, with advice added to the first.
  static func explained(_ message: String, of arguments: [String]) -> String {
    let lines = message.exact.parts(separatedBy: "\n", maxSplits: 1, omittingEmpty: false)
      .map(\.text)
    guard let first = lines.first else { return message }
    let advice = advice(on: first.exact, arguments)
    return ([first + advice] + lines.dropFirst()).joined(separator: "\n")
  }

  private static func advice(on mistake: ExactText, _ arguments: [String]) -> String {
    if mistake.contains(text: " is invalid for '"), mistake.ends(with: "'") {
      // Any text is valid and the parser lists choices, so a number must be missing.
      return mistake.ends(with: "<run>'")
        ? ": write the number of a run; `dovetail history` lists them."
        : ": write a whole number."
    }
    if let value = negativeValue(missing: mistake, arguments) {
      return ": '\(value)' begins with a dash, like an option, and no value here is below 0."
    }
    guard let start = mistake.range(ofFirst: "Unexpected argument '"), mistake.ends(with: "'")
    else {
      return ""
    }
    let word = String(mistake.text[start.upperBound...].unicodeScalars.dropLast()).exact
    guard let command = leaf(of: arguments) else { return "" }
    let help = command.helpMessage().exact
    if word.contains(text: "=") {
      return help.contains(text: "--where")
        ? ". Partitions are chosen with --where; `dovetail rerun` takes them by their paths." : ""
    }
    return help.contains(text: "--job <name>") ? ". A job is named with --job \(word)." : ""
  }

  /// What stands behind an option whose value the parser misses, if it is a number below 0.
  private static func negativeValue(missing mistake: ExactText, _ arguments: [String]) -> String? {
    guard let start = mistake.range(ofFirst: "Missing value for '") else { return nil }
    let option = String(mistake.text[start.upperBound...].unicodeScalars.prefix { $0 != " " })
    guard let place = arguments.firstIndex(where: { $0.exact == option.exact }) else { return nil }
    let value = arguments.dropFirst(place + 1).first ?? ""
    let bytes = Array(value.utf8.prefix(2))
    let isNumber =
      bytes.count == 2 && bytes[0] == UInt8(ascii: "-")
      && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[1])
    return isNumber ? value : nil
  }

  /// The command that a command line names; nil for none.
  private static func leaf(of arguments: [String]) -> (any ParsableCommand.Type)? {
    var command: any ParsableCommand.Type = Dovetail.self
    var words = arguments[...]
    guard (try? skipOptions(&words)) != nil else { return nil }
    for word in words {
      guard let next = command.configuration.subcommands.first(where: { $0.isNamed(word) })
      else { break }
      command = next
    }
    return command.configuration.defaultSubcommand ?? (command == Dovetail.self ? nil : command)
  }
}

extension ParsableCommand {
  /// Whether a word is the command's name, or an alias of it.
  fileprivate static func isNamed(_ word: String) -> Bool {
    _commandName == word || configuration.aliases.contains(word)
  }
}
