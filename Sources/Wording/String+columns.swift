extension String {
  /// The number of columns the sanitized text takes on screen.
  public var columns: Int {
    isPrintableASCII ? utf8.count : glyphs.reduce(0) { $0 + $1.width }
  }

  /// The sanitized text, cut to at most `limit` columns; `ellipsis` marks what was cut.
  ///
  /// - Parameters:
  ///   - limit: the most columns; below zero counts as zero.
  ///   - ellipsis: the mark; it is left out if it does not fit `limit` itself.
  /// - Returns: the text, or its beginning and the mark.
  public func clipped(toColumns limit: Int, ellipsis: String = "…") -> String {
    if isPrintableASCII, utf8.count <= limit { return self }
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

  /// The sanitized text, cut in the middle to at most `limit` columns, because the end is often what tells names apart.
  ///
  /// - Parameters:
  ///   - limit: The most columns; below zero counts as zero.
  ///   - ellipsis: The mark for what was cut; where it does not fit, the end of the text is cut instead.
  /// - Returns: The text, or its beginning, the mark and its end.
  public func elided(toColumns limit: Int, ellipsis: String = "…") -> String {
    if isPrintableASCII, utf8.count <= limit { return self }
    let glyphs = glyphs
    guard glyphs.reduce(0, { $0 + $1.width }) > limit else { return glyphs.map(\.text).joined() }
    let room = limit - ellipsis.columns
    guard room > 1 else { return clipped(toColumns: limit, ellipsis: ellipsis) }
    func taken(_ glyphs: some Sequence<Glyph>, _ room: Int) -> [String] {
      var left = room
      return glyphs.prefix { glyph in
        left -= glyph.width
        return left >= 0
      }.map(\.text)
    }
    let end = taken(glyphs.reversed(), (room + 1) / 2).reversed().joined()
    return taken(glyphs, room - end.columns).joined() + ellipsis + end
  }

  /// The sanitized text without its first columns.
  ///
  /// A wide character that is cut in two leaves a space.
  public func dropping(columns count: Int) -> String {
    var left = max(0, count)
    let rest = glyphs.drop { glyph in
      guard left > 0 else { return false }
      left -= glyph.width
      return true
    }
    return String(repeating: " ", count: max(0, -left)) + rest.map(\.text).joined()
  }

  /// The sanitized text, clipped or filled with spaces to exactly `count` columns.
  public func padded(toColumns count: Int, ellipsis: String = "…") -> String {
    let clipped = clipped(toColumns: count, ellipsis: ellipsis)
    return clipped + String(repeating: " ", count: max(0, count - clipped.columns))
  }
}
