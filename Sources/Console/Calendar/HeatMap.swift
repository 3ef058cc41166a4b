import Cells
import Charts
import Wording

/// A calendar as a map of cells: one column per week, or as many columns per cell as fit.
struct HeatMap {
  let table: TableCalendar
  let grid: CalendarGrid
  /// The steps of a measure; nil for the status.
  let scale: HeatScale?
  /// The cell under the cursor.
  var cursor: CalendarGrid.Place?
  /// The first row that is drawn when not all of them fit.
  var top = 0
  /// The places whose partitions are all marked.
  var marked: Set<CalendarGrid.Place> = []
  /// How many partitions of a place a verification found to be wrong.
  var wrong: [CalendarGrid.Place: Int] = [:]
  /// What a run has done to the table meanwhile.
  var live: LiveStatuses?
  /// Whether the title, such as the year, stands before the headings.
  var showsTitle = false

  /// What stands for a cell with something to repair, whatever the colors mean.
  private static let wrongGlyph = "!"
  /// The columns of labels where cells need the room.
  private static let labelLimit = 24

  private var longestLabel: Int {
    let title = showsTitle && !grid.headings.isEmpty ? grid.title.columns : 0
    return max(title, grid.rows.map(\.label.columns).max() ?? 0)
  }

  /// The columns of the labels, with a blank after them: all that they need where the cells leave it.
  private func labelColumns(in columns: Int) -> Int {
    let room = max(Self.labelLimit, columns - max(grid.columns * 2, 12) - 1)
    return longestLabel == 0 ? 0 : min(room, longestLabel) + 1
  }

  /// The rows that the map takes with its headings when all rows of the grid are shown.
  var rows: Int { grid.rows.count + (grid.headings.isEmpty ? 0 : 1) }

  /// The columns that it takes at one per cell.
  var columns: Int { labelColumns(in: 0) + grid.columns }

  /// A text above a cell of the first row.
  private struct Heading {
    let column: Int
    let text: String
  }

  /// The headings, and the columns per cell: where rows are groups and there is room, each cell has its own heading;
  /// otherwise cells take two columns where the whole map then fits.
  private func headings(in columns: Int) -> (headings: [Heading], width: Int) {
    let room = columns - labelColumns(in: columns)
    if let row = grid.rows.first, row.group != nil, !grid.headings.isEmpty {
      let headings = row.slots.enumerated().compactMap { column, slots in
        slots.map { Heading(column: column, text: table.name(of: $0)) }
      }
      let width = (headings.map(\.text.columns).max() ?? 0) + 1
      if width * grid.columns <= room { return (headings, width) }
    }
    return (
      grid.headings.map { Heading(column: $0.column, text: $0.text) },
      grid.columns * 2 <= room && grid.columns <= 40 ? 2 : 1
    )
  }

  /// How many cells fit side by side at one column each.
  static func room(_ columns: Int) -> Int { max(1, columns - labelLimit - 2) }

  /// Draws the map; the cursor's cell is reversed, and the terminal's cursor stands on it.
  func draw(on canvas: inout Canvas, in rect: Rect) {
    var rest = rect
    let (headings, width) = self.headings(in: rect.columns)
    let labels = labelColumns(in: rect.columns)
    let left = rect.column + labels
    if !grid.headings.isEmpty {
      let heading = rest.cutTop(1)
      if showsTitle { canvas.draw(Line(grid.title, .strong), in: heading, row: 0) }
      var end = left
      for text in headings where left + text.column * width >= end {
        let place = Position(column: left + text.column * width, row: heading.row)
        let room = rect.column + rect.columns - place.column
        guard room >= text.text.columns else { continue }
        end =
          canvas.frame.put(text.text, at: place, style: canvas.theme.style(.dim), limit: room) + 1
      }
    }
    for (line, row) in grid.rows.indices.dropFirst(top).prefix(rest.rows).enumerated() {
      canvas.draw(
        Line().cutInTheMiddle(grid.rows[row].label, max(0, labels - 1), .dim), in: rest, row: line)
      for column in grid.rows[row].slots.indices {
        let place = CalendarGrid.Place(row: row, column: column)
        guard let slots = grid.slots(at: place),
          labels + column * width < rect.columns
        else { continue }
        let cell = current(table.cell(in: slots, group: grid.rows[row].group), at: place)
        let position = Position(column: left + column * width, row: rest.row + line)
        var (glyph, style) = look(of: cell, canvas.theme)
        if wrong[place] != nil {
          glyph = Self.wrongGlyph
          style = canvas.theme.style(.bad)
        }
        if marked.contains(place) {
          glyph = canvas.theme.symbols.mark
          style = canvas.theme.style(.key)
        }
        if place == cursor {
          style = Style(bold: true, reverse: true)
          canvas.frame.cursor = position
        }
        canvas.frame.put(glyph, at: position, style: style)
      }
    }
  }

  /// A cell as it stands now.
  func current(_ cell: CalendarCell?, at place: CalendarGrid.Place?) -> CalendarCell? {
    guard let cell, let place, let live else { return cell }
    return live.current(cell, at: place)
  }

  private func look(of cell: CalendarCell?, _ theme: Theme) -> (String, Style) {
    let unicode = theme.appearance.unicode
    guard let cell else {
      return (PartitionStatus.absent.glyph(unicode: unicode), theme.style(.dim))
    }
    guard let scale else {
      return (cell.status.glyph(unicode: unicode), theme.style(cell.status.role))
    }
    guard let step = scale.step(of: cell) else {
      let glyph = cell.bytes == 0 ? PartitionStatus.absent.glyph(unicode: unicode) : "?"
      return (glyph, theme.style(.dim))
    }
    return (Self.glyph(step: step, unicode: unicode), theme.style(.accent))
  }

  /// The character for a step of a measure: a higher bar, or a greater digit.
  static func glyph(step: Int, unicode: Bool) -> String {
    let glyphs = unicode ? ["▁", "▃", "▅", "▆", "█"] : ["1", "2", "3", "4", "5"]
    return glyphs[max(0, min(step, glyphs.count - 1))]
  }

  /// The statuses that occur with their counts, or the meaning of the measure's steps.
  func legend(_ theme: Theme, columns: Int) -> [Line] {
    let unicode = theme.appearance.unicode
    let counts = live?.counts ?? table.counts
    var parts: [(text: String, role: Role)] = []
    if let scale, let range = scale.range {
      let bounds = [scale.measure == .matchRate ? 0 : range.lowerBound] + scale.bounds
      for (step, bound) in bounds.enumerated() {
        parts.append(
          (
            "\(Self.glyph(step: step, unicode: unicode)) from \(scale.measure.text(of: bound))",
            .accent
          ))
      }
      if !scale.unpublished.isEmpty {
        let glyph = PartitionStatus.absent.glyph(unicode: unicode)
        parts.append(("\(glyph) \(table.isOutput ? scale.unpublishedText : "no files")", .dim))
      }
      if scale.hasUnknown { parts.append(("? unknown", .dim)) }
    } else if scale != nil {
      parts.append(("Nothing is known of this.", .dim))
    } else {
      for status in PartitionStatus.allCases {
        guard let count = counts[status] else { continue }
        parts.append(
          (
            "\(status.glyph(unicode: unicode)) \(Quantity.number(count)) \(status.word)",
            status.role
          ))
      }
    }
    if !wrong.isEmpty { parts.append(("\(Self.wrongGlyph) to repair (V)", .bad)) }
    let untimed = table.untimed.values.reduce(0, +)
    if parts.isEmpty, untimed == 0 { parts.append(("no partition", .dim)) }
    if untimed > 0 { parts.append(("\(Quantity.number(untimed)) without a time", .warning)) }
    var lines = [Line()]
    var width = 0
    for (text, role) in parts {
      if width > 0, width + text.columns > columns {
        lines.append(Line())
        width = 0
      }
      lines[lines.count - 1] = lines[lines.count - 1].adding(text, role).adding("  ")
      width += text.columns + 2
    }
    return lines
  }
}
