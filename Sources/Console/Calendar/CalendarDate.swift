import Cells
import Charts
import PartitionPredicate

/// A date that an operator typed to go to on the calendar: `2013-05-17`, `05-17` or `2013-05`.
struct CalendarDate: Equatable, Sendable {
  /// nil for the year that is shown.
  let year: Int?
  let month: Int
  let day: Int

  /// nil for anything else, and for a day that does not exist.
  init?(_ text: String) {
    let parts = text.exact.parts(separatedBy: "-", omittingEmpty: false).map(\.text)
    let isNumber = parts.allSatisfy { part in
      (1...4).contains(part.utf8.count)
        && part.utf8.allSatisfy { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
    }
    let numbers = parts.compactMap { Int($0) }
    guard isNumber, numbers.count == parts.count, let first = parts.first else { return nil }
    switch numbers.count {
    case 3: (year, month, day) = (numbers[0], numbers[1], numbers[2])
    case 2 where first.utf8.count == 4: (year, month, day) = (numbers[0], numbers[1], 1)
    case 2: (year, month, day) = (nil, numbers[0], numbers[1])
    default: return nil
    }
    // Without a year, February may have 29 days.
    guard CivilDate(year: year ?? 2000, month: month, day: day) != nil else { return nil }
  }

  /// Where its first partition would lie in a table; nil where the table's keys name no date.
  func slot(in table: TableCalendar, year shown: Int) -> Int? {
    let year = table.keys.hasYears ? year ?? shown : 2000
    let days = CivilDate(year: year, month: month, day: day)?.daysSinceEpoch
    return switch table.keys.grain {
    case .value: nil
    case .year: year
    case .month: year * 12 + month - 1
    case .day: days
    case .hour: days.map { $0 * 24 }
    }
  }
}

extension Model {
  /// Asks for the date to go to on the calendar.
  mutating func askForDate() {
    dialog = .prompt(
      Prompt(
        subject: .date, title: "Go to a date", label: "Date, such as 2013-05-17 or 05-17: "))
  }

  /// Puts the calendar's cursor on a date, in the first layout from the shown one on that has it.
  mutating func goToDate(_ text: String) {
    guard let table = calendar.shown, let last = table.slots?.upperBound else { return }
    let (view, year) = (calendar.view, calendar.year)
    let shown = calendar.grid.flatMap { Int($0.title) } ?? table.year(of: last - 1)
    if let slot = CalendarDate(text)?.slot(in: table, year: shown) {
      let group = calendar.grid.flatMap { grid in
        calendar.cursor(in: grid).flatMap { grid.rows[$0.row].group }
      }
      for offset in table.views(columns: HeatMap.room(size.columns)).indices {
        calendar.view = view + offset
        calendar.year = table.year(of: slot)
        calendar.layOut(columns: size.columns)
        guard let grid = calendar.grid, let place = grid.place(of: slot, group: group ?? 0) else {
          continue
        }
        calendar.column = place.column
        calendar.list.select(
          place.row, count: grid.rows.count, height: listHeight(on: .calendar))
        return
      }
    }
    (calendar.view, calendar.year) = (view, year)
    calendar.layOut(columns: size.columns)
    notice = Notice(kind: .warning, text: "The calendar does not reach \(text).")
  }
}
