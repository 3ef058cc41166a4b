import Cells

/// A line of text that is being typed.
struct TextField: Equatable, Sendable {
  /// The length limit of a field, however much is pasted.
  static let limit = 1000

  var text = ""

  /// Takes a key; false when the key means nothing to a text field.
  mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace: if !text.isEmpty { text.removeLast() }
    case .control("u"): text = ""
    case .control("w"):
      while text.last == " " { text.removeLast() }
      while let last = text.last, last != " " { text.removeLast() }
    default: return false
    }
    return true
  }

  /// Adds typed or pasted text; line ends become spaces.
  mutating func insert(_ more: String) {
    let line = more.split(whereSeparator: \.isNewline).joined(separator: " ")
    text += line.prefix(max(0, Self.limit - text.count))
  }
}
