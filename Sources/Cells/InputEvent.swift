/// What the terminal tells the console.
public enum InputEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case mouse(MouseEvent)
  /// Text was pasted: it is text, never commands. Line ends are `\n`; other controls are left out.
  case paste(String)
  /// The screen has this size from now on, or has to be painted anew.
  case resize(Size)
  /// The process was asked to end by this signal (SIGINT, SIGTERM, SIGHUP), or the terminal went
  /// away (SIGHUP). Exit with 128 plus the number.
  case terminate(signal: Int32)
  /// Another thread called for attention.
  case wake
}
