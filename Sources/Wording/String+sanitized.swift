extension Unicode.Scalar {
  /// The harmless text shown for this scalar; nil when it may be shown as it is.
  ///
  /// Controls of the ASCII range appear in caret notation (ESC is `^[`). C1 controls, bidi controls,
  /// joiners, other invisible format characters, line separators and unassigned code points become
  /// U+FFFD. Variation selectors vanish: terminals disagree about the width they ask for.
  var sanitizedText: String? {
    switch value {
    case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF: return nil
    case 0..<0x20, 0x7F: return "^" + String(UnicodeScalar(UInt8(value) ^ 0x40))
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x180B...0x180F: return ""
    default: break
    }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
      return "\u{FFFD}"
    case .spaceSeparator:
      return value == 0x3000 ? nil : " "
    default:
      return nil
    }
  }
}

extension String {
  /// The text with everything that could steer a terminal, or hide, made visible and harmless.
  ///
  /// Sanitizing twice changes nothing further.
  public var sanitized: String {
    guard !isPrintableASCII else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let replacement = scalar.sanitizedText {
        result.append(contentsOf: replacement.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Whether each byte fills a cell as it is, as in almost everything that is shown.
  var isPrintableASCII: Bool { utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}
