/// Large and small letters as Java has them: the full mappings of Unicode, in no language.
enum LetterCase {
  static func uppercased(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { result += scalar.properties.uppercaseMapping }
    return result
  }

  static func lowercased(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      result +=
        scalar == "\u{3A3}" && isFinal(index, scalars)
        ? "\u{3C2}"
        : scalar.properties.lowercaseMapping
    }
    return result
  }

  /// Whether a sigma ends its word: there is a letter before it and none behind it.
  private static func isFinal(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    isCased(scalars[..<index].reversed()) && !isCased(scalars[(index + 1)...])
  }

  /// Whether a letter with a case comes before the word ends, which single hyphens, apostrophes and
  /// points do not end in Java.
  private static func isCased(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    var isBetween = false
    for scalar in scalars {
      if scalar.properties.isCased { return true }
      switch scalar.properties.generalCategory {
      case .decimalNumber, .nonspacingMark, .enclosingMark, .format, .connectorPunctuation,
        .modifierLetter:
        isBetween = false
      case .otherLetter where !scalar.properties.isIdeographic: isBetween = false
      case .dashPunctuation where !isBetween: isBetween = true
      default:
        guard !isBetween, "'.\"\u{2027}".unicodeScalars.contains(scalar) else { return false }
        isBetween = true
      }
    }
    return false
  }

  /// A function of DuckDB's, which maps one letter to one, and an error for the letters that become
  /// others in Java.
  static func duckDB(_ function: String, _ value: String, _ reason: String) -> String {
    let letters =
      function == "upper"
      ? #"\x{DF}\x{149}\x{19B}\x{1F0}\x{264}\x{390}\x{3B0}\x{587}\x{1E96}-\x{1FFF}\x{FB00}-\x{FB17}"#
      : #"\x{130}\x{3A3}"#
    // In these blocks the versions of Unicode differ.
    let young = #"\x{1C80}-\x{1CFF}\x{A7C0}-\x{A7FF}\x{10000}-\x{1EFFF}"#
    return "(CASE WHEN regexp_matches(\(value), '[\(letters)\(young)]') "
      + "THEN error('\(reason)') ELSE \(function)(\(value)) END)"
  }
}
