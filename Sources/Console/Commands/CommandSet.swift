import Cells

/// The commands of the table with the keys that the operator gave them.
struct CommandSet: Sendable {
  /// By what they are about.
  let groups: [(title: String, commands: [Command])]
  /// All of them, in that order.
  let all: [Command]

  /// Gives commands other keys than those of the table.
  init(_ keys: [Command.ID: [Key]] = [:]) {
    groups = CommandTable.groups.map { group in
      (group.title, group.commands.map { $0.with(keys[$0.id] ?? $0.keys) })
    }
    all = groups.flatMap(\.commands)
  }

  /// The command with a name: the table has all of them.
  subscript(_ id: Command.ID) -> Command { all.first { $0.id == id } ?? all[0] }

  /// The command that a key starts now.
  func command(for key: Key, _ model: Model) -> Command? {
    let commands = all.filter { $0.keys.contains(key) && $0.screens.contains(model.screen) }
    return commands.first { $0.isOffered(model) } ?? commands.first
  }

  /// What is said of a key that does nothing on the screen: what it means elsewhere.
  func refusal(of key: Key) -> String {
    let help = self[.help].keys.first.map { "; \($0.name) shows the keys" } ?? ""
    guard let command = all.first(where: { $0.keys.contains(key) }) else {
      return "\(key.name) does nothing\(help)."
    }
    let screens = command.screens.map(\.rawValue).sorted().map { "\($0)" }
    let last = screens.suffix(2).joined(separator: " and ")
    let places =
      command.isDebugger
      ? "in the debugger" : "on " + (screens.dropLast(2) + [last]).joined(separator: ", ")
    return "\(key.name) (\(command.title)) works \(places)\(help)."
  }
}

extension Command {
  /// The same command with other keys.
  fileprivate func with(_ keys: [Key]) -> Command {
    var command = self
    command.keys = keys
    return command
  }

  /// Whether a key cannot start this command and another one: a key means one thing on all screens, and in the
  /// debugger those of the debugger come first where nothing else is offered.
  func collides(with other: Command) -> Bool {
    guard id != other.id else { return false }
    guard isDebugger != other.isDebugger else { return true }
    return isDebugger ? other.isOfferedInDebugger : isOfferedInDebugger
  }

  /// Whether it is one of those that the debugger offers, too.
  var isOfferedInDebugger: Bool {
    switch id {
    case .open, .textUp, .textDown: true
    case .filter, .sort, .nextMatch, .previousMatch, .export, .detail, .detailUp, .detailDown,
      .run:
      false
    default: isDebugger || screens == Screen.allCases
    }
  }
}
