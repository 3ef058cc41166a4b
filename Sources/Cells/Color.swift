/// A color of the terminal: its default, or one of the 256 of the xterm palette.
public enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case `default`
  /// A palette entry: 0 to 15 are the ANSI colors, 16 to 231 the 6x6x6 cube, 232 to 255 grays.
  case indexed(UInt8)

  /// ANSI 0.
  public static let black = Color.indexed(0)
  /// ANSI 1.
  public static let red = Color.indexed(1)
  /// ANSI 2.
  public static let green = Color.indexed(2)
  /// ANSI 3.
  public static let yellow = Color.indexed(3)
  /// ANSI 4.
  public static let blue = Color.indexed(4)
  /// ANSI 5.
  public static let magenta = Color.indexed(5)
  /// ANSI 6.
  public static let cyan = Color.indexed(6)
  /// ANSI 7.
  public static let white = Color.indexed(7)
  /// ANSI 8: the bright black, a gray.
  public static let brightBlack = Color.indexed(8)
  /// ANSI 9.
  public static let brightRed = Color.indexed(9)
  /// ANSI 10.
  public static let brightGreen = Color.indexed(10)
  /// ANSI 11.
  public static let brightYellow = Color.indexed(11)
  /// ANSI 12.
  public static let brightBlue = Color.indexed(12)
  /// ANSI 13.
  public static let brightMagenta = Color.indexed(13)
  /// ANSI 14.
  public static let brightCyan = Color.indexed(14)
  /// ANSI 15.
  public static let brightWhite = Color.indexed(15)
}

extension Color: CustomStringConvertible {
  /// The color's name, such as `red` or `brightBlue`; the palette number from 16 on.
  public var description: String {
    switch self {
    case .default: "default"
    case .indexed(let index) where index < 16: Self.ansiNames[Int(index)]
    case .indexed(let index): "\(index)"
    }
  }

  private static let ansiNames = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "brightBlack", "brightRed", "brightGreen", "brightYellow", "brightBlue", "brightMagenta",
    "brightCyan", "brightWhite",
  ]
}
