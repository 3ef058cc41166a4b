import Wording

extension Frame {
  /// The frame as an SVG document with one text element per styled piece of a row.
  ///
  /// The terminal's default colors are light gray on a dark background. Text is fitted to the grid, whatever monospaced
  /// font the reader's machine has.
  ///
  /// - Parameter title: what the picture shows, for screen readers.
  /// - Returns: the document, with a newline at its end.
  public func svg(title: String) -> String {
    let width = size.columns * SVG.columnWidth + 2 * SVG.margin
    let height = size.rows * SVG.rowHeight + 2 * SVG.margin
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"\(width)\""
        + " height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" font-family=\"\(SVG.fonts)\""
        + " font-size=\"\(SVG.fontSize)\">",
      "<title>\(SVG.escaped(title.sanitized))</title>",
      "<rect width=\"\(width)\" height=\"\(height)\" rx=\"8\""
        + " fill=\"\(SVG.hex(SVG.background))\"/>",
    ]
    for row in 0..<size.rows {
      let runs = runs(row)
      lines += runs.compactMap { SVG.background(of: $0, row: row) }
      lines += runs.flatMap { SVG.texts(of: $0, row: row) }
    }
    if let cursor, bounds.contains(cursor) {
      lines.append(
        "<rect x=\"\(SVG.x(cursor.column))\" y=\"\(SVG.y(cursor.row))\" width=\"2\""
          + " height=\"\(SVG.rowHeight)\" fill=\"\(SVG.hex(SVG.foreground))\"/>")
    }
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }
}

/// The measurements, colors and elements of the pictures.
private enum SVG {
  static let columnWidth = 9
  static let rowHeight = 18
  static let baseline = 14
  static let fontSize = 15
  static let margin = 12
  static let fonts = "DejaVu Sans Mono, Menlo, Consolas, monospace"
  static let background = RGB(0x17, 0x19, 0x1f)
  static let foreground = RGB(0xd4, 0xd8, 0xe0)

  static func x(_ column: Int) -> Int { margin + column * columnWidth }
  static func y(_ row: Int) -> Int { margin + row * rowHeight }

  /// The two colors a style shows, after reverse and dim are applied.
  static func colors(_ style: Style) -> (front: RGB, back: RGB) {
    var front = style.foreground.rgb ?? foreground
    var back = style.background.rgb ?? background
    if style.reverse { swap(&front, &back) }
    if style.dim { front = mixed(front, back) }
    return (front, back)
  }

  static func background(of run: Frame.Run, row: Int) -> String? {
    let back = colors(run.style).back
    guard back != background else { return nil }
    return "<rect x=\"\(x(run.columns.lowerBound))\" y=\"\(y(row))\""
      + " width=\"\(run.columns.count * columnWidth)\" height=\"\(rowHeight)\""
      + " fill=\"\(hex(back))\"/>"
  }

  /// The words of the run, each fitted to its columns.
  static func texts(of run: Frame.Run, row: Int) -> [String] {
    var attributes = " fill=\"\(hex(colors(run.style).front))\""
    if run.style.bold { attributes += " font-weight=\"bold\"" }
    if run.style.italic { attributes += " font-style=\"italic\"" }
    if run.style.underline { attributes += " text-decoration=\"underline\"" }
    return pieces(run).map { piece in
      "<text x=\"\(x(piece.column))\" y=\"\(y(row) + baseline)\""
        + " textLength=\"\(piece.columns * columnWidth)\" lengthAdjust=\"spacingAndGlyphs\""
        + "\(attributes)>\(escaped(piece.text))</text>"
    }
  }

  static func pieces(_ run: Frame.Run) -> [(column: Int, columns: Int, text: String)] {
    var pieces: [(column: Int, columns: Int, text: String)] = []
    var column = run.columns.lowerBound
    var joinsLast = false
    for glyph in run.text.glyphs {
      defer { column += glyph.width }
      // Blanks draw nothing unless underlined; SVG would collapse an underlined one.
      let text = glyph.text == " " && run.style.underline ? "\u{A0}" : glyph.text
      guard text != " " else {
        joinsLast = false
        continue
      }
      if joinsLast {
        pieces[pieces.count - 1].columns += glyph.width
        pieces[pieces.count - 1].text += text
      } else {
        pieces.append((column, glyph.width, text))
        joinsLast = true
      }
    }
    return pieces
  }

  static func mixed(_ front: RGB, _ back: RGB) -> RGB {
    func mix(_ front: UInt8, _ back: UInt8) -> UInt8 {
      UInt8((Int(front) * 6 + Int(back) * 4) / 10)
    }
    return RGB(
      mix(front.red, back.red), mix(front.green, back.green), mix(front.blue, back.blue))
  }

  static func hex(_ color: RGB) -> String {
    "#"
      + [color.red, color.green, color.blue].map { part in
        (part < 16 ? "0" : "") + String(part, radix: 16)
      }.joined()
  }

  static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }
}
