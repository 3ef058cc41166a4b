import Wording

extension TextReport {
  /// A column of a table.
  public struct Column: ExpressibleByStringLiteral, Sendable {
    let title: String
    var alignsRight = false

    /// A column of words.
    public init(_ title: String) { self.title = title }

    /// A column of words.
    public init(stringLiteral title: String) { self.title = title }

    /// A column of quantities: numbers, sizes, spans, aligned to the right.
    public static func number(_ title: String) -> Column {
      var column = Column(title)
      column.alignsRight = true
      return column
    }
  }

  /// Creates a report that is one table; without a line if there are no rows.
  public init(title: String = "", columns: [Column], rows: [[String]]) {
    self.init(title: title)
    add(columns, rows.map { Row($0) })
  }

  /// A row of a table.
  struct Row {
    let cells: [String]
    var tone = Tone.plain
    /// Where its bar lies on an axis from 0 to 1; nil for a row without one.
    var bar: ClosedRange<Double>?

    init(_ cells: [String], _ tone: Tone = .plain, bar: ClosedRange<Double>? = nil) {
      self.bar = bar
      self.cells = cells.map(\.sanitized)
      self.tone = tone
    }
  }

  /// Adds a table whose columns are as wide as their widest cell; nothing if there are no rows.
  mutating func add(_ columns: [Column], _ rows: [Row], indent: Int = 0) {
    guard !rows.isEmpty else { return }
    let heading = Row(columns.map(\.title), .strong)
    let all = [heading] + rows
    let widths = columns.indices.map { index in
      all.map { index < $0.cells.count ? $0.cells[index].columns : 0 }.max() ?? 0
    }
    // Without titles, it is a list in columns.
    for row in columns.allSatisfy({ $0.title.isEmpty }) ? rows : all {
      var text = String(repeating: " ", count: indent)
      for (index, cell) in row.cells.enumerated() where index < columns.count {
        let blanks = String(repeating: " ", count: widths[index] - cell.columns)
        text += columns[index].alignsRight ? blanks + cell : cell + blanks
        if index < columns.count - 1 { text += "  " }
      }
      if let bar = row.bar {
        add([Line(text, row.tone, cells: row.cells, bar: Bar(label: text, span: bar))])
        continue
      }
      while text.last == " " { text.removeLast() }
      add([Line(text, row.tone, cells: row.cells)])
    }
  }
}
