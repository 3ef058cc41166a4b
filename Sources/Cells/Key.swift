/// A key as the operator pressed it.
public enum Key: Hashable, Sendable {
  /// A character that was typed, including space.
  case character(Character)
  /// Ctrl with a character, in lower case: `control("c")`. Ctrl-I, Ctrl-M and Ctrl-[ cannot be told apart from Tab,
  /// Enter and Escape.
  case control(Character)
  /// Alt with a character, or Escape immediately followed by one.
  case alt(Character)
  /// A function key, from 1.
  case function(Int)
  /// The Enter or Return key.
  case enter
  /// The Escape key.
  case escape
  /// The Tab key.
  case tab
  /// Shift with the Tab key.
  case backTab
  /// The Backspace key.
  case backspace
  /// The Delete key.
  case delete
  /// The Insert key.
  case insert
  /// The cursor key up.
  case up
  /// The cursor key down.
  case down
  /// The cursor key to the left.
  case left
  /// The cursor key to the right.
  case right
  /// The Home key.
  case home
  /// The End key.
  case end
  /// The Page Up key.
  case pageUp
  /// The Page Down key.
  case pageDown
}
