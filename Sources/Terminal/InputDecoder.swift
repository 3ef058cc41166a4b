import Cells

/// Turns raw input into events: recognizes Alt keys, pastes and double presses, merges wheel notches, and drops unknown
/// escape sequences instead of taking them for commands.
///
/// It needs no terminal, so tests can feed it.
struct InputDecoder {
  /// The longest time between two presses on one cell that still makes a double press.
  static let doublePressTime = Duration.milliseconds(400)

  private enum State: Equatable {
    case plain
    /// ESC was read; what follows immediately belongs to it.
    case escape
    /// Inside an unknown control sequence, up to its final byte.
    case controlSequence
    /// After ESC O; one more character follows.
    case singleShift
    /// Inside a bracketed paste.
    case paste
  }

  private var state = State.plain
  private var pasted = String.UnicodeScalarView()
  private var events: [InputEvent] = []
  private var lastPress: (position: Position, at: ContinuousClock.Instant)?
  private var stopIsAsked = false

  /// Whether a paste has started and not yet ended.
  var isPasting: Bool { state == .paste }

  /// Whether Ctrl-Z was pressed since the last call.
  mutating func takeStop() -> Bool {
    defer { stopIsAsked = false }
    return stopIsAsked
  }

  /// Decodes everything that was read at once.
  ///
  /// An ESC at its end is the Escape key.
  mutating func decode(_ inputs: [RawInput], at now: ContinuousClock.Instant) -> [InputEvent] {
    for input in inputs { decode(input, at: now) }
    if state == .escape {
      state = .plain
      events.append(.key(.escape))
    }
    return takeEvents()
  }

  /// Ends a paste whose end marker never came.
  mutating func endPaste() -> [InputEvent] {
    decode(.pasteEnd, at: .now)
    return takeEvents()
  }

  private mutating func takeEvents() -> [InputEvent] {
    defer { events = [] }
    return events
  }

  private mutating func decode(_ input: RawInput, at now: ContinuousClock.Instant) {
    guard state != .paste else {
      decodePasted(input)
      return
    }
    guard case .character(let scalar) = input else {
      if state == .escape { events.append(.key(.escape)) }
      state = .plain
      decodeRecognized(input, at: now)
      return
    }
    switch state {
    case .escape: decodeEscaped(scalar)
    case .controlSequence: if (0x40...0x7E).contains(scalar.value) { state = .plain }
    case .singleShift: state = .plain
    case .plain, .paste: decodePlain(scalar)
    }
  }

  private mutating func decodeRecognized(_ input: RawInput, at now: ContinuousClock.Instant) {
    switch input {
    case .key(let key): events.append(.key(key))
    case .pasteBegin: state = .paste
    case .mouse(let action, let position): decodeMouse(action, at: position, now: now)
    case .clicks(let count, let position):
      for _ in 0..<count {
        decodeMouse(.press, at: position, now: now)
        decodeMouse(.release, at: position, now: now)
      }
    case .character, .pasteEnd, .ignored: break
    }
  }

  private mutating func decodePlain(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x1B: state = .escape
    case 0x1A: stopIsAsked = true
    default: events.append(.key(Self.key(scalar)))
    }
  }

  private mutating func decodeEscaped(_ scalar: Unicode.Scalar) {
    state = .plain
    switch scalar {
    case "[": state = .controlSequence
    case "O": state = .singleShift
    case "\u{1B}":
      events.append(.key(.escape))
      state = .escape
    case "\u{20}"..."\u{7E}", "\u{A0}"...: events.append(.key(.alt(Character(scalar))))
    default:
      // Alt with a control key: report Escape and then the key.
      events.append(.key(.escape))
      decodePlain(scalar)
    }
  }

  private mutating func decodePasted(_ input: RawInput) {
    switch input {
    case .pasteEnd:
      state = .plain
      let text = String(pasted).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      pasted = String.UnicodeScalarView()
      events.append(.paste(text))
    case .character(let scalar) where Self.isText(scalar): pasted.append(scalar)
    default: break
    }
  }

  private static func isText(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\t": true
    default: scalar.properties.generalCategory != .control
    }
  }

  private mutating func decodeMouse(
    _ action: MouseEvent.Action, at position: Position, now: ContinuousClock.Instant
  ) {
    var event = MouseEvent(action: action, position: position)
    switch action {
    case .press:
      if let last = lastPress, last.position == position, now - last.at <= Self.doublePressTime {
        event.action = .doublePress
        lastPress = nil
      } else {
        lastPress = (position, now)
      }
    case .wheelUp, .wheelDown:
      if case .mouse(let last) = events.last, last.action == action, last.position == position {
        event.count = last.count + 1
        events.removeLast()
      }
    case .doublePress, .release: break
    }
    events.append(.mouse(event))
  }

  private static func key(_ scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 0x00: .control(" ")
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x08, 0x7F: .backspace
    case 0x01...0x1A: .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x60))))
    case 0x1B...0x1F: .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x40))))
    default: .character(Character(scalar))
    }
  }
}
