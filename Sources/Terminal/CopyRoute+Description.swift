extension Terminal.CopyRoute: CustomStringConvertible {
  /// How the text was copied, worded as the end of a sentence that says what was copied.
  public var description: String {
    switch self {
    case .tmux: "copied to the tmux buffer"
    case .escapeSequence: "sent to the terminal's clipboard (OSC 52)"
    case .tooLong(let limit): "not copied: longer than the \(limit) bytes terminals accept"
    }
  }
}
