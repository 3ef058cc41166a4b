import Cells
import PartitionPredicate

/// A predicate that is being edited, and what its text means at the moment.
struct PredicateEditor: Sendable {
  /// The length limit of the text in bytes, however much is pasted.
  static let limit = 200_000

  private(set) var before: String
  private(set) var after = ""
  /// The name under which it was saved when editing began; nil when it was not saved.
  let name: String?
  var read: Result<ParsedPredicate, PushdownPredicateError>

  init(_ text: String, name: String?, read: Result<ParsedPredicate, PushdownPredicateError>) {
    before = text
    self.name = name
    self.read = read
  }

  var text: String { before + after }

  /// The cursor's place in the text, in bytes.
  var cursor: Int { before.utf8.count }

  /// Takes a key; nil when the key means nothing to an editor, otherwise whether the text changed.
  mutating func take(_ key: Key) -> Bool? {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace: if !before.isEmpty { before.removeLast() }
    case .delete: if !after.isEmpty { after.removeFirst() }
    case .control("u"): (before, after) = ("", "")
    case .control("w"):
      while before.last == " " { before.removeLast() }
      while let last = before.last, last != " " { before.removeLast() }
    case .left:
      if let last = before.popLast() { after = String(last) + after }
      return false
    case .right:
      if let first = after.first {
        before.append(first)
        after.removeFirst()
      }
      return false
    case .home:
      (before, after) = ("", text)
      return false
    case .end:
      (before, after) = (text, "")
      return false
    default: return nil
    }
    return true
  }

  /// Replaces the whole text; the cursor stands behind it.
  mutating func replace(by text: String) {
    (before, after) = ("", "")
    insert(text)
  }

  /// Adds typed or pasted text at the cursor; line ends stay, since a comment may end there.
  mutating func insert(_ more: String) {
    let room = Self.limit - before.utf8.count - after.utf8.count
    guard more.utf8.count <= room else { return }
    before += more.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }
}
