extension Key {
  /// The key as people write it: `j`, `Space`, `Ctrl-C`, `Alt-x`, `F5`, `Enter`, `PageUp`.
  public var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(" "): "Ctrl-Space"
    case .control(let character): "Ctrl-" + character.uppercased()
    case .alt(let character): "Alt-" + String(character)
    case .function(let number): "F\(number)"
    default: Self.namedKeys.first { $0.key == self }?.name ?? ""
    }
  }

  /// Reads a key's name as ``name`` writes it; nil when it is not one.
  ///
  /// Names ignore case, but single characters do not: `esc` is `Esc`, while `g` and `G` are two keys.
  public init?(name: String) {
    let lowered = name.lowercased()
    if name.count == 1, let character = name.first, character != " " {
      self = .character(character)
    } else if lowered == "space" {
      self = .character(" ")
    } else if lowered == "ctrl-space" {
      self = .control(" ")
    } else if lowered.hasPrefix("ctrl-"), let character = Self.only(lowered.dropFirst(5)) {
      self = .control(character)
    } else if lowered.hasPrefix("alt-"), let character = Self.only(name.dropFirst(4)) {
      self = .alt(character)
    } else if lowered.hasPrefix("f"), let number = Int(lowered.dropFirst()), number > 0 {
      self = .function(number)
    } else if let named = Self.namedKeys.first(where: { $0.name.lowercased() == lowered }) {
      self = named.key
    } else {
      return nil
    }
  }

  private static func only(_ text: Substring) -> Character? {
    text.count == 1 ? text.first : nil
  }

  private static let namedKeys: [(key: Key, name: String)] = [
    (.enter, "Enter"), (.escape, "Esc"), (.tab, "Tab"), (.backTab, "Shift-Tab"),
    (.backspace, "Backspace"), (.delete, "Delete"), (.insert, "Insert"), (.up, "Up"),
    (.down, "Down"), (.left, "Left"), (.right, "Right"), (.home, "Home"), (.end, "End"),
    (.pageUp, "PageUp"), (.pageDown, "PageDown"),
  ]
}
