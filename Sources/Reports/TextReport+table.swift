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
    /// What is saved instead of the cells; nil for the cells.
    var saved: [String]?
    var tone = Tone.plain
    /// Where its bar lies on an axis from 0 to 1; nil for a row without one.
    var bar: ClosedRange<Double>?
    /// What is shown where the table does not fit, or leaves out what there would be room for; nil for the cells.
    var block: [String]?
    /// The table of the Glue Data Catalog that it stands for; nil for every other row.
    var glueTable: String?

    init(
      _ cells: [String], _ tone: Tone = .plain, bar: ClosedRange<Double>? = nil,
      block: [String]? = nil, saved: [String]? = nil, glueTable: String? = nil
    ) {
      self.saved = saved?.map(\.sanitized)
      self.glueTable = glueTable
      self.bar = bar
      self.block = block
      self.cells = cells.map(\.sanitized)
      self.tone = tone
    }
  }

  /// Adds a table whose columns are as wide as their widest cell; nothing if there are no rows.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - rows: The rows below the heading.
  ///   - indent: The blanks before the first column.
  ///   - isPartial: Whether the rows leave something out that their blocks have.
  mutating func add(
    _ columns: [Column], _ rows: [Row], indent: Int = 0, isPartial: Bool = false
  ) {
    guard !rows.isEmpty else { return }
    let bodies = columns.indices.map { index in
      rows.map { index < $0.cells.count ? $0.cells[index].columns : 0 }.max() ?? 0
    }
    let widths = zip(columns, bodies).map { max($0.title.columns, $1) }
    let shape = TableShape(columns, rows, bodies: bodies, indent: indent, isPartial: isPartial)
    let hasBlocks = rows.contains { $0.block != nil }
    let heading = Row(columns.map(\.title), .strong, block: hasBlocks ? [] : nil)
    // Without titles, it is a list in columns.
    let hasHeading = !columns.allSatisfy(\.title.isEmpty)
    for (number, row) in ((hasHeading ? [heading] : []) + rows).enumerated() {
      let place = TablePlace(
        shape: shape, isHeading: hasHeading && number == 0, block: row.block)
      var text = String(repeating: " ", count: indent)
      for (index, cell) in row.cells.enumerated() where index < columns.count {
        let blanks = String(repeating: " ", count: widths[index] - cell.columns)
        text += columns[index].alignsRight ? blanks + cell : cell + blanks
        if index < columns.count - 1 { text += "  " }
      }
      if let bar = row.bar {
        let bar = Bar(label: text, span: bar)
        add([Line(text, row.tone, cells: row.cells, bar: bar, place: place)])
        continue
      }
      while text.last == " " { text.removeLast() }
      add([
        Line(
          text, row.tone, cells: row.saved ?? row.cells, place: place, glueTable: row.glueTable)
      ])
    }
  }
}
