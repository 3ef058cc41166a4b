/// What the terminal tells the console.
public enum InputEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case mouse(MouseEvent)
  /// Text was pasted. It is text, never commands; line ends are `\n`, and other controls are removed.
  case paste(String)
  /// The screen now has this size, or has to be redrawn.
  case resize(Size)
  /// The process was asked to end by this signal (SIGINT, SIGTERM, SIGHUP), or the terminal went away (SIGHUP); exit
  /// with 128 plus the number.
  case terminate(signal: Int32)
  /// Another thread called for attention.
  case wake
}
