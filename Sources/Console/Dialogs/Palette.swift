/// The palette: commands by name, with completion, what they ask for behind the name, and the last ones again.
struct Palette: Equatable, Sendable {
  /// So many commands are remembered.
  static let historyLimit = 50

  var field = TextField()
  var list = ListState()
  /// The place of the command that is shown again; nil for what was typed.
  private(set) var recalled: Int?
  /// What was typed before an earlier command was shown.
  private var typed = ""

  /// Whether Up leads to an earlier command, instead of to the row above.
  var isAtHistory: Bool { list.index == 0 && (field.text.isEmpty || recalled != nil) }

  /// Whether Down leads to a later command, instead of to the row below.
  var isInHistory: Bool { recalled != nil }

  /// The text is another one.
  mutating func edited() {
    list = ListState()
    recalled = nil
  }

  /// Shows an earlier (-1) or a later (1) command; behind the last one is what was typed.
  mutating func recall(_ offset: Int, of calls: [String]) {
    let place = (recalled ?? calls.count) + offset
    guard (0...calls.count).contains(place) else { return }
    if recalled == nil { typed = field.text }
    recalled = place < calls.count ? place : nil
    field.text = place < calls.count ? calls[place] : typed
    list = ListState()
  }

  /// The commands that match the typed text, those whose names begin with it first, and of these the shortest; the one
  /// that is called, where a text stands behind its name.
  func matches(_ model: Model) -> [Command] {
    if let call = call(model) { return [call.command] }
    let needle = field.text.lowercased()
    let commands = offered(model)
    guard !needle.isEmpty else { return commands }
    // Whoever types a whole name means that command, not one whose name goes on.
    let first = commands.filter { $0.id.rawValue.hasPrefix(needle) }
      .sorted { $0.id.rawValue.utf8.count < $1.id.rawValue.utf8.count }
    let rest = commands.filter { command in
      !command.id.rawValue.hasPrefix(needle)
        && (command.id.rawValue.contains(needle) || command.title.lowercased().contains(needle))
    }
    return first + rest
  }

  /// The command that the first word names, or that alone begins with it, and the text behind it; nil where no space
  /// follows the word, or where all of it is part of a title.
  func call(_ model: Model) -> (command: Command, argument: String)? {
    let text = field.text.drop { $0 == " " }
    guard let space = text.firstIndex(of: " ") else { return nil }
    let name = text[..<space].lowercased()
    var argument = text[space...].drop { $0 == " " }
    while argument.last == " " { argument.removeLast() }
    let commands = offered(model)
    let named = commands.first { $0.id.rawValue == name }
    if let named, named.takesArgument || argument.isEmpty { return (named, String(argument)) }
    let needle = field.text.lowercased()
    guard !commands.contains(where: { $0.title.lowercased().contains(needle) }) else { return nil }
    if let named { return (named, String(argument)) }
    let begun = commands.filter { $0.id.rawValue.hasPrefix(name) }
    guard begun.count == 1, let only = begun.first else { return nil }
    return (only, String(argument))
  }

  /// Why a command cannot be called with the text behind its name, worded as the end of a sentence; nil when it can.
  func refusal(of command: Command, _ model: Model) -> String? {
    guard let call = call(model), !call.argument.isEmpty, !command.takesArgument else { return nil }
    return "takes no argument"
  }

  private func offered(_ model: Model) -> [Command] {
    model.commands.all.filter { $0.isInPalette && (model.hasDemo || $0.id != .demoNext) }
  }
}

/// A command that was called by name on a screen whose content is still being worked out.
struct AwaitedCall: Sendable {
  let command: Command
  let argument: String
  let screen: Screen
}
