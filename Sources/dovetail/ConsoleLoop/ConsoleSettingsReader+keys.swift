import Cells
import Console
import IncrementalJoin
import Workspace

/// The keys of commands, and those of dialogs, reports and text fields.
extension ConsoleSettingsReader {
  /// Reads the keys of commands.
  mutating func readKeys(_ value: ConfigurationFile.Value) {
    typealias Place = ConfigurationFile.Place
    var places: [(command: Command.ID, own: Place, ofKeys: [Key: Place])] = []
    for (name, place, value) in pairs(of: value, "keys", "keys: { refresh: [r, F9] }") {
      guard let command = command(name, Command.ID.allCases, at: place),
        let texts = texts(value, of: name)
      else { continue }
      let (keys, ofKeys) = read(texts)
      settings.keys[command] = keys
      places.append((command, texts.first?.place ?? place, ofKeys))
    }
    var reported: Set<Command.ID> = []
    for (command, place, ofKeys) in places where !reported.contains(command) {
      switch settings.problem(of: command) {
      case nil: break
      case .conflict(let key, let other):
        reported.insert(other)
        report(
          "the key \(key.name) of \(command.rawValue) is a key of \(other.rawValue) too",
          "choose another key, or give \(other.rawValue) another one: keys: { \(other.rawValue): F9 }.",
          at: ofKeys[key] ?? place)
      case .reserved(let key):
        report(
          "the key \(key.name) cannot start \(command.rawValue): it begins a number",
          "choose another key.", at: ofKeys[key] ?? place)
      case .needed:
        report(
          "\(command.rawValue) has no key", "name one: keys: { \(command.rawValue): F9 }.",
          at: place)
      }
    }
  }

  /// Reads the keys of dialogs, reports and text fields.
  mutating func readDialogKeys(_ value: ConfigurationFile.Value) {
    typealias Place = ConfigurationFile.Place
    var places: [(action: DialogAction, own: Place, ofKeys: [Key: Place])] = []
    for (name, place, value) in pairs(of: value, "dialog-keys", "dialog-keys: { close: F10 }") {
      guard let action = DialogAction(rawValue: name) else {
        reportUnknown(name, "action", DialogAction.allCases.map(\.rawValue), at: place)
        continue
      }
      guard let texts = texts(value, of: name) else { continue }
      let (keys, ofKeys) = read(texts)
      settings.dialogKeys[action] = keys
      places.append((action, texts.first?.place ?? place, ofKeys))
    }
    var reported: Set<DialogAction> = []
    for (action, place, ofKeys) in places where !reported.contains(action) {
      let name = action.rawValue
      switch settings.problem(of: action) {
      case nil: break
      case .conflict(let key, let other):
        reported.insert(other)
        report(
          "the key \(key.name) of \(name) is a key of \(other.rawValue) in the same place",
          "choose another key, or give \(other.rawValue) another one: dialog-keys: { \(other.rawValue): F9 }.",
          at: ofKeys[key] ?? place)
      case .command(let key, let command):
        report(
          "the key \(key.name) of \(name) is a key of the command \(command.rawValue), which dialogs have too",
          "choose another key, or give \(command.rawValue) another one: keys: { \(command.rawValue): F9 }.",
          at: ofKeys[key] ?? place)
      case .text:
        report(
          "\(name) has only characters as keys, and a text field takes those as text",
          "add a key such as F9 or Ctrl-X: dialog-keys: { \(name): F9 }.", at: place)
      case .needed:
        report("\(name) has no key", "name one: dialog-keys: { \(name): F9 }.", at: place)
      }
    }
  }

  /// Reads keys by their names, each with its place.
  private mutating func read(
    _ texts: [(text: String, place: ConfigurationFile.Place)]
  ) -> (keys: [Key], places: [Key: ConfigurationFile.Place]) {
    var keys: [Key] = []
    var places: [Key: ConfigurationFile.Place] = [:]
    for (text, place) in texts {
      if let key = Key(name: text) {
        keys.append(key)
        places[key] = place
      } else {
        report(
          "\(text.quoted) is not a key",
          "write a character, such as x or \"#\", or a name such as Space, Enter, F9, Ctrl-X, Alt-x or PageUp.",
          at: place)
      }
    }
    return (keys, places)
  }
}
