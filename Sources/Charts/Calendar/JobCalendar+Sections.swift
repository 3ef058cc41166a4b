import PartitionPredicate

/// Calendars that are shown together: the same times of all tables that tell them.
public struct CalendarSection: Sendable {
  /// One table in one view.
  public struct Board: Sendable {
    /// The table.
    public let table: TableCalendar
    /// How it is laid out.
    public let grid: CalendarGrid
  }

  /// What the boards have in common: `2013`, `By region, the last 53 days`; empty where there is only one section.
  public let title: String
  /// The inputs in the job's order, then the output.
  public let boards: [Board]
}

extension JobCalendar {
  /// The years in which any table has partitions, in order; empty where no table tells a year.
  public var years: [Int] {
    tables.reduce(into: Set<Int>()) { $0.formUnion($1.years) }.sorted()
  }

  /// The sections a page shows: the last years day by day, the last days hour by hour, and groups row by row.
  ///
  /// - Parameters:
  ///   - limit: How many years to show at most.
  ///   - days: How many days to show hour by hour at most.
  ///   - columns: How many cells fit side by side.
  /// - Returns: Each section with the tables that have it; none for a job without partitions.
  public func sections(years limit: Int, days: Int, columns: Int) -> [CalendarSection] {
    var sections: [CalendarSection] = []
    func add(_ title: String, _ view: (TableCalendar) -> CalendarView?) {
      let boards = tables.compactMap { table in
        view(table).map { CalendarSection.Board(table: table, grid: table.grid($0)) }
      }.filter { !$0.grid.rows.isEmpty }
      if !boards.isEmpty { sections.append(CalendarSection(title: title, boards: boards)) }
    }
    if let last = lastDay(of: .hour) {
      add("The last \(days) days, hour by hour") {
        $0.keys.grain == .hour ? .hours(from: last - days + 1, days: days) : nil
      }
    }
    for year in years.suffix(limit) {
      add(padded(year, to: 4)) { table in
        guard table.keys.hasYears, table.keys.grain == .day || table.keys.grain == .hour else {
          return nil
        }
        return .year(year)
      }
    }
    add("Day by day") { $0.keys.grain == .day && !$0.keys.hasYears ? .monthDays : nil }
    add("Month by month") { $0.keys.grain == .month ? .months : nil }
    add("Year by year") { $0.keys.grain == .year ? .months : nil }
    add("By value") { table in
      table.keys.grain == .value && table.keys.groupKeys.isEmpty ? .values(columns: columns) : nil
    }
    add("By group") { table in
      guard !table.keys.groupKeys.isEmpty, let slots = table.slots else { return nil }
      switch table.keys.grain {
      case .hour:
        let last = lastDay(of: .hour) ?? 0
        return .groups(from: (last + 1 - columns) * 24, step: 24, columns: columns)
      case .day:
        let last = lastDay(of: .day) ?? 0
        return .groups(from: last + 1 - columns, step: 1, columns: columns)
      case .month, .year:
        return .groups(
          from: slots.upperBound - min(columns, slots.count), step: 1, columns: columns)
      case .value:
        return .groups(from: 0, step: (slots.count + columns - 1) / columns, columns: columns)
      }
    }
    return sections
  }

  /// The last day on which any table of a grain has a partition; nil when there is none.
  private func lastDay(of grain: CalendarGrain) -> Int? {
    tables.filter { $0.keys.grain == grain }.compactMap(\.slots).map { slots in
      grain == .hour ? (slots.upperBound - 1).floored(by: 24) : slots.upperBound - 1
    }.max()
  }
}
