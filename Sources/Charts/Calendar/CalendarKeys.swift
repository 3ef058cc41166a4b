public import IncrementalJoin
public import PartitionPredicate

/// How fine a time the partition keys of a table tell.
public enum CalendarGrain: String, Hashable, Sendable, Codable {
  case year, month, day, hour
  /// No key tells a time: the values of the last key are shown side by side.
  case value
}

/// What a table's partition keys say about where a partition belongs in a calendar.
///
/// Times are on the keys' own clock. Keys that do not tell time form the partition's group, such as one row per region.
public struct CalendarKeys: Hashable, Sendable {
  /// How fine a time the keys tell.
  public let grain: CalendarGrain
  /// Whether the year is known; otherwise months and days are those of any year.
  public let hasYears: Bool
  /// The keys whose values name a group, as indices into the table's keys.
  public let groupKeys: [Int]

  private let readings: [Reading?]
  private let constants: [TimePart: Int]

  /// How one key is read.
  fileprivate enum Reading: Hashable {
    case part(TimePart)
    case date
    case timestamp
    case pattern(TimePattern)

    var parts: Set<TimePart> {
      switch self {
      case .part(let part): [part]
      case .date: [.year, .month, .day]
      case .timestamp: [.year, .month, .day, .hour]
      case .pattern(let pattern): pattern.parts
      }
    }
  }

  /// Decides how the keys of a table are read.
  ///
  /// - Parameters:
  ///   - keys: In the order of the folders.
  ///   - time: What the table declares about them; nil where it declares nothing. Then date and timestamp keys are
  ///     read, and numbers or digits named year, month, day and hour, in full or by their first letter.
  public init(keys: [PartitionKey], time: TimeKeys? = nil) {
    var readings = keys.indices.map { index -> Reading? in
      switch time?.meanings[index] {
      case .part(let part)?: .part(part)
      case .date?: .date
      case .pattern(let pattern)?: .pattern(pattern)
      case .length?: .timestamp
      case nil: time == nil ? Reading(undeclared: keys[index]) : nil
      }
    }
    let constants = time?.constants ?? [:]
    let known = readings.reduce(into: Set(constants.keys)) { $0.formUnion($1?.parts ?? []) }
    // A day without a month is not a time; a month and day without a year are a time of every year.
    let whole = Set(
      TimePart.allCases.drop { $0 == .year && !known.contains(.year) }.prefix(while: known.contains)
    ).subtracting([.minute])
    for index in readings.indices where readings[index] != nil {
      let parts = readings[index]?.parts ?? []
      if parts.subtracting([.minute]).isDisjoint(with: whole) { readings[index] = nil }
    }
    let told = readings.reduce(into: Set<TimePart>()) { $0.formUnion($1?.parts ?? []) }
      .intersection(whole)
    switch told.max() {
    case .hour: grain = .hour
    case .day: grain = .day
    case .month: grain = .month
    case .year: grain = .year
    case .minute, nil: grain = .value
    }
    hasYears = whole.contains(.year)
    self.readings = readings
    self.constants = constants
    let others = readings.indices.filter { readings[$0] == nil }
    groupKeys = grain == .value ? Array(others.dropLast()) : others
  }

  /// Where a partition lies in time: the hours or days from 1970-01-01 to its start, the months since January of the
  /// year 0, or the year.
  ///
  /// Without years, hours and days are those of the leap year 2000, so that February 29 has a place.
  ///
  /// - Returns: nil for NULL, for values that name no time, and for keys that tell none.
  public func slot(of partition: Partition) -> Int? {
    guard grain != .value else { return nil }
    var parts = LocalParts(
      year: constants[.year] ?? (hasYears ? nil : 2000), month: constants[.month],
      day: constants[.day], hour: constants[.hour])
    for (index, reading) in readings.enumerated() {
      guard let reading else { continue }
      guard parts.take(partition.values[index], reading) else { return nil }
    }
    return parts.slot(grain)
  }

  /// The values that name the group of a partition, one for each of `groupKeys`.
  func group(of partition: Partition) -> [PartitionValue] {
    groupKeys.map { partition.values[$0] }
  }
}

/// The parts of a time, collected from the keys one after the other.
private struct LocalParts {
  var year: Int?
  var month: Int?
  var day: Int?
  var hour: Int?

  /// Takes the value of one key; false where the value says nothing.
  mutating func take(_ value: PartitionValue, _ reading: CalendarKeys.Reading) -> Bool {
    switch (reading, value) {
    case (.part(let part), _):
      guard let number = value.wholeNumber else { return false }
      take(part, number)
    case (.date, .date(let days)):
      take(days: days)
    case (.timestamp, .timestamp(let instant)):
      let hours = Int(instant.floored(by: 3_600_000_000))
      take(days: hours.floored(by: 24))
      hour = hours - hours.floored(by: 24) * 24
    case (.pattern(let pattern), .string), (.pattern(let pattern), .integer):
      guard let parts = pattern.parts(of: value.text) else { return false }
      for (part, number) in parts { take(part, number) }
    default: return false
    }
    return true
  }

  private mutating func take(_ part: TimePart, _ number: Int) {
    switch part {
    case .year: year = number
    case .month: month = number
    case .day: day = number
    case .hour: hour = number
    case .minute: break
    }
  }

  private mutating func take(days: Int) {
    let date = CivilDate(daysSinceEpoch: days)
    (year, month, day) = (date.year, date.month, date.day)
  }

  /// See `CalendarKeys.slot(of:)`.
  func slot(_ grain: CalendarGrain) -> Int? {
    guard let year, (0...9999).contains(year) else { return nil }
    if grain == .year { return year }
    guard let month, (1...12).contains(month) else { return nil }
    if grain == .month { return year * 12 + month - 1 }
    guard let day, let date = CivilDate(year: year, month: month, day: day) else { return nil }
    if grain == .day { return date.daysSinceEpoch }
    guard let hour, (0...23).contains(hour) else { return nil }
    return date.daysSinceEpoch * 24 + hour
  }
}

extension CalendarKeys.Reading {
  /// How an undeclared key is read; nil for one that tells no time.
  init?(undeclared key: PartitionKey) {
    switch key.type {
    case .date: self = .date
    case .timestamp: self = .timestamp
    case .decimal, .boolean: return nil
    case .int, .bigint, .string:
      switch key.name.exact.lowercased {
      case "year", "yr", "y": self = .part(.year)
      case "month", "mon", "m": self = .part(.month)
      case "day", "dayofmonth", "d": self = .part(.day)
      case "hour", "hr", "h": self = .part(.hour)
      default: return nil
      }
    }
  }
}

extension PartitionValue {
  /// A number, or text of up to four digits.
  fileprivate var wholeNumber: Int? {
    switch self {
    case .integer(let number): Int(exactly: number)
    case .string(let text): text.utf8.count <= 4 ? number(ofDigits: Array(text.utf8)) : nil
    default: nil
    }
  }
}
