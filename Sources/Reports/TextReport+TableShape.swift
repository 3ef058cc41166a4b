import Wording

extension TextReport {
  /// What the rows of a table have in common: how wide its columns are, and how they fit into less room.
  ///
  /// Where there is too little room, folders that all cells of a column begin with are said once above it, the widest
  /// columns of words get narrower, and what does not fit into its column is wrapped in it, so that nothing is lost and
  /// nothing looks like another row. Where that would be hard to read, the words of the last column stand below the row,
  /// and where even the numbers do not fit side by side, each cell has a line of its own.
  struct TableShape: Hashable, Sendable {
    /// The columns that a bar needs to say anything, with the blanks before it; without that much room there is none.
    private static let leastBar = 10
    /// The blanks between two columns.
    private static let gap = 2
    /// A column of words is not made narrower than this where there is another way: an instant fits into it.
    private static let easyWords = 20
    /// A column of words that is narrower than this can hardly be read.
    private static let leastWords = 12
    /// The blanks before what stands below a row.
    private static let hanging = 4

    /// The blanks before the first column.
    let indent: Int
    /// The width of the whole table in columns of the screen, with the shortest bars.
    let width: Int
    /// Whether the rows leave something out that their blocks have.
    let isPartial: Bool
    private let titles: [String]
    private let alignsRight: [Bool]
    /// The folders that all cells of a column begin with; empty for none.
    private let shared: [String]
    /// The widths with which every cell is on one line, when shared folders are left out.
    private let natural: [Int]
    /// The widths below which words are hard to read and numbers would be broken.
    private let easy: [Int]
    /// The widths below which words can hardly be read and numbers would be broken.
    private let least: [Int]

    /// - Parameters:
    ///   - columns: The columns of the table.
    ///   - rows: All rows but the heading.
    ///   - bodies: The width of each column's widest cell, without the title.
    ///   - indent: The blanks before the first column.
    ///   - isPartial: Whether the rows leave something out that their blocks have.
    init(_ columns: [Column], _ rows: [Row], bodies: [Int], indent: Int, isPartial: Bool) {
      let titles = columns.map(\.title)
      let titleWidths = titles.map(\.columns)
      let words = titles.map { title in
        title.split(separator: " ").map { String($0).columns }.max() ?? 0
      }
      let shared = columns.indices.map { index in
        // Without a title there is no heading that could say them.
        columns[index].alignsRight || titles[index].isEmpty
          ? "" : Self.sharedFolders(rows.compactMap { $0.cells.dropFirst(index).first })
      }
      let natural = columns.indices.map { index in
        max(titleWidths[index], bodies[index] - shared[index].columns)
      }
      func widths(ofWords least: Int) -> [Int] {
        columns.indices.map { index in
          columns[index].alignsRight
            ? max(bodies[index], words[index]) : min(natural[index], max(least, words[index]))
        }
      }
      self.easy = widths(ofWords: Self.easyWords)
      self.least = widths(ofWords: Self.leastWords)
      self.indent = indent
      self.isPartial = isPartial
      self.width =
        indent + zip(titleWidths, bodies).reduce(0) { $0 + max($1.0, $1.1) }
        + Self.gap * max(0, columns.count - 1)
        + (rows.contains { $0.bar != nil } ? Self.leastBar : 0)
      self.titles = titles
      self.alignsRight = columns.map(\.alignsRight)
      self.shared = shared
      self.natural = natural
    }

    /// The folders that all paths begin with; empty for none, for a single path, for short ones, and where one is a
    /// sentence.
    private static func sharedFolders(_ cells: [String]) -> String {
      let paths = cells.filter { !$0.isEmpty }
      guard paths.count > 1, var prefix = paths.first.map({ Array($0.utf8) }) else { return "" }
      for path in paths {
        var same = 0
        var end = 0
        for (one, other) in zip(prefix, path.utf8) {
          guard one == other, one != UInt8(ascii: " ") else { break }
          same += 1
          if one == UInt8(ascii: "/") { end = same }
        }
        guard end > 0, !path.utf8.contains(UInt8(ascii: " ")) else { return "" }
        prefix.removeSubrange(end...)
      }
      let folders = String(decoding: prefix, as: UTF8.self)
      // A short beginning is better read in its place.
      return folders.columns < leastWords ? "" : folders
    }

    /// The widths of the first columns in less room, none below its least; nil where they do not fit side by side.
    private func widths(ofFirst count: Int, _ least: [Int], in columns: Int) -> [Int]? {
      let least = least.prefix(count)
      let room = columns - indent - Self.gap * max(0, count - 1)
      guard least.reduce(0, +) <= room else { return nil }
      guard natural.prefix(count).reduce(0, +) > room else { return Array(natural.prefix(count)) }
      // Titles of numbers are wrapped before words are.
      let wanted = least.indices.map { alignsRight[$0] ? least[$0] : natural[$0] }
      func capped(_ cap: Int) -> [Int] { zip(wanted, least).map { max($1, min($0, cap)) } }
      var fits = 0
      var tooWide = (wanted.max() ?? 0) + 1
      while tooWide - fits > 1 {
        let middle = (fits + tooWide) / 2
        if capped(middle).reduce(0, +) <= room { fits = middle } else { tooWide = middle }
      }
      return capped(fits)
    }

    /// The widths of the columns that stand side by side: all of them, or all but the last one; nil for none.
    private func widths(in columns: Int) -> [Int]? {
      let count = titles.count
      let hasWordsLast = count > 1 && alignsRight.last == false
      return widths(ofFirst: count, easy, in: columns)
        ?? (hasWordsLast ? widths(ofFirst: count - 1, easy, in: columns) : nil)
        ?? widths(ofFirst: count, least, in: columns)
    }

    /// A row, or the heading, in lines of at most `columns` columns.
    func pieces(of cells: [String], _ tone: Tone, isHeading: Bool, columns: Int) -> [Line] {
      guard let widths = widths(in: columns) else {
        return isHeading ? [] : listed(cells, tone, columns: columns)
      }
      let texts = cells.prefix(titles.count).enumerated().map { index, cell in
        isHeading || cell.isEmpty ? cell : rest(of: cell, in: index)
      }
      let wrapped = zip(texts, widths).map { $0.wrapped(toColumns: $1) }
      let height = wrapped.map(\.count).max() ?? 0
      var lines = (0..<height).map { row in
        var text = String(repeating: " ", count: indent)
        for (index, pieces) in wrapped.enumerated() {
          // Titles stand on the first row of the table, cells hang from the first line of theirs.
          let place = isHeading ? row - (height - pieces.count) : row
          let piece = pieces.indices.contains(place) ? pieces[place] : ""
          let blanks = String(repeating: " ", count: max(0, widths[index] - piece.columns))
          text += alignsRight[index] ? blanks + piece : piece + blanks
          text += String(repeating: " ", count: Self.gap)
        }
        while text.last == " " { text.removeLast() }
        return Line(text, tone, cells: row == 0 ? cells : [])
      }
      for text in texts.dropFirst(widths.count) where !text.isEmpty {
        let blanks = String(repeating: " ", count: indent + Self.hanging)
        lines += Line(blanks + text, tone).wrapped(toColumns: columns)
      }
      return isHeading ? sharedLines(columns) + lines : lines
    }

    private func rest(of cell: String, in index: Int) -> String {
      String(decoding: cell.utf8.dropFirst(shared[index].utf8.count), as: UTF8.self)
    }

    /// What is left out of the cells.
    private func sharedLines(_ columns: Int) -> [Line] {
      titles.indices.filter { !shared[$0].isEmpty }.flatMap { index in
        Line(
          String(repeating: " ", count: indent) + "\(titles[index]): all in \(shared[index])", .dim
        ).wrapped(toColumns: columns)
      }
    }

    /// A line for each cell, those after the first one with their title.
    private func listed(_ cells: [String], _ tone: Tone, columns: Int) -> [Line] {
      cells.prefix(titles.count).enumerated().flatMap { index, cell -> [Line] in
        guard !cell.isEmpty else { return [] }
        let title = index == 0 || titles[index].isEmpty ? "" : "\(titles[index]): "
        let blanks = String(repeating: " ", count: indent + (index == 0 ? 0 : Self.hanging))
        return Line(blanks + title + cell, tone).wrapped(toColumns: columns)
      }
    }
  }

  /// The place of a line in a table.
  struct TablePlace: Hashable, Sendable {
    let shape: TableShape
    var isHeading = false
    /// What a screen that is too narrow for the table, or has room for all that the table leaves out, shows instead.
    var block: [String]?

    /// The line in lines of at most `columns` columns.
    func pieces(of line: Line, columns: Int) -> [Line] {
      guard shape.width > columns || shape.isPartial else { return [line] }
      guard let block else {
        return shape.pieces(of: line.cells, line.tone, isHeading: isHeading, columns: columns)
      }
      return block.enumerated().flatMap { index, text -> [Line] in
        let pieces = Line(text, line.tone).wrapped(toColumns: columns - (index == 0 ? 2 : 0))
        // What goes on of the first line stands behind its mark.
        return pieces.enumerated().map {
          index == 0 && $0 > 0 ? Line("  \($1.text)", line.tone) : $1
        }
      }
    }
  }
}
