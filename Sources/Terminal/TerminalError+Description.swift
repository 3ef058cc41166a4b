#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension TerminalError: CustomStringConvertible {
  /// What is wrong and what to do, as a sentence.
  public var description: String {
    switch self {
    case .notATerminal(.standardInput):
      "standard input is not a terminal, so no keys can be read; run this in a terminal, with "
        + "its input not redirected"
    case .notATerminal(.standardOutput):
      "standard output is not a terminal, so no screen can be drawn; run this in a terminal, "
        + "with its output not redirected"
    case .unnamedType:
      "TERM is not set, so the kind of terminal is unknown; set it, for example "
        + "TERM=xterm-256color"
    case .unknownType(let type):
      "the terminal type '\(type)' (from TERM) is not in this machine's terminfo database; "
        + "install its entry, or set TERM=xterm-256color"
    case .cannotAddressCursor(let type):
      "a terminal of type '\(type)' (from TERM) cannot place its cursor; run this in "
        + "another kind of terminal"
    case .alreadyOpen:
      "the terminal is already in use by this process; restore it first"
    case .systemError(let number):
      "the terminal cannot be set up: \(String(cString: strerror(number)))"
    }
  }
}
