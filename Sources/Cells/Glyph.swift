/// What fills one cell or two: a base character and its combining marks, already sanitised.
struct Glyph: Hashable {
  /// At most this many combining marks fit a terminal cell (five characters with the base).
  static let maximumMarks = 4

  var text: String
  var width: Int
}

extension String {
  /// The text as glyphs, sanitised.
  ///
  /// Swift's characters are not used: a flag or a conjoined syllable is one character but takes
  /// several cells in terminals, which measure scalar by scalar.
  var glyphs: [Glyph] {
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

  /// The number of columns the text takes on screen, once sanitised.
  public var columns: Int { glyphs.reduce(0) { $0 + $1.width } }

  /// The text, sanitised and cut to at most `limit` columns; what was cut is marked by `ellipsis`.
  ///
  /// - Parameter ellipsis: the mark, which has to fit `limit` itself, else it is left out.
  public func clipped(toColumns limit: Int, ellipsis: String = "…") -> String {
    let glyphs = glyphs
    let total = glyphs.reduce(0) { $0 + $1.width }
    guard total > limit else { return glyphs.map(\.text).joined() }
    let mark = ellipsis.columns <= limit ? ellipsis : ""
    var room = max(0, limit) - mark.columns
    var result = ""
    for glyph in glyphs where room > 0 {
      guard glyph.width <= room else { break }
      result += glyph.text
      room -= glyph.width
    }
    return result + mark
  }

  /// The text, sanitised, clipped or filled with spaces to exactly `count` columns.
  public func padded(toColumns count: Int, ellipsis: String = "…") -> String {
    let clipped = clipped(toColumns: count, ellipsis: ellipsis)
    return clipped + String(repeating: " ", count: max(0, count - clipped.columns))
  }
}
