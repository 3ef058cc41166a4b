import PartitionPredicate

/// One way to lay out a calendar as rows and columns of cells.
public enum CalendarView: Hashable, Sendable {
  /// A year of days: seven rows, a column a week, weeks beginning on Monday.
  case year(Int)
  /// A row a day from this day on, in days since 1970-01-01, and a column an hour.
  case hours(from: Int, days: Int)
  /// A row a month and a column a day: of keys that tell no year.
  case monthDays
  /// A row a year and a column a month, or a column a year.
  case months
  /// A row a group, and a column so many slots from this one on.
  case groups(from: Int, step: Int, columns: Int)
  /// The values of the last key, so many a row.
  case values(columns: Int)
}

/// The rows and columns of a calendar in one view: which times each cell stands for, not what is there.
///
/// All tables of a job that have the same view stand beside each other cell by cell.
public struct CalendarGrid: Hashable, Sendable {
  /// A cell's place.
  public struct Place: Hashable, Sendable {
    /// From the top, 0 the first.
    public var row: Int
    /// From the left, 0 the first.
    public var column: Int

    /// Creates a place.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// A row of cells.
  public struct Row: Hashable, Sendable {
    /// What stands left of it; empty where the row above says enough.
    public let label: String
    /// The group that its cells are of; nil for all.
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
  }

  /// What the whole shows: `2013`; empty where labels say it.
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

  /// The place of the cell that stands for a slot, and a group where rows are groups; nil where none does.
  public func place(of slot: Int, group: Int? = nil) -> Place? {
    for (index, row) in rows.enumerated() where row.group == nil || row.group == group {
      if let column = row.slots.firstIndex(where: { $0?.contains(slot) == true }) {
        return Place(row: index, column: column)
      }
    }
    return nil
  }
}

/// The names of months and days as they stand beside maps.
public enum CalendarNames {
  /// `Jan` to `Dec`.
  public static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  /// `Mon` to `Sun`.
  public static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}

extension TableCalendar {
  /// The views in which the table can be laid out, the one to show first foremost.
  ///
  /// - Parameter columns: How many cells there is room for beside each other, at least 24.
  /// - Returns: Views of the newest partitions; none for a table without any.
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

  /// What people call a slot, or several: `2013-01-05`, `2013-01-05 07h`, `Jan 5`, `2013-01`.
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
