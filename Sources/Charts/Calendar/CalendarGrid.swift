import PartitionPredicate

/// One way to lay out a calendar as rows and columns of cells.
public enum CalendarView: Hashable, Sendable {
  /// A year of days: seven rows and one column per week; weeks begin on Monday.
  case year(Int)
  /// One row per day, starting at `from` (in days since 1970-01-01), and one column per hour.
  case hours(from: Int, days: Int)
  /// One row per month and one column per day, for keys that do not tell the year.
  case monthDays
  /// One row per year and one column per month, or one column per year.
  case months
  /// One row per group, and `columns` columns of `step` slots each, starting at `from`.
  case groups(from: Int, step: Int, columns: Int)
  /// The values of the last key, `columns` per row.
  case values(columns: Int)
}

/// The rows and columns of a calendar in one view: which times each cell stands for, not what happened then.
///
/// All tables of a job that have the same view line up cell by cell.
public struct CalendarGrid: Hashable, Sendable {
  /// A cell's place.
  public struct Place: Hashable, Sendable {
    /// From the top, counted from 0.
    public var row: Int
    /// From the left, counted from 0.
    public var column: Int

    /// Creates a place.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// A row of cells.
  public struct Row: Hashable, Sendable {
    /// The label to its left; empty where the label of the row above covers it.
    public let label: String
    /// The group that its cells belong to; nil for all groups.
    public let group: Int?
    /// The slots that each cell stands for; nil where a column has no cell in this row.
    public let slots: [Range<Int>?]
  }

  /// A text above a column.
  public struct Heading: Hashable, Sendable {
    /// The column at which it begins.
    public let column: Int
    /// `Jan`, `06`.
    public let text: String

    /// Creates a heading.
    public init(column: Int, text: String) {
      self.column = column
      self.text = text
    }
  }

  /// What the grid as a whole shows, such as `2013`; empty where the labels say it.
  public let title: String
  /// In ascending order of their columns.
  public let headings: [Heading]
  /// From the top.
  public let rows: [Row]

  /// The number of columns.
  public var columns: Int { rows.lazy.map(\.slots.count).max() ?? 0 }

  /// The cell at a place; nil for a place without one.
  public func slots(at place: Place) -> Range<Int>? {
    guard rows.indices.contains(place.row) else { return nil }
    let row = rows[place.row].slots
    return row.indices.contains(place.column) ? row[place.column] : nil
  }

  /// Every place with a cell, row by row.
  public var places: [Place] {
    rows.indices.flatMap { row in
      rows[row].slots.indices.filter { rows[row].slots[$0] != nil }.map {
        Place(row: row, column: $0)
      }
    }
  }

  /// The place of the cell for a slot, and for a group where rows are groups; nil where there is none.
  public func place(of slot: Int, group: Int? = nil) -> Place? {
    for (index, row) in rows.enumerated() where row.group == nil || row.group == group {
      if let column = row.slots.firstIndex(where: { $0?.contains(slot) == true }) {
        return Place(row: index, column: column)
      }
    }
    return nil
  }
}

/// The names of months and days as maps show them.
public enum CalendarNames {
  /// `Jan` to `Dec`.
  public static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  /// `Mon` to `Sun`.
  public static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}

extension TableCalendar {
  /// The views in which the table can be laid out, the one to show first at the front.
  ///
  /// - Parameter columns: How many cells fit side by side, at least 24.
  /// - Returns: Views of the newest partitions; none for a table without partitions.
  public func views(columns: Int) -> [CalendarView] {
    guard let slots else { return [] }
    let last = slots.upperBound - 1
    let isGrouped = !keys.groupKeys.isEmpty
    switch keys.grain {
    case .value:
      return isGrouped
        ? [.groups(from: 0, step: (slots.count + columns - 1) / columns, columns: columns)]
        : [.values(columns: columns)]
    case .year:
      return [.months]
        + (isGrouped ? [.groups(from: slots.lowerBound, step: 1, columns: columns)] : [])
    case .month:
      return [.months]
        + (isGrouped
          ? [.groups(from: max(slots.lowerBound, last + 1 - columns), step: 1, columns: columns)]
          : [])
    case .day:
      let first = max(slots.lowerBound, last + 1 - columns)
      return [hasYears ? .year(CivilDate(daysSinceEpoch: last).year) : .monthDays]
        + (isGrouped ? [.groups(from: first, step: 1, columns: columns)] : [])
    case .hour:
      let day = last.floored(by: 24)
      let first = max(slots.lowerBound.floored(by: 24), day + 1 - columns)
      return [.hours(from: max(slots.lowerBound.floored(by: 24), day - 13), days: 14)]
        + (hasYears ? [.year(CivilDate(daysSinceEpoch: day).year)] : [])
        + (isGrouped ? [.groups(from: first * 24, step: 24, columns: columns)] : [])
    }
  }

  private var hasYears: Bool { keys.hasYears }

  /// The years in which the table has partitions, in order; empty without years.
  public var years: [Int] {
    guard keys.hasYears, keys.grain != .value else { return [] }
    var years: [Int] = []
    var rest = entries[...]
    while let first = rest.first {
      let year = year(of: first.slot)
      years.append(year)
      let next = slot(ofYear: year + 1)
      rest = rest[rest.partitioningIndex { $0.slot >= next }...]
    }
    return years
  }

  /// The year in which a slot lies.
  public func year(of slot: Int) -> Int {
    switch keys.grain {
    case .value: 0
    case .year: slot
    case .month: slot.floored(by: 12)
    case .day: CivilDate(daysSinceEpoch: slot).year
    case .hour: CivilDate(daysSinceEpoch: slot.floored(by: 24)).year
    }
  }

  /// The first slot of a year.
  public func slot(ofYear year: Int) -> Int {
    let days = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
    return switch keys.grain {
    case .value: 0
    case .year: year
    case .month: year * 12
    case .day: days
    case .hour: days * 24
    }
  }

  /// A readable name for one or several slots: `2013-01-05`, `2013-01-05 07h`, `Jan 5`, `2013-01`.
  public func name(of slots: Range<Int>) -> String {
    let first = name(of: slots.lowerBound)
    guard slots.count > 1 else { return first }
    if keys.grain == .hour, slots.count == 24, slots.lowerBound.isMultiple(of: 24) {
      return dayName(slots.lowerBound.floored(by: 24))
    }
    return "\(first) to \(name(of: slots.upperBound - 1))"
  }

  private func name(of slot: Int) -> String {
    switch keys.grain {
    case .value: return values.indices.contains(slot) ? values[slot].text : ""
    case .year: return padded(slot, to: 4)
    case .month:
      let month = slot - slot.floored(by: 12) * 12
      return hasYears
        ? "\(padded(slot.floored(by: 12), to: 4))-\(padded(month + 1, to: 2))"
        : CalendarNames.months[month]
    case .day: return dayName(slot)
    case .hour:
      let day = slot.floored(by: 24)
      return "\(dayName(day)) \(padded(slot - day * 24, to: 2))h"
    }
  }

  func dayName(_ days: Int) -> String {
    let date = CivilDate(daysSinceEpoch: days)
    return hasYears ? date.text : "\(CalendarNames.months[date.month - 1]) \(date.day)"
  }
}
