import Foundation

extension Terminal {
  /// How a text reached the clipboard.
  public enum CopyRoute: Equatable, Sendable {
    /// Into tmux's buffer, and from there to the terminal's clipboard where tmux is allowed to put it there.
    case tmux
    /// To the terminal as an OSC 52 sequence; whether it obeyed cannot be known.
    case escapeSequence
    /// Nowhere: the text is longer than the `limit` in bytes that terminals accept.
    case tooLong(limit: Int)
  }

  /// The longest text that is sent as an escape sequence, near the limit of xterm and others.
  static let longestCopy = 74_000

  /// Copies a text to the clipboard and returns how, so the operator can be told.
  public func copy(_ text: String) -> CopyRoute {
    if !environment["TMUX", default: ""].isEmpty, loadTmuxBuffer(text) { return .tmux }
    guard text.utf8.count <= Self.longestCopy else { return .tooLong(limit: Self.longestCopy) }
    send(Self.clipboardSequence(text))
    return .escapeSequence
  }

  /// The OSC 52 sequence that sets the clipboard.
  static func clipboardSequence(_ text: String) -> [UInt8] {
    Array("\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}".utf8)
  }

  /// tmux ignores an application's OSC 52 by default but accepts a buffer through its own command.
  private func loadTmuxBuffer(_ text: String) -> Bool {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["tmux", "load-buffer", "-w", "-"]
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      try pipe.fileHandleForWriting.close()
    } catch {
      return false
    }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
