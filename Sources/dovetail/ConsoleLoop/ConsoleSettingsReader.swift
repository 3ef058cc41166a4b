import Cells
import Console
import Foundation
import IncrementalJoin
import PartitionPredicate
import Workspace

/// Reads what the operator wants of the console from `config.yaml`, and finds all its mistakes.
struct ConsoleSettingsReader {
  private let file: ConfigurationFile
  var settings = ConsoleSettings()
  private var mistakes: [(place: ConfigurationFile.Place, mistake: Mistake)] = []

  /// `$XDG_CONFIG_HOME/dovetail/config.yaml`, by default below `~/.config`.
  static func path() -> String { "\(UserFolder.configuration.path())/config.yaml" }

  /// The settings of a file; those that change nothing when there is no such file.
  ///
  /// - Throws: `WorkspaceError.invalid` with every mistake, `.unreadable`.
  static func settings(of path: String) throws(WorkspaceError) -> ConsoleSettings {
    guard let file = try ConfigurationFile(path: path), let root = file.root else {
      return ConsoleSettings()
    }
    var reader = ConsoleSettingsReader(file: file)
    reader.read(root)
    guard reader.mistakes.isEmpty else {
      let sorted = reader.mistakes.sorted { $0.place < $1.place }.map(\.mistake)
      throw .invalid(
        Array(sorted.prefix(Mistake.limit)), more: max(0, sorted.count - Mistake.limit))
    }
    return reader.settings
  }

  private init(file: ConfigurationFile) { self.file = file }

  mutating func report(
    _ sentence: String, _ hint: String, at place: ConfigurationFile.Place
  ) {
    mistakes.append((place, file.mistake(sentence, hint: hint, at: place)))
  }

  private mutating func read(_ root: ConfigurationFile.Value) {
    let sections = [
      "keys", "dialog-keys", "mouse", "theme", "sort", "refresh", "confirm", "restore",
    ]
    for (name, place, value) in pairs(of: root, "the file", "keys: { refresh: F9 }") {
      switch name {
      case "keys": readKeys(value)
      case "dialog-keys": readDialogKeys(value)
      case "mouse": settings.usesMouse = word(value, "answer", ["on", "off"]) != "off"
      case "theme":
        settings.theme = word(
          value, "theme", ColorTheme.allCases.map(\.rawValue)
        ).flatMap { ColorTheme(rawValue: $0) }
      case "sort": readOrders(value)
      case "refresh": readInterval(value)
      case "confirm": readConfirmations(value)
      case "restore":
        settings.restoresSession = word(value, "answer", ["true", "false"]) != "false"
      default: reportUnknown(name, "setting", sections, at: place)
      }
    }
  }

  private mutating func readOrders(_ value: ConfigurationFile.Value) {
    for (name, place, value) in pairs(of: value, "sort", "sort: { pending: State }") {
      guard let list = RowList(rawValue: name) else {
        reportUnknown(name, "list", RowList.allCases.map(\.rawValue), at: place)
        continue
      }
      guard let text = text(value, "sort: { \(name): \(list.columns[0]) }") else { continue }
      var column = text
      var isDescending = false
      for (ending, descends) in [(" descending" as ExactText, true), (" ascending", false)]
      where text.exact.ends(with: ending) {
        column = String(text.unicodeScalars.dropLast(ending.text.unicodeScalars.count))
        isDescending = descends
      }
      guard let title = list.columns.first(where: { $0.isSameName(as: column) }) else {
        reportUnknown(column, "column of \(name)", list.columns, at: value.place)
        continue
      }
      settings.orders[list] = RowOrder(column: title, isDescending: isDescending)
    }
  }

  private mutating func readInterval(_ value: ConfigurationFile.Value) {
    guard let text = text(value, "refresh: 5m") else { return }
    if text == "never" { return }
    guard let interval = DeclaredQuantity.duration(text), interval >= .seconds(1) else {
      return report(
        "refresh: \(text.quoted) is not a time from 1s on",
        "write a number and s, m, h or d, such as refresh: 5m, or never.", at: value.place)
    }
    settings.refreshInterval = interval
  }

  private mutating func readConfirmations(_ value: ConfigurationFile.Value) {
    let commands = Command.ID.allCases.filter { !ConsoleConfirmation.choices(for: $0).isEmpty }
    for (name, place, value) in pairs(of: value, "confirm", "confirm: { execute: name }") {
      guard let command = command(name, commands, at: place) else { continue }
      let choices = ConsoleConfirmation.choices(for: command)
      settings.confirmations[command] = word(
        value, "confirmation of \(name)", choices.map(\.rawValue)
      )
      .flatMap { ConsoleConfirmation(rawValue: $0) }
    }
  }

  // MARK: Shapes

  mutating func pairs(
    of value: ConfigurationFile.Value, _ name: String, _ example: String
  ) -> [(key: String, keyPlace: ConfigurationFile.Place, value: ConfigurationFile.Value)] {
    switch value.content {
    case .mapping(let pairs): return pairs
    case .nothing: return []
    case .text, .list:
      report("\(name) must be a mapping", "write \(example).", at: value.place)
      return []
    }
  }

  mutating func text(_ value: ConfigurationFile.Value, _ example: String) -> String? {
    if case .text(let text) = value.content { return text }
    report("a text is expected here", "write \(example).", at: value.place)
    return nil
  }

  /// One text or a list of them.
  mutating func texts(_ value: ConfigurationFile.Value, of name: String)
    -> [(text: String, place: ConfigurationFile.Place)]?
  {
    let example = "\(name): F9 or \(name): [F9, Ctrl-X]"
    guard case .list(let items) = value.content else {
      return text(value, example).map { [($0, value.place)] }
    }
    var texts: [(text: String, place: ConfigurationFile.Place)] = []
    for item in items {
      guard let text = text(item, example) else { return nil }
      texts.append((text, item.place))
    }
    return texts
  }

  mutating func word(
    _ value: ConfigurationFile.Value, _ noun: String, _ words: [String]
  ) -> String? {
    guard let text = text(value, "\(words.alternatives)") else { return nil }
    guard words.contains(text) else {
      reportUnknown(text, noun, words, at: value.place)
      return nil
    }
    return text
  }

  mutating func command(
    _ name: String, _ commands: [Command.ID], at place: ConfigurationFile.Place
  ) -> Command.ID? {
    if let id = commands.first(where: { $0.rawValue == name }) { return id }
    reportUnknown(name, "command", commands.map(\.rawValue), at: place)
    return nil
  }

  mutating func reportUnknown(
    _ name: String, _ noun: String, _ known: [String], at place: ConfigurationFile.Place
  ) {
    let names = known.count > 20 ? "docs/keys.md lists them." : "choose \(known.alternatives)."
    report(
      "\(name.quoted) is not a known \(noun)",
      NearName.of(name, in: known).map { "did you mean \($0.quoted)?" } ?? names, at: place)
  }
}
