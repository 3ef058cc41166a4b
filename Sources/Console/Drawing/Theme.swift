import Cells

/// What a piece of text is; its style follows from that.
enum Role: Hashable {
  case plain
  case dim
  case strong
  case title
  case header
  case accent
  case good
  case warning
  case bad
  case key
  case field
  /// A clause that is TRUE, FALSE or NULL, or was never evaluated.
  case isTrue
  case isFalse
  case isNull
  case notSeen
}

/// Styles and symbols for one appearance.
struct Theme {
  let appearance: Appearance
  let symbols: Symbols

  init(_ appearance: Appearance) {
    self.appearance = appearance
    symbols = appearance.unicode ? .unicode : .ascii
  }

  /// The style of a role.
  ///
  /// Even without colors, every role has an attribute that sets it apart.
  func style(_ role: Role) -> Style {
    let hasColor = appearance.color && appearance.theme != .mono
    func tinted(_ tint: Tint, bold: Bool = false, italic: Bool = false) -> Style {
      Style(
        foreground: hasColor ? tint.color(in: appearance.theme) : .default, bold: bold,
        italic: italic)
    }
    switch role {
    case .plain: return .plain
    case .dim: return Style(dim: true)
    case .strong: return Style(bold: true)
    case .title: return Style(bold: true, reverse: true)
    case .header: return Style(bold: true, underline: true)
    case .accent: return tinted(.accent, bold: !hasColor)
    case .good: return tinted(.good)
    case .warning: return tinted(.warning, bold: !hasColor)
    case .bad: return tinted(.bad, bold: true)
    case .key: return tinted(.accent, bold: true)
    case .field: return Style(underline: true)
    case .isTrue: return tinted(.good)
    case .isFalse: return tinted(.bad, bold: true)
    case .isNull: return tinted(.warning, bold: !hasColor, italic: true)
    case .notSeen: return Style(dim: true)
    }
  }

  /// The style of the selected row: reversed, so that it is visible on every background and without colors.
  static let selected = Style(reverse: true)
}

/// A color for dark and one for light backgrounds, and the same for the color-blind.
///
/// Those are the gray, the blue, the orange and the vermillion of Okabe and Ito (https://jfly.uni-koeln.de/color/) as near as
/// the palette of 256 has them, darker on a light background.
struct Tint {
  let onDark: Color
  let onLight: Color
  let safeOnDark: Color
  let safeOnLight: Color

  static let accent = Tint(
    onDark: .cyan, onLight: .indexed(25), safeOnDark: .indexed(250), safeOnLight: .indexed(240))
  static let good = Tint(
    onDark: .green, onLight: .indexed(22), safeOnDark: .indexed(74), safeOnLight: .indexed(25))
  static let warning = Tint(
    onDark: .yellow, onLight: .indexed(94), safeOnDark: .indexed(214), safeOnLight: .indexed(130))
  static let bad = Tint(
    onDark: .red, onLight: .indexed(124), safeOnDark: .indexed(166), safeOnLight: .indexed(88))
  static let all = [accent, good, warning, bad]

  /// Its color in a theme that has colors.
  func color(in theme: ColorTheme) -> Color {
    switch theme {
    case .dark, .mono: onDark
    case .light: onLight
    case .safe: safeOnDark
    case .safeLight: safeOnLight
    }
  }
}
