/// Why the terminal cannot be taken over.
public enum TerminalError: Error, Equatable {
  /// One of the two streams that must be the terminal.
  public enum Stream: Equatable, Sendable {
    /// Where keys are read.
    case standardInput
    /// Where the screen is drawn.
    case standardOutput
  }

  /// The stream is a file or a pipe.
  case notATerminal(Stream)
  /// TERM is not set.
  case unnamedType
  /// The terminfo database does not have the type named by TERM.
  case unknownType(String)
  /// A terminal of this type cannot place the cursor.
  case cannotAddressCursor(String)
  /// Another ``Terminal`` of this process has not been restored.
  case alreadyOpen
  /// A system call failed with this error number.
  case systemError(number: Int32)
}
