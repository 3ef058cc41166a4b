import Testing

@testable import Terminal

@Suite("Why the terminal cannot be taken over")
struct TerminalErrorTests {
  @Test(
    "every error says what is wrong and what to do",
    arguments: [
      (
        TerminalError.notATerminal(.standardInput),
        "standard input is not a terminal, so no keys can be read; run this in a terminal, with "
          + "its input not redirected"
      ),
      (
        .notATerminal(.standardOutput),
        "standard output is not a terminal, so no screen can be drawn; run this in a terminal, "
          + "with its output not redirected"
      ),
      (
        .unnamedType,
        "TERM is not set, so the kind of terminal is unknown; set it, for example "
          + "TERM=xterm-256color"
      ),
      (
        .unknownType("vt9999"),
        "the terminal type 'vt9999' (from TERM) is not in this machine's terminfo database; "
          + "install its entry, or set TERM=xterm-256color"
      ),
      (
        .cannotAddressCursor("dumb"),
        "a terminal of type 'dumb' (from TERM) cannot place its cursor; run this in "
          + "another kind of terminal"
      ),
      (.alreadyOpen, "the terminal is already in use by this process; restore it first"),
      (
        .systemError(number: 5), "the terminal cannot be set up: Input/output error"
      ),
    ])
  func sentences(error: TerminalError, sentence: String) {
    #expect(error.description == sentence)
  }
}
