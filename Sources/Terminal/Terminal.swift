import CNcurses
public import Cells
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The terminal as a grid of cells and a source of input events.
///
/// There is one at a time and it belongs to one thread. Until ``restore()`` it owns the screen, the terminal modes and
/// the signals SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT and SIGWINCH. A crash and `exit` give the terminal back too;
/// only SIGKILL and SIGSTOP cannot. Ctrl-Z stops the process as usual; Ctrl-C arrives as a key.
public final class Terminal {
  /// Whether the locale's encoding is UTF-8; if not, draw with ASCII only.
  public let isUnicode: Bool
  /// The number of colors shown: 0 for none (also with NO_COLOR), otherwise 8, 16 or 256.
  public let colorCount: Int

  var decoder = InputDecoder()
  private var palette: Palette
  private var shown: Frame?
  private(set) var isOpen = true
  let environment: [String: String]

  /// Takes over the terminal on standard input and output.
  ///
  /// - Throws: ``TerminalError`` when one of them is not a terminal, its type cannot show a screen, or a terminal is
  ///   already open. Nothing has changed then.
  public convenience init() throws(TerminalError) {
    try self.init(input: STDIN_FILENO, output: STDOUT_FILENO, environment: Self.environment())
  }

  /// Takes over the terminal behind two descriptors, which the caller still owns.
  init(input: Int32, output: Int32, environment: [String: String]) throws(TerminalError) {
    guard isatty(input) == 1 else { throw .notATerminal(.standardInput) }
    guard isatty(output) == 1 else { throw .notATerminal(.standardOutput) }
    let type = environment["TERM"] ?? ""
    guard !type.isEmpty else { throw .unnamedType }
    guard !Self.isTaken else { throw .alreadyOpen }
    switch dt_open(input, output, type) {
    case DT_OPENED: break
    case DT_UNKNOWN_TYPE: throw .unknownType(type)
    case DT_NO_ADDRESSING: throw .cannotAddressCursor(type)
    default: throw .systemError(number: errno)
    }
    Self.isTaken = true
    isUnicode = dt_is_utf8()
    colorCount = Palette.count(supported: Int(dt_colors()), environment: environment)
    palette = Palette(colorCount: colorCount)
    self.environment = environment
  }

  deinit { restore() }

  /// The size of the screen.
  public var size: Size {
    guard isOpen else { return Size(columns: 0, rows: 0) }
    var columns: Int32 = 0
    var rows: Int32 = 0
    dt_size(&columns, &rows)
    return Size(columns: Int(columns), rows: Int(rows))
  }

  /// Whether the mouse is reported.
  ///
  /// The terminal's own text selection then needs the Shift key.
  public var reportsMouse = false {
    didSet { if isOpen { dt_set_mouse(reportsMouse) } }
  }

  /// Shows a frame, clipped to the screen.
  ///
  /// Only what changed since the last frame is sent.
  public func draw(_ frame: Frame) {
    guard isOpen else { return }
    let shown = self.shown.flatMap { $0.size == frame.size ? $0 : nil }
    if shown == nil { dt_clear() }
    let size = size
    for row in 0..<min(frame.size.rows, size.rows) where shown?.row(row) != frame.row(row) {
      draw(frame.row(row), row: row, columns: size.columns)
    }
    let cursor = frame.cursor.flatMap { position in
      Rect(origin: Position(column: 0, row: 0), size: size).contains(position) ? position : nil
    }
    dt_refresh(Int32(cursor?.column ?? -1), Int32(cursor?.row ?? -1))
    self.shown = frame
  }

  private func draw(_ cells: ArraySlice<Cell>, row: Int, columns: Int) {
    var column = 0
    for cell in cells where !cell.isContinuation {
      guard column + cell.width <= columns else { return }
      let scalars = cell.text.unicodeScalars.map(\.value) + [0]
      dt_put(
        Int32(column), Int32(row), scalars, Int32(cell.width), cell.style.attributes,
        palette.pair(cell.style))
      column += cell.width
    }
  }

  /// Makes the next frame be sent whole, after something else wrote to the screen.
  public func forgetShown() { shown = nil }

  /// Rings the terminal's bell.
  public func bell() {
    if isOpen { dt_beep() }
  }

  /// The title of the terminal's window, where it has one; nil while it is the shell's title.
  ///
  /// The shell's title is put back when the terminal is given back. Source: xterm's control sequences, OSC 2 and the
  /// title stack (`CSI 22 ; 2 t`, `CSI 23 ; 2 t`); a terminal has them when its description has the extended flag `XT`.
  public var title: String? {
    didSet {
      guard isOpen, title != oldValue, dt_has_title() else { return }
      if oldValue == nil { send(Array("\u{1B}[22;2t".utf8)) }
      send(Array((title.map { "\u{1B}]2;\($0.sanitized)\u{07}" } ?? "\u{1B}[23;2t").utf8))
    }
  }

  /// Sends raw bytes to the terminal, bypassing the screen.
  func send(_ bytes: [UInt8]) {
    guard isOpen else { return }
    bytes.withUnsafeBytes { buffer in
      dt_write(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
  }

  /// Lends the terminal to something else, such as an editor, for as long as `body` runs.
  ///
  /// Meanwhile, interrupts go to the other program. The next frame is drawn whole.
  /// - Throws: what `body` throws, after the screen is back.
  public func lend<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard isOpen else { return try body() }
    dt_leave()
    defer {
      dt_forget_interrupts()
      dt_enter()
      forgetShown()
    }
    return try body()
  }

  /// Gives the terminal and the signals back.
  ///
  /// Calling it again does nothing; the other methods do nothing after it either.
  public func restore() {
    guard isOpen else { return }
    title = nil
    isOpen = false
    dt_close()
    Self.isTaken = false
  }

  /// ncurses' state is global to the process, so this flag is too; both belong to the terminal's thread.
  private nonisolated(unsafe) static var isTaken = false
}
