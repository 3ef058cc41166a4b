import Cells
import Wording

/// A text addressed by bytes (UTF-8 offsets).
struct SourceText: Sendable {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The text of a range, with line ends as spaces.
  func text(in range: Range<Int>) -> String {
    let part = bytes[range.clamped(to: 0..<bytes.count)]
    return String(decoding: part.map { $0 == 10 || $0 == 13 ? 32 : $0 }, as: UTF8.self)
  }

  /// The lines of at most `columns` columns, as byte ranges; broken at every line end, and after a space where there is
  /// one.
  ///
  /// Never empty.
  func lines(columns: Int) -> [Range<Int>] {
    let columns = max(1, columns)
    var lines: [Range<Int>] = []
    var start = 0
    var width = 0
    var offset = 0
    /// The place after the last space of the line, and the width up to there.
    var place: (offset: Int, width: Int)?
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let end = offset + UTF8.width(scalar)
      defer { offset = end }
      if scalar == "\n" {
        lines.append(start..<offset)
        (start, width, place) = (end, 0, nil)
        continue
      }
      let own = (0x20..<0x7F).contains(scalar.value) ? 1 : String(scalar).columns
      // A space may hang over the edge; it is not drawn there.
      if width + own > columns, scalar != " ", offset > start {
        let cut = place ?? (offset, width)
        lines.append(start..<cut.offset)
        (start, width, place) = (cut.offset, width - cut.width, nil)
      }
      width += own
      if scalar == " " { place = (end, width) }
    }
    lines.append(start..<bytes.count)
    return lines
  }

  /// The line and the column of an offset.
  func place(of offset: Int, in lines: [Range<Int>]) -> (line: Int, column: Int) {
    let line = lines.lastIndex { $0.lowerBound <= offset } ?? 0
    let start = lines.isEmpty ? 0 : lines[line].lowerBound
    guard offset > start else { return (line, 0) }
    return (line, text(in: start..<offset).columns)
  }
}
