/// What fills one cell or two: a base character and its combining marks, already sanitized.
public struct Glyph: Hashable {
  /// The most combining marks that fit a terminal cell (five characters with the base).
  public static let maximumMarks = 4

  /// The character with its marks.
  public var text: String
  /// The columns that it takes, 1 or 2.
  public var width: Int
}

extension String {
  /// The text as glyphs, sanitized.
  ///
  /// Swift's characters are not used: a flag or a conjoined syllable is one character but takes
  /// several cells in terminals, which measure scalar by scalar.
  public var glyphs: [Glyph] {
    guard !isPrintableASCII else {
      return utf8.map { Glyph(text: String(UnicodeScalar($0)), width: 1) }
    }
    var glyphs: [Glyph] = []
    var marks = 0
    for scalar in sanitized.unicodeScalars {
      let width = scalar.columns
      if width > 0 {
        glyphs.append(Glyph(text: String(scalar), width: width))
        marks = 0
      } else if glyphs.isEmpty {
        glyphs.append(Glyph(text: " " + String(scalar), width: 1))
        marks = 1
      } else if marks < Glyph.maximumMarks {
        glyphs[glyphs.count - 1].text.unicodeScalars.append(scalar)
        marks += 1
      }
    }
    return glyphs
  }
}
