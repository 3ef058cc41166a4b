#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Both ends of a pseudo terminal: the test types and reads at the far end.
final class PseudoTerminal {
  /// A system call that failed.
  struct Failure: Error {
    var number: Int32
  }

  let near: Int32
  private let far: Int32

  init(columns: UInt16, rows: UInt16) throws {
    var far: Int32 = -1
    var near: Int32 = -1
    guard openpty(&far, &near, nil, nil, nil) == 0 else { throw Failure(number: errno) }
    self.far = far
    self.near = near
    _ = fcntl(far, F_SETFL, O_NONBLOCK)
    try resize(columns: columns, rows: rows)
  }

  deinit {
    close(near)
    close(far)
  }

  func resize(columns: UInt16, rows: UInt16) throws {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(near, UInt(TIOCSWINSZ), &size) == 0 else { throw Failure(number: errno) }
  }

  /// Types bytes.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(far, bytes, bytes.count)
  }

  /// What was sent to the screen since the last call.
  ///
  /// The kernel hands bytes over in its own time: a mark sent behind them tells that all have come.
  func sent() -> String {
    let mark = Array("\u{1}end\u{1}".utf8)
    _ = write(near, mark, mark.count)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.suffix(mark.count) != mark[...] {
      var wait = pollfd(fd: far, events: Int16(POLLIN), revents: 0)
      poll(&wait, 1, -1)
      let count = read(far, &buffer, buffer.count)
      if count > 0 { bytes += buffer[..<count] }
    }
    return String(decoding: bytes.dropLast(mark.count), as: UTF8.self)
  }

  /// Whether the near end echoes and waits for whole lines, as a shell expects it.
  var isCooked: Bool {
    var modes = termios()
    tcgetattr(near, &modes)
    return modes.c_lflag & tcflag_t(ICANON) != 0 && modes.c_lflag & tcflag_t(ECHO) != 0
  }
}
