import CNcurses
import Cells

/// One piece of input as ncurses reads it, before its meaning is known.
enum RawInput: Equatable {
  /// A scalar, controls included.
  case character(Unicode.Scalar)
  /// A key that ncurses recognized.
  case key(Key)
  /// The start of a bracketed paste.
  case pasteBegin
  /// The end of a bracketed paste.
  case pasteEnd
  /// A press, a release or the wheel; double presses are not recognized yet.
  case mouse(MouseEvent.Action, Position)
  /// That many presses and releases at once.
  case clicks(Int, Position)
  /// Something that has no meaning here.
  case ignored
}

extension RawInput {
  /// Reads ncurses' answer; nil when no input was waiting.
  init?(_ input: dt_input) {
    let position = Position(column: Int(input.column), row: Int(input.row))
    switch input.kind {
    case DT_NONE: return nil
    case DT_CHARACTER: self = Unicode.Scalar(input.value).map(Self.character) ?? .ignored
    case DT_FUNCTION: self = .key(.function(Int(input.value)))
    case DT_PASTE_BEGIN: self = .pasteBegin
    case DT_PASTE_END: self = .pasteEnd
    case DT_MOUSE_PRESS: self = .mouse(.press, position)
    case DT_MOUSE_RELEASE: self = .mouse(.release, position)
    case DT_MOUSE_CLICK: self = .clicks(1, position)
    case DT_MOUSE_DOUBLE_CLICK: self = .clicks(2, position)
    case DT_WHEEL_UP: self = .mouse(.wheelUp, position)
    case DT_WHEEL_DOWN: self = .mouse(.wheelDown, position)
    default: self = Key(input.kind).map(Self.key) ?? .ignored
    }
  }
}

extension Key {
  /// The key that an ncurses key code stands for.
  fileprivate init?(_ kind: dt_input_kind) {
    switch kind {
    case DT_UP: self = .up
    case DT_DOWN: self = .down
    case DT_LEFT: self = .left
    case DT_RIGHT: self = .right
    case DT_HOME: self = .home
    case DT_END: self = .end
    case DT_PAGE_UP: self = .pageUp
    case DT_PAGE_DOWN: self = .pageDown
    case DT_INSERT: self = .insert
    case DT_DELETE: self = .delete
    case DT_BACKSPACE: self = .backspace
    case DT_ENTER: self = .enter
    case DT_BACK_TAB: self = .backTab
    default: return nil
    }
  }
}
