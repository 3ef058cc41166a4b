/// How a cell looks: two colors and five attributes.
public struct Style: Hashable, Sendable {
  /// The color of the text.
  public var foreground: Color
  /// The color behind the text.
  public var background: Color
  /// Heavier or brighter text.
  public var bold: Bool
  /// Fainter text.
  public var dim: Bool
  /// Underlined text.
  public var underline: Bool
  /// Foreground and background exchanged.
  public var reverse: Bool
  /// Slanted text.
  public var italic: Bool

  /// The terminal's defaults, without attributes.
  public static let plain = Style()

  /// Makes a style; whatever is left out is the terminal's default.
  public init(
    foreground: Color = .default, background: Color = .default, bold: Bool = false,
    dim: Bool = false, underline: Bool = false, reverse: Bool = false, italic: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.dim = dim
    self.underline = underline
    self.reverse = reverse
    self.italic = italic
  }
}

extension Style: CustomStringConvertible {
  /// The parts that differ from the defaults, such as `red on blue bold`; `plain` when none do.
  public var description: String {
    var words: [String] = []
    if foreground != .default { words.append("\(foreground)") }
    if background != .default { words.append("on \(background)") }
    if bold { words.append("bold") }
    if dim { words.append("dim") }
    if underline { words.append("underline") }
    if reverse { words.append("reverse") }
    if italic { words.append("italic") }
    return words.isEmpty ? "plain" : words.joined(separator: " ")
  }
}
