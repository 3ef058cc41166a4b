/// What the terminal can show, and how to show it.
public struct Appearance: Hashable, Sendable {
  /// False for NO_COLOR: only attributes such as bold and reverse.
  public var color: Bool
  /// False for ASCII characters only.
  public var unicode: Bool
  /// The colors to use where there may be any.
  public var theme: ColorTheme

  /// Makes an appearance; by default everything is shown.
  public init(color: Bool = true, unicode: Bool = true, theme: ColorTheme = .dark) {
    self.color = color
    self.unicode = unicode
    self.theme = theme
  }
}

/// The colors of the console.
public enum ColorTheme: String, CaseIterable, Hashable, Sendable {
  /// For a dark background.
  case dark
  /// For a light background, on which yellow and bright green cannot be read.
  case light
  /// For a dark background, with colors that the color-blind tell apart.
  case safe
  /// The same for a light background.
  case safeLight = "safe-light"
  /// No colors.
  case mono

  /// The theme that fits the terminal's background according to the variable COLORFGBG; dark where it says nothing.
  public init(colorFGBG: String?) {
    let background = colorFGBG?.split(separator: ";").last.flatMap { Int($0) }
    self = background == 7 || background == 15 ? .light : .dark
  }

  /// The next theme; after the last comes the first.
  var next: ColorTheme {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}
