/// Text of others, made fit for a screen: no control, direction mark or other invisible character of
/// it gets through.
enum EchoedText {
  /// A piece of text for a sentence, at most 40 characters long.
  static func short(_ text: String) -> String { prefix(text, 40) }

  /// A reason for a sentence, at most 200 characters long.
  static func long(_ text: String) -> String { prefix(text, 200) }

  private static func prefix(_ text: String, _ length: Int) -> String {
    let scalars = text.unicodeScalars.prefix(length + 1)
    let shown = String(String.UnicodeScalarView(scalars.prefix(length).map(visible)))
    return scalars.count > length ? "\(shown)..." : shown
  }

  /// The scalar, or a mark of one column in its place.
  static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "\t" { return " " }
    return isInvisible(scalar) ? "\u{FFFD}" : scalar
  }

  /// Whether a scalar leaves no clear mark on a screen, or disturbs it.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
    case .spaceSeparator: true
    case .nonspacingMark: scalar.properties.isVariationSelector
    default: false
    }
  }

  /// The columns of a terminal that a visible scalar takes, approximately: 0, 1 or 2.
  static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    return switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}
