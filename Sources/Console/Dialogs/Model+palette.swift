import Cells
import PartitionPredicate

extension Model {
  /// Passes a key to the palette.
  mutating func take(_ key: Key, in palette: Palette) -> [Effect] {
    var palette = palette
    let matches = palette.matches(self)
    func select(_ row: Int) { palette.list.select(row, count: matches.count, height: 8) }
    switch key {
    case .escape, .control("c"):
      dialog = nil
      return []
    case .control("p"): palette.recall(-1, of: calls)
    case .control("n"): palette.recall(1, of: calls)
    case .up where palette.isAtHistory: palette.recall(-1, of: calls)
    case .down where palette.isInHistory: palette.recall(1, of: calls)
    case .down: select(palette.list.index + 1)
    case .up: select(palette.list.index - 1)
    case .tab:
      guard matches.indices.contains(palette.list.index) else { break }
      let argument = palette.call(self)?.argument ?? ""
      palette.field.text = Self.call(matches[palette.list.index], with: argument)
      palette.edited()
    case .enter:
      guard matches.indices.contains(palette.list.index) else { break }
      let command = matches[palette.list.index]
      if let refusal = palette.refusal(of: command, self) {
        notice = Notice(kind: .warning, text: "\(command.id.rawValue) \(refusal).")
        break
      }
      let argument = palette.call(self)?.argument ?? ""
      dialog = nil
      remember(Self.call(command, with: argument))
      return perform(named: command, with: argument)
    default:
      if palette.field.take(key) { palette.edited() }
    }
    dialog = .palette(palette)
    return []
  }

  private static func call(_ command: Command, with argument: String) -> String {
    argument.isEmpty ? command.id.rawValue : "\(command.id.rawValue) \(argument)"
  }

  /// Remembers a call for the palette, once where it is repeated.
  mutating func remember(_ call: String) {
    guard !call.isEmpty, calls.last != call else { return }
    calls = Array((calls + [call]).suffix(Palette.historyLimit))
  }

  /// Performs a command that was called by name, after going to the screen where it applies, and answers what it asks
  /// for with the text behind its name.
  private mutating func perform(named command: Command, with argument: String) -> [Effect] {
    var effects: [Effect] = []
    if !command.screens.contains(screen), let screen = command.screens.first {
      effects = open(screen)
    }
    guard !argument.isEmpty else { return effects + perform(command) }
    if command.id == .calendar { effects += perform(command) }
    return effects + give(argument, to: command)
  }

  private mutating func give(_ argument: String, to command: Command) -> [Effect] {
    if isAwaited(command) {
      awaited = AwaitedCall(command: command, argument: argument, screen: screen)
      return []
    }
    // The filter of the calendar asks for a date.
    let asking = command.id == .calendar ? commands[.filter] : command
    guard asking.whyDisabled(self) == nil else { return perform(asking) }
    let effects = perform(asking)
    return effects + answer(argument)
  }

  /// Whether what a command is about is being worked out, off the terminal's thread.
  private func isAwaited(_ command: Command) -> Bool {
    guard page != nil else { return false }
    return switch command.id {
    case .calendar: calendar.shown == nil
    case .savePredicate, .openPredicate: predicate.subject == nil
    default: false
    }
  }

  /// Goes on with a call that waited, once what it is about is there; not when the operator has gone elsewhere.
  mutating func settleCall() {
    guard let call = awaited, dialog == nil else { return }
    guard call.screen == screen else {
      awaited = nil
      return
    }
    guard !isAwaited(call.command) else { return }
    awaited = nil
    let effects = give(call.argument, to: call.command)
    wanted += effects
  }

  /// Answers what was just asked, or opened, with a text.
  private mutating func answer(_ argument: String) -> [Effect] {
    switch dialog {
    case .prompt(var prompt):
      prompt.field = TextField()
      prompt.field.insert(argument)
      return take(.enter, in: prompt)
    case .choice(let choice): return choose(argument, from: choice)
    default:
      guard isFiltering else { return [] }
      setFilter(argument)
      _ = takeInFilter(.enter)
      return []
    }
  }

  /// Chooses the item that a text names; one that asks for a predicate takes the text as that.
  private mutating func choose(_ argument: String, from choice: Choice) -> [Effect] {
    if choice.items.contains(where: { $0.action == .breakpointForPartitions }) {
      dialog = nil
      let effects = choose(.breakpointForPartitions)
      return effects + answer(argument)
    }
    var name = argument
    var isDescending = false
    for (ending, descends) in [(" descending", true), (" ascending", false)]
    where choice.sorts && name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
      isDescending = descends
    }
    let item =
      choice.items.first { $0.label == name }
      ?? choice.items.first { $0.label.isSameName(as: name) }
    guard let item else {
      notice = Notice(kind: .warning, text: "\(choice.title): there is no \(name).")
      return []
    }
    dialog = nil
    guard case .sort(let order?) = item.action else { return choose(item.action) }
    return choose(.sort(RowOrder(column: order.column, isDescending: isDescending)))
  }
}

extension Choice {
  /// Whether it lists the columns to sort by.
  fileprivate var sorts: Bool {
    items.contains { item in
      if case .sort = item.action { true } else { false }
    }
  }
}
