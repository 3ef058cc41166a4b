import Cells
import Charts
import IncrementalJoin
import Wording

/// A heat map of partitions by day: a year as 53 weeks by 7 weekdays, or 12 months by 31 days where the keys have no
/// year.
///
/// The legend and figures are drawn beside it.
enum CalendarMap {
  /// Months, seven weekdays, legend, summary and a blank line.
  static let yearRows = 11
  /// The weekdays' names and the weeks.
  static let yearColumns = 60
  /// The days, twelve months, the legend and a blank line.
  static let monthRows = 16
  /// The months' names and 31 days.
  static let monthColumns = 35

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func draw(
    _ calendar: PartitionCalendar, selected: PartitionCalendar.Day?, on canvas: inout Canvas,
    in rect: Rect
  ) {
    if calendar.hasYears {
      drawYear(calendar, selected: selected, on: &canvas, in: rect)
    } else {
      drawMonths(calendar, selected: selected, on: &canvas, in: rect)
    }
  }

  private static func drawMonths(
    _ calendar: PartitionCalendar, selected: PartitionCalendar.Day?, on canvas: inout Canvas,
    in rect: Rect
  ) {
    var rest = rect
    _ = rest.cutRight(2)
    canvas.draw(Line("    1   5    10   15   20   25   30", .dim), in: rest.cutTop(1), row: 0)
    for month in 1...12 {
      let row = rest.cutTop(1)
      canvas.draw(Line(months[month - 1], .dim), in: row, row: 0)
      // Without a year, February may have 29 days.
      for day in 1...(month == 2 ? 29 : [4, 6, 9, 11].contains(month) ? 30 : 31) {
        put(
          calendar, PartitionCalendar.Day(year: nil, month: month, day: day), selected,
          on: &canvas, in: row, column: 3 + day)
      }
    }
    canvas.draw(legend(calendar, canvas.theme, columns: rest.columns), in: rest)
  }

  private static func drawYear(
    _ calendar: PartitionCalendar, selected: PartitionCalendar.Day?, on canvas: inout Canvas,
    in rect: Rect
  ) {
    guard let year = selected?.year ?? calendar.statuses.keys.compactMap(\.year).max(),
      let first = PartitionCalendar.Day(year: year, month: 1, day: 1).daysSinceEpoch
    else { return }
    // 1970-01-01 was a Thursday; weeks begin on Monday.
    let offset = ((first + 3) % 7 + 7) % 7
    var rest = rect
    let heading = rest.cutTop(1)
    canvas.draw(Line("\(year)", .strong), in: heading, row: 0)
    let grid = rest.cutTop(7)
    for (row, name) in ["Mon", "", "Wed", "", "Fri", "", "Sun"].enumerated() {
      canvas.draw(Line(name, .dim), in: grid, row: row)
    }
    for month in 1...12 {
      for day in 1...31 {
        let date = PartitionCalendar.Day(year: year, month: month, day: day)
        guard let days = date.daysSinceEpoch else { continue }
        let place = days - first + offset
        let column = 5 + place / 7
        if day == 1 {
          canvas.frame.put(
            months[month - 1], at: Position(column: rect.column + column, row: heading.row),
            style: canvas.theme.style(.dim), limit: 3)
        }
        let row = Rect(
          column: grid.column, row: grid.row + place % 7, columns: grid.columns, rows: 1)
        put(calendar, date, selected, on: &canvas, in: row, column: column)
      }
    }
    canvas.draw(legend(calendar, canvas.theme, columns: rest.columns), in: rest)
  }

  private static func put(
    _ calendar: PartitionCalendar, _ day: PartitionCalendar.Day,
    _ selected: PartitionCalendar.Day?, on canvas: inout Canvas, in row: Rect, column: Int
  ) {
    let status = calendar.statuses[day] ?? .absent
    var style = canvas.theme.style(status.role)
    if day == selected { style.reverse = true }
    canvas.frame.put(
      status.glyph(unicode: canvas.theme.appearance.unicode),
      at: Position(column: row.column + column, row: row.row), style: style)
  }

  /// The statuses that occur, each with its glyph, word and number of days.
  private static func legend(_ calendar: PartitionCalendar, _ theme: Theme, columns: Int) -> [Line]
  {
    let days = calendar.counts.values.reduce(0, +)
    guard days > 0 else { return [] }
    var lines = [Line("\(Quantity.count(days, "day")): ", .strong)]
    var width = lines[0].spans.reduce(0) { $0 + $1.text.count }
    for status in PartitionStatus.allCases {
      guard let count = calendar.counts[status] else { continue }
      let text =
        "\(status.glyph(unicode: theme.appearance.unicode)) \(Quantity.number(count)) "
        + "\(status.word)  "
      if width + text.count > columns {
        lines.append(Line())
        width = 0
      }
      lines[lines.count - 1] = lines[lines.count - 1].adding(text, status.role)
      width += text.count
    }
    return lines
  }
}
