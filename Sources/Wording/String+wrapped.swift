extension String {
  /// The sanitized text, broken at spaces into lines of at most `limit` columns; longer words are broken
  /// after a folder, or anywhere.
  ///
  /// Never empty.
  public func wrapped(toColumns limit: Int) -> [String] {
    let limit = max(1, limit)
    var lines: [String] = []
    for paragraph in split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      var width = 0
      var isFirst = true
      for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
        let piece = Piece(word)
        if width > 0, width + 1 + piece.width > limit {
          lines.append(line)
          (line, width) = ("", 0)
        } else if !isFirst {
          line += " "
          width += 1
        }
        isFirst = false
        if piece.width <= limit {
          line += piece.text
          width += piece.width
        } else {
          if line.contains(where: { $0 != " " }) { lines.append(line) }
          var broken = piece.broken(at: limit)
          let last = broken.removeLast()
          lines += broken
          (line, width) = (last, last.columns)
        }
      }
      lines.append(line)
    }
    return lines
  }

  /// A word with its width.
  private struct Piece {
    let text: String
    let width: Int

    init(_ word: Substring) {
      text = String(word).sanitized
      width = text.columns
    }

    func broken(at limit: Int) -> [String] {
      var lines = [""]
      var width = 0
      for scalar in text.unicodeScalars {
        let columns = scalar.isASCII ? 1 : String(scalar).columns
        if width + columns > limit, width > 0 {
          let rest = Self.takeName(from: &lines[lines.count - 1])
          lines.append(rest)
          width = rest.columns
          if width + columns > limit, width > 0 {
            lines.append("")
            width = 0
          }
        }
        lines[lines.count - 1].unicodeScalars.append(scalar)
        width += columns
      }
      return lines
    }

    /// Takes what follows the last folder of a path from a line that is at least half full with folders.
    private static func takeName(from line: inout String) -> String {
      let scalars = line.unicodeScalars
      guard let slash = scalars.lastIndex(of: "/") else { return "" }
      let length = scalars.distance(from: scalars.startIndex, to: slash) + 1
      guard length * 2 >= scalars.count else { return "" }
      let rest = String(scalars[scalars.index(after: slash)...])
      line = String(scalars[...slash])
      return rest
    }
  }
}
