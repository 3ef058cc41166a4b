import Cells

/// What a piece of text is, from which its style follows.
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
  /// A clause that is TRUE, FALSE or NULL, or that was never looked at.
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
  /// Without colours every role keeps an attribute that sets it apart.
  func style(_ role: Role) -> Style {
    let colour = appearance.colour
    func tinted(_ color: Color, bold: Bool = false) -> Style {
      Style(foreground: colour ? color : .default, bold: bold)
    }
    switch role {
    case .plain: return .plain
    case .dim: return Style(dim: true)
    case .strong: return Style(bold: true)
    case .title: return Style(bold: true, reverse: true)
    case .header: return Style(bold: true, underline: true)
    case .accent: return tinted(.cyan, bold: !colour)
    case .good: return tinted(.green)
    case .warning: return tinted(.yellow, bold: !colour)
    case .bad: return tinted(.red, bold: true)
    case .key: return tinted(.cyan, bold: true)
    case .field: return Style(underline: true)
    case .isTrue: return tinted(.green)
    case .isFalse: return tinted(.red, bold: true)
    case .isNull: return Style(foreground: colour ? .yellow : .default, bold: !colour, italic: true)
    case .notSeen: return Style(dim: true)
    }
  }

  /// The selected row: reversed, so that it shows on every background and without colours.
  static let selected = Style(reverse: true)
}
