import PartitionPredicate

extension TableCalendar {
  /// Lays the table out in a view; a view that needs more than the keys tell has no rows.
  public func grid(_ view: CalendarView) -> CalendarGrid {
    switch view {
    case .year(let year): yearGrid(year)
    case .hours(let first, let days): hourGrid(from: first, days: days)
    case .monthDays: monthDayGrid()
    case .months: monthGrid()
    case .groups(let first, let step, let columns):
      groupGrid(from: first, step: max(1, step), columns: columns)
    case .values(let columns): valueGrid(columns: max(1, columns))
    }
  }

  /// The slots of a day; nil where the keys do not tell days.
  private func slots(ofDay day: Int) -> Range<Int>? {
    switch keys.grain {
    case .day: day..<day + 1
    case .hour: day * 24..<day * 24 + 24
    case .value, .year, .month: nil
    }
  }

  private func yearGrid(_ year: Int) -> CalendarGrid {
    guard let first = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch,
      let last = CivilDate(year: year, month: 12, day: 31)?.daysSinceEpoch
    else { return CalendarGrid(title: "", headings: [], rows: []) }
    // 1970-01-01 was a Thursday; weeks begin on Monday.
    let offset = first + 3 - (first + 3).floored(by: 7) * 7
    let weeks = (offset + last - first) / 7 + 1
    var headings: [CalendarGrid.Heading] = []
    for month in 1...12 {
      guard let day = CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch else { continue }
      headings.append(
        CalendarGrid.Heading(
          column: (day - first + offset) / 7, text: CalendarNames.months[month - 1]))
    }
    return CalendarGrid(
      title: padded(year, to: 4), headings: headings,
      rows: (0..<7).map { weekday in
        CalendarGrid.Row(
          label: weekday.isMultiple(of: 2) ? CalendarNames.weekdays[weekday] : "", group: nil,
          slots: (0..<weeks).map { week in
            let day = first - offset + week * 7 + weekday
            return (first...last).contains(day) ? slots(ofDay: day) : nil
          })
      })
  }

  private func hourGrid(from first: Int, days: Int) -> CalendarGrid {
    CalendarGrid(
      title: "",
      headings: stride(from: 0, to: 24, by: 6).map {
        CalendarGrid.Heading(column: $0, text: padded($0, to: 2))
      },
      rows: (first..<first + max(0, days)).map { day in
        CalendarGrid.Row(
          label: dayName(day), group: nil,
          slots: (0..<24).map { hour in day * 24 + hour..<day * 24 + hour + 1 })
      })
  }

  private func monthDayGrid() -> CalendarGrid {
    CalendarGrid(
      title: "",
      headings: stride(from: 0, to: 31, by: 5).map {
        CalendarGrid.Heading(column: $0, text: "\($0 + 1)")
      },
      rows: (1...12).map { month in
        CalendarGrid.Row(
          label: CalendarNames.months[month - 1], group: nil,
          slots: (1...31).map { day in
            CivilDate(year: 2000, month: month, day: day).flatMap {
              slots(ofDay: $0.daysSinceEpoch)
            }
          })
      })
  }

  private func monthGrid() -> CalendarGrid {
    guard let slots else { return CalendarGrid(title: "", headings: [], rows: []) }
    guard keys.grain == .month else {
      return CalendarGrid(
        title: "", headings: [CalendarGrid.Heading(column: 0, text: name(of: slots.prefix(1)))],
        rows: [CalendarGrid.Row(label: "", group: nil, slots: slots.map { $0..<$0 + 1 })])
    }
    let years = slots.lowerBound.floored(by: 12)...(slots.upperBound - 1).floored(by: 12)
    return CalendarGrid(
      title: "",
      headings: CalendarNames.months.enumerated().map {
        CalendarGrid.Heading(column: $0, text: String($1.prefix(1)))
      },
      rows: years.map { year in
        CalendarGrid.Row(
          label: keys.hasYears ? padded(year, to: 4) : "", group: nil,
          slots: (0..<12).map { year * 12 + $0..<year * 12 + $0 + 1 })
      })
  }

  private func groupGrid(from first: Int, step: Int, columns: Int) -> CalendarGrid {
    let end = slots.map { min($0.upperBound, first + columns * step) } ?? first
    let starts = Array(stride(from: first, to: end, by: step))
    let isDays = keys.grain == .hour && step == 24
    let headings = stride(from: 0, to: starts.count, by: 12).map {
      CalendarGrid.Heading(
        column: $0, text: name(of: starts[$0]..<starts[$0] + (isDays ? step : 1)))
    }
    return CalendarGrid(
      title: "", headings: headings,
      rows: groups.indices.map { group in
        CalendarGrid.Row(
          label: groups[group].text, group: group, slots: starts.map { $0..<$0 + step })
      })
  }

  private func valueGrid(columns: Int) -> CalendarGrid {
    CalendarGrid(
      title: "", headings: [],
      rows: stride(from: 0, to: values.count, by: columns).map { first in
        CalendarGrid.Row(
          label: values[first].text, group: nil,
          slots: (first..<min(values.count, first + columns)).map { $0..<$0 + 1 })
      })
  }
}
