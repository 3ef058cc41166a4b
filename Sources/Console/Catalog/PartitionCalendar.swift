import Charts
import PartitionPredicate

/// The partitions of a table by day, when its keys name the day.
struct PartitionCalendar: Sendable {
  /// A day; without a year when the keys have none.
  struct Day: Hashable, Sendable {
    let year: Int?
    let month: Int
    let day: Int
  }

  /// The most urgent status of each day's partitions.
  private(set) var statuses: [Day: PartitionStatus] = [:]
  /// The number of days with each status, for the summary beside the map.
  private(set) var counts: [PartitionStatus: Int] = [:]
  let hasYears: Bool

  /// nil when the keys name no day.
  init?(keys: [PartitionKey], partitions: [(Partition, PartitionStatus)]) {
    guard let form = Form(keys) else { return nil }
    hasYears = form.hasYears
    for (partition, status) in partitions {
      guard let day = form.day(of: partition) else { continue }
      if let known = statuses[day], known.urgency >= status.urgency { continue }
      statuses[day] = status
    }
    for status in statuses.values { counts[status, default: 0] += 1 }
  }

  /// The day of a partition of a table with these keys.
  static func day(of partition: Partition) -> Day? { Form(partition.keys)?.day(of: partition) }

  /// How the keys name a day.
  private enum Form {
    case date(Int)
    case parts(year: Int?, month: Int, day: Int)

    init?(_ keys: [PartitionKey]) {
      func index(_ names: String...) -> Int? {
        keys.firstIndex { names.contains($0.name.lowercased()) }
      }
      if let date = keys.firstIndex(where: { $0.type == .date }) {
        self = .date(date)
      } else if let month = index("month", "mon", "m"), let day = index("day", "dayofmonth", "d") {
        self = .parts(year: index("year", "yr", "y"), month: month, day: day)
      } else {
        return nil
      }
    }

    var hasYears: Bool {
      if case .parts(nil, _, _) = self { false } else { true }
    }

    func day(of partition: Partition) -> Day? {
      func number(_ index: Int) -> Int? {
        switch partition.values[index] {
        case .integer(let value): Int(value)
        case .string(let text): Int(text)
        default: nil
        }
      }
      switch self {
      case .date(let index):
        let parts = partition.values[index].text.split(separator: "-").compactMap { Int($0) }
        guard case .date = partition.values[index], parts.count == 3 else { return nil }
        return Day(year: parts[0], month: parts[1], day: parts[2])
      case .parts(let yearIndex, let monthIndex, let dayIndex):
        guard let month = number(monthIndex), let day = number(dayIndex),
          (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        guard let yearIndex else { return Day(year: nil, month: month, day: day) }
        guard let year = number(yearIndex), (1...9999).contains(year) else { return nil }
        return Day(year: year, month: month, day: day)
      }
    }
  }
}

extension PartitionCalendar.Day {
  /// Days since 1970-01-01; nil without a year and for a day that does not exist.
  var daysSinceEpoch: Int? {
    guard let year else { return nil }
    func digits(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let text = "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
    guard case .date(let days) = PartitionValue(raw: text, type: .date) else { return nil }
    return days
  }
}
