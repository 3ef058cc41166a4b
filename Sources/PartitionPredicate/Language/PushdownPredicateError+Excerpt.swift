extension PushdownPredicateError {
  /// The line of the mistake, from 1.
  public var line: Int {
    source.utf8.prefix(range.lowerBound).reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
  }

  /// The column of the mistake in its line, in characters (Unicode scalars) from 1.
  public var column: Int { column(of: range.lowerBound) }

  /// The column of an offset in its line, in characters (Unicode scalars) from 1.
  func column(of offset: Int) -> Int {
    let before = Array(source.utf8.prefix(offset))
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return String(decoding: before[start...], as: UTF8.self).unicodeScalars.count + 1
  }

  /// The mistake's line with carets below the mistake; of a long line, what is around it.
  var excerpt: String {
    let cells = cells
    let first = cells.firstIndex { $0.end > range.lowerBound } ?? cells.endIndex
    let last = cells.firstIndex { $0.end >= range.upperBound } ?? cells.endIndex - 1
    let isWhole = Self.index(74, columnsFrom: 0, down: false, in: cells) == cells.count
    let start = isWhole ? 0 : Self.index(30, columnsFrom: first, down: true, in: cells)
    let end = Self.index(74, columnsFrom: start, down: false, in: cells)
    let prefix = start > 0 ? "..." : ""
    let suffix = end < cells.count ? "..." : ""
    var text = String.UnicodeScalarView()
    for cell in cells[start..<end] { text.append(cell.scalar) }
    let indent = prefix.count + Self.columns(cells[start..<min(first, end)])
    let marked = first < min(last + 1, end) ? Self.columns(cells[first..<min(last + 1, end)]) : 0
    return "  \(prefix)\(String(text))\(suffix)\n  "
      + String(repeating: " ", count: indent) + String(repeating: "^", count: max(marked, 1))
  }

  /// A visible scalar, and the offset after the scalar that it stands for.
  private struct Cell {
    let scalar: Unicode.Scalar
    let end: Int
  }

  /// The line, or as much of a long one as can be shown.
  private var cells: [Cell] {
    let bytes = Array(source.utf8)
    let newline = UInt8(ascii: "\n")
    var start = bytes[..<range.lowerBound].lastIndex(of: newline).map { $0 + 1 } ?? 0
    var end = bytes[range.lowerBound...].firstIndex(of: newline) ?? bytes.count
    if end > range.lowerBound, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    // A column takes at most four bytes, combining marks aside.
    start = max(start, range.lowerBound - 400)
    end = min(end, range.lowerBound + 400)
    while start > 0, start < range.lowerBound, bytes[start] & 0xC0 == 0x80 { start += 1 }
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    var offset = start
    return String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.map { scalar in
      offset += UTF8.width(scalar)
      return Cell(scalar: EchoedText.visible(scalar), end: offset)
    }
  }

  private static func columns(_ cells: ArraySlice<Cell>) -> Int {
    cells.reduce(0) { $0 + EchoedText.columns($1.scalar) }
  }

  /// The index that many columns before or after another, or at the end of the line.
  private static func index(
    _ columns: Int, columnsFrom index: Int, down: Bool, in cells: [Cell]
  ) -> Int {
    var index = index
    var columns = columns
    while down ? index > 0 : index < cells.count {
      columns -= EchoedText.columns(cells[down ? index - 1 : index].scalar)
      if columns < 0 { return index }
      index += down ? -1 : 1
    }
    return index
  }
}

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
