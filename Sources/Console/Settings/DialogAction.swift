public import Cells

/// What lies over a screen and takes keys.
public enum DialogContext: String, CaseIterable, Hashable, Sendable {
  /// A line of text that is typed, also the filter and the editor of a screen.
  case field = "text field"
  /// A question with two buttons.
  case question
  /// A list from which one item is chosen.
  case choice
  case report
  /// The tables of Glue: a report, whose keys come after its own.
  case catalog = "Glue catalog"
  case help
  /// A text to read, and what is waited for.
  case notice
}

/// What a key does in dialogs, reports and text fields.
public enum DialogAction: String, CaseIterable, Hashable, Sendable {
  case accept, close, yes, no
  case other = "switch"
  case up, down
  case pageUp = "page-up"
  case pageDown = "page-down"
  case halfPageUp = "half-page-up"
  case halfPageDown = "half-page-down"
  case top, bottom
  case filter
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case copy, pager, export, rerun
  case mark
  case delete
  case deleteWord = "delete-word"
  case clear, complete, earlier, later

  /// Its keys, unless the operator gives it others; the first one is what dialogs understand it by.
  public var keys: [Key] {
    switch self {
    case .accept: [.enter]
    case .close: [.escape, .control("c"), .character("q")]
    case .yes: [.character("y")]
    case .no: [.character("n")]
    case .other: [.tab, .backTab, .left, .right, .character("h"), .character("l")]
    case .up: [.up, .character("k")]
    case .down: [.down, .character("j")]
    case .pageUp: [.pageUp, .control("b")]
    case .pageDown: [.pageDown, .control("f"), .character(" ")]
    case .halfPageUp: [.control("u")]
    case .halfPageDown: [.control("d")]
    case .top: [.home, .character("g")]
    case .bottom: [.end, .character("G")]
    case .filter: [.character("/")]
    case .nextMatch: [.character("n")]
    case .previousMatch: [.character("N")]
    case .copy: [.character("y")]
    case .pager: [.character("|")]
    case .export: [.control("s")]
    case .rerun: [.character("R")]
    case .mark: [.character(" ")]
    case .delete: [.backspace]
    case .deleteWord: [.control("w")]
    case .clear: [.control("u")]
    case .complete: [.tab]
    case .earlier: [.control("p")]
    case .later: [.control("n")]
    }
  }

  /// Where it means something.
  public var contexts: [DialogContext] {
    switch self {
    case .accept, .close: DialogContext.allCases
    case .yes, .no, .other: [.question]
    case .up, .down: [.field, .question, .choice, .report, .help]
    case .pageUp, .pageDown: [.question, .choice, .report, .help]
    case .halfPageUp, .halfPageDown, .top, .bottom, .filter: [.report, .help]
    case .nextMatch, .previousMatch, .copy, .pager, .export, .rerun: [.report]
    case .mark: [.catalog]
    case .delete, .deleteWord, .clear, .complete, .earlier, .later: [.field]
    }
  }

  /// What it does, as one sentence.
  var help: String {
    switch self {
    case .accept:
      "Takes what is typed or chosen; in a report goes to what the line names; on tables of Glue shows what dovetail.yaml "
        + "would get."
    case .close: "Closes it, and does nothing."
    case .yes: "Does what is asked."
    case .no: "Does not do what is asked."
    case .other: "Moves the focus to the other button."
    case .up: "Goes up by a row, or scrolls up."
    case .down: "Goes down by a row, or scrolls down."
    case .pageUp: "Goes up by a screenful."
    case .pageDown: "Goes down by a screenful."
    case .halfPageUp: "Goes up by half a screenful."
    case .halfPageDown: "Goes down by half a screenful."
    case .top: "Goes to the beginning."
    case .bottom: "Goes to the end."
    case .filter: "Shows only lines that have the words that are typed."
    case .nextMatch: "Goes to the next line that has what was filtered last."
    case .previousMatch: "Goes to the previous line that has what was filtered last."
    case .copy: "Copies the report."
    case .pager: "Shows the report in `$PAGER`."
    case .export: "Saves the report as CSV or JSON."
    case .rerun: "Previews a run of what is wrong in a verification."
    case .mark: "Marks the table of Glue, to be added to dovetail.yaml, or unmarks it."
    case .delete: "Deletes the last character."
    case .deleteWord: "Deletes the last word."
    case .clear: "Clears the line."
    case .complete: "Completes a command's name; with a note goes on to the name."
    case .earlier: "Shows the command that was called before."
    case .later: "Shows the command that was called after."
    }
  }
}

/// The keys of dialogs, reports and text fields as the operator has them.
struct DialogKeys: Sendable {
  private let changed: [DialogAction: [Key]]

  init(_ changed: [DialogAction: [Key]] = [:]) { self.changed = changed }

  subscript(_ action: DialogAction) -> [Key] { changed[action] ?? action.keys }

  /// The key that hints name.
  func name(_ action: DialogAction) -> String { self[action].first?.name ?? "-" }

  /// The key that hints name where letters are keys.
  func shortName(_ action: DialogAction) -> String { self[action].last?.name ?? "-" }

  /// The key that dialogs understand by a key that was pressed; nil for one that was taken away from what it did.
  func meaning(of key: Key, in context: DialogContext) -> Key? {
    if context == .field, case .character = key { return key }
    let actions = DialogAction.allCases.filter { $0.contexts.contains(context) }
    if let action = actions.first(where: { self[$0].contains(key) }) { return action.keys.first }
    if context == .catalog { return meaning(of: key, in: .report) }
    return actions.contains { $0.keys.contains(key) } ? nil : key
  }

  /// Another action that a key of this one would start too, somewhere.
  func conflict(of action: DialogAction) -> (key: Key, other: DialogAction)? {
    for key in self[action] {
      for other in DialogAction.allCases where other != action && self[other].contains(key) {
        let isText = if case .character = key { true } else { false }
        let shared = action.contexts.filter { other.contexts.contains($0) }
        if shared.contains(where: { $0 != .field || !isText }) { return (key, other) }
      }
    }
    return nil
  }
}

extension Dialog {
  /// What it is to keys.
  var context: DialogContext {
    switch self {
    case .palette, .prompt: .field
    case .help(let help): help.isTyping ? .field : .help
    case .report(let view): view.isTyping ? .field : view.offersTables ? .catalog : .report
    case .confirmation(let confirmation): confirmation.requiredText == nil ? .question : .field
    case .choice: .choice
    case .note, .waiting: .notice
    }
  }
}

extension ConsoleSettings {
  /// What is wrong with the keys of an action in dialogs.
  public enum DialogKeyProblem: Equatable, Sendable {
    /// Both actions have the key where both mean something.
    case conflict(Key, with: DialogAction)
    /// The command has the key, and works over dialogs too.
    case command(Key, Command.ID)
    /// In a text field a character is text.
    case text
    /// Without a key for it there would be no way on.
    case needed
  }

  /// The commands whose keys work over dialogs.
  private static let overDialogs: [Command.ID] = [.repaint, .detail, .detailUp, .detailDown]

  /// What is wrong with the keys of an action, beside those of all others; nil when nothing is.
  public func problem(of action: DialogAction) -> DialogKeyProblem? {
    guard let own = dialogKeys[action] else { return nil }
    if own.isEmpty { return [.accept, .close].contains(action) ? .needed : nil }
    let hasKeyInFields = own.contains { if case .character = $0 { false } else { true } }
    if action.contexts.contains(.field), !hasKeyInFields { return .text }
    if let (key, other) = DialogKeys(dialogKeys).conflict(of: action) {
      return .conflict(key, with: other)
    }
    let commands = CommandSet(keys)
    for id in Self.overDialogs {
      if let key = own.first(where: { commands[id].keys.contains($0) }) { return .command(key, id) }
    }
    return nil
  }
}
