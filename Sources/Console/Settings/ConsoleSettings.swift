public import Cells

/// What an operator wants otherwise than it is by itself.
public struct ConsoleSettings: Equatable, Sendable {
  /// The keys of commands that have others than in the table; empty for none.
  public var keys: [Command.ID: [Key]] = [:]
  /// The keys of actions in dialogs, reports and text fields that have others than by themselves; empty for none.
  public var dialogKeys: [DialogAction: [Key]] = [:]
  /// Whether a console takes the mouse when it opens.
  public var usesMouse = true
  /// The colors; nil for those that fit the terminal's background.
  public var theme: ColorTheme?
  /// How lists are sorted when they are first shown.
  public var orders: [RowList: RowOrder] = [:]
  /// How long after the inputs were listed they are listed again by themselves; nil for never.
  public var refreshInterval: Duration?
  /// The commands that ask for more than by themselves.
  public var confirmations: [Command.ID: ConsoleConfirmation] = [:]

  /// Whether a console opens as the last one of its workspace was left.
  public var restoresSession = true

  /// Changes nothing.
  public init() {}
}

/// What a command can ask for beyond what it asks for by itself.
public enum ConsoleConfirmation: String, CaseIterable, Hashable, Sendable {
  /// Asks also when nothing would be lost.
  case always
  /// Asks for the job's name.
  case name

  /// What the setting can be for a command; empty for a command that asks as it does.
  public static func choices(for command: Command.ID) -> [ConsoleConfirmation] {
    switch command {
    case .quit: [.always]
    case .execute, .cancel: [.name]
    default: []
    }
  }
}

extension ConsoleSettings {
  /// A command that a key of another one would start too, or that needs a key and has none.
  public enum KeyProblem: Equatable, Sendable {
    /// Both commands have the key.
    case conflict(Key, with: Command.ID)
    /// The key cannot be given to a command: the digit 0 begins a number.
    case reserved(Key)
    /// Without a key for it there would be no way out.
    case needed
  }

  /// What is wrong with the keys of a command, beside those of all others.
  ///
  /// - Returns: nil when nothing is.
  public func problem(of command: Command.ID) -> KeyProblem? {
    guard let keys = keys[command] else { return nil }
    if keys.isEmpty, [.quit, .palette].contains(command) { return .needed }
    let commands = CommandSet(self.keys)
    let own = commands[command]
    for key in keys {
      if key == .character("0") { return .reserved(key) }
      if let other = commands.all.first(where: { $0.keys.contains(key) && $0.collides(with: own) })
      {
        return .conflict(key, with: other.id)
      }
    }
    return nil
  }
}
