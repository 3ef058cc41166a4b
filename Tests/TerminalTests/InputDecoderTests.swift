import Cells
import Testing

@testable import Terminal

@Suite("Decoding input")
struct InputDecoderTests {
  private let start = ContinuousClock.now

  /// What an operator types, scalar by scalar.
  private func typed(_ text: String) -> [RawInput] { text.unicodeScalars.map(RawInput.character) }

  private func decoded(_ inputs: [RawInput]) -> [InputEvent] {
    var decoder = InputDecoder()
    return decoder.decode(inputs, at: start)
  }

  @Test(
    "characters and controls are keys",
    arguments: [
      ("j", Key.character("j")), ("ü", .character("ü")), (" ", .character(" ")), ("\t", .tab),
      ("\r", .enter), ("\n", .enter), ("\u{7F}", .backspace), ("\u{8}", .backspace),
      ("\u{3}", .control("c")), ("\u{1}", .control("a")), ("\u{0}", .control(" ")),
      ("\u{1C}", .control("\\")), ("\u{1B}", .escape), ("\u{1B}x", .alt("x")),
      ("\u{1B}ü", .alt("ü")),
    ])
  func characters(text: String, key: Key) {
    #expect(decoded(typed(text)) == [.key(key)])
  }

  @Test("keys that ncurses recognized pass, in order")
  func recognizedKeys() {
    let inputs: [RawInput] = [.key(.up)] + typed("a\u{1B}") + [.key(.function(5)), .ignored]
    #expect(
      decoded(inputs) == [.key(.up), .key(.character("a")), .key(.escape), .key(.function(5))])
  }

  @Test("two Escapes are two, and Escape before a control key stays Escape")
  func escapes() {
    #expect(decoded(typed("\u{1B}\u{1B}")) == [.key(.escape), .key(.escape)])
    #expect(decoded(typed("\u{1B}\r")) == [.key(.escape), .key(.enter)])
  }

  @Test("an unknown escape sequence is left out, not taken for commands")
  func unknownSequences() {
    #expect(decoded(typed("\u{1B}[999;5uq")) == [.key(.character("q"))])
    #expect(decoded(typed("\u{1B}Ozq")) == [.key(.character("q"))])
  }

  @Test("an unknown escape sequence may come in two parts")
  func dividedSequence() {
    var decoder = InputDecoder()
    #expect(decoder.decode(typed("\u{1B}[1;"), at: start) == [])
    #expect(decoder.decode(typed("5Dq"), at: start) == [.key(.character("q"))])
  }

  @Test("pasted text is text, whatever keys it looks like")
  func pastes() {
    let inputs =
      [RawInput.pasteBegin] + typed("q\u{3}\u{1A}\u{1B}:run\r\nnext\rlast\tü") + [
        .key(.up), .pasteEnd,
      ]
      + typed("j")
    var decoder = InputDecoder()
    #expect(
      decoder.decode(inputs, at: start)
        == [.paste("q:run\nnext\nlast\tü"), .key(.character("j"))])
    let asksToStop = decoder.takeStop()
    #expect(!asksToStop)
  }

  @Test("a paste in several parts is one, and one without an end can be ended")
  func dividedPaste() {
    var decoder = InputDecoder()
    #expect(decoder.decode([.pasteBegin] + typed("one "), at: start) == [])
    #expect(decoder.isPasting)
    #expect(decoder.decode(typed("two"), at: start) == [])
    #expect(decoder.endPaste() == [.paste("one two")])
    #expect(!decoder.isPasting)
    #expect(decoder.decode([.pasteBegin, .pasteEnd], at: start) == [.paste("")])
  }

  @Test("Ctrl-Z asks to stop, once, and is not a key")
  func stops() {
    var decoder = InputDecoder()
    #expect(decoder.decode(typed("\u{1A}"), at: start) == [])
    let first = decoder.takeStop()
    let second = decoder.takeStop()
    #expect(first)
    #expect(!second)
  }

  @Test("wheel notches that arrive together are one event")
  func wheel() {
    let here = Position(column: 3, row: 4)
    let inputs: [RawInput] = [
      .mouse(.wheelDown, here), .mouse(.wheelDown, here), .mouse(.wheelDown, here),
      .mouse(.wheelUp, here),
    ]
    #expect(
      decoded(inputs) == [
        .mouse(MouseEvent(action: .wheelDown, position: here, count: 3)),
        .mouse(MouseEvent(action: .wheelUp, position: here)),
      ])
  }

  @Test("a second press on the same cell, soon after, is a double press; a third is not")
  func doublePress() {
    var decoder = InputDecoder()
    let here = Position(column: 1, row: 1)
    let there = Position(column: 2, row: 1)
    func press(_ position: Position, after milliseconds: Int) -> MouseEvent.Action? {
      let time = start.advanced(by: .milliseconds(milliseconds))
      guard case .mouse(let event) = decoder.decode([.mouse(.press, position)], at: time).first
      else { return nil }
      return event.action
    }
    #expect(press(here, after: 0) == .press)
    #expect(press(here, after: 400) == .doublePress)
    #expect(press(here, after: 500) == .press)
    #expect(press(there, after: 600) == .press)
    #expect(press(there, after: 1001) == .press)
  }

  @Test("clicks that arrive whole are presses and releases")
  func clicks() {
    let here = Position(column: 1, row: 1)
    let actions = decoded([.clicks(2, here)]).compactMap { event in
      if case .mouse(let mouse) = event { mouse.action } else { nil }
    }
    #expect(actions == [.press, .release, .doublePress, .release])
  }
}
