extension String {
  /// The number of columns the text takes on screen, once sanitised.
  public var columns: Int { glyphs.reduce(0) { $0 + $1.width } }

  /// The text, sanitised and cut to at most `limit` columns; what was cut is marked by `ellipsis`.
  ///
  /// - Parameters:
  ///   - limit: the columns at most; below zero counts as zero.
  ///   - ellipsis: the mark, which has to fit `limit` itself, else it is left out.
  /// - Returns: the text, or its beginning and the mark.
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
