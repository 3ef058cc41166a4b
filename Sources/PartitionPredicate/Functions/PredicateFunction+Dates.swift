/// Functions of dates and instants.
extension PredicateFunction {
  static let dates = [
    currentDate, year, month, day, hour, minute, second, dateAdd, dateSub, addMonths, dateDiff,
    lastDay, makeDate, dateTrunc, trunc,
  ]

  /// The day on which the predicate was bound.
  static let currentDate = PredicateFunction(
    "current_date", .list([]), .fixed(.date),
    prepare: { call in { [today = call.today] _ in .date(days: today) } },
    duckDB: { $0.text.literal(.date(days: $0.call.today), .date) })

  static let year = part("year", of: .date) { .integer(Int64($0.year)) }
  static let month = part("month", of: .date) { .integer(Int64($0.month)) }
  static let day = part("day", aliases: ["dayofmonth"], of: .date) { .integer(Int64($0.day)) }
  static let hour = part("hour", lasting: 3_600_000_000, in: 24)
  static let minute = part("minute", lasting: 60_000_000, in: 60)
  static let second = part("second", lasting: 1_000_000, in: 60)

  /// `date_add(date, days)`, also written `date + days`; beyond 32 bits Spark's days wrap.
  static let dateAdd = PredicateFunction(
    "date_add", aliases: ["dateadd"], .list([.value(.date), .days]), .fixed(.date),
    compute: { moved($0, by: +) },
    duckDB: { call throws(PredicateDialectError) in "(\(try call[0]) + \(try call[1]))" })

  static let dateSub = PredicateFunction(
    "date_sub", .list([.value(.date), .days]), .fixed(.date),
    compute: { moved($0, by: -) },
    duckDB: { call throws(PredicateDialectError) in "(\(try call[0]) - \(try call[1]))" })

  /// `add_months(date, months)`, also written `date + INTERVAL 1 MONTH`; the last day of a shorter month
  /// stands for the days that it lacks.
  static let addMonths = PredicateFunction(
    "add_months", .list([.value(.date), .value(.int)]), .fixed(.date),
    compute: { values in
      guard case .date(let days) = values[0], case .integer(let months) = values[1] else {
        return .null
      }
      return CivilDate(daysSinceEpoch: days).moved(months: Int(months))
        .map { .date(days: $0) } ?? .null
    },
    duckDB: { call throws(PredicateDialectError) in
      "CAST(\(try call[0]) + to_months(\(try call[1])) AS DATE)"
    })

  static let dateDiff = PredicateFunction(
    "datediff", aliases: ["date_diff"], .list([.value(.date), .value(.date)]), .fixed(.int),
    compute: { values in
      guard case .date(let end) = values[0], case .date(let start) = values[1] else {
        return .null
      }
      return .integer(Int64(Int32(truncatingIfNeeded: end - start)))
    },
    duckDB: { call throws(PredicateDialectError) in
      // A cast alone would not stop at what exceeds 32 bits: DuckDB compares without it where it can.
      call.text.wrapped("(\(try call[0]) - \(try call[1]))")
    })

  static let lastDay = PredicateFunction(
    "last_day", .list([.value(.date)]), .fixed(.date),
    compute: { values in
      guard case .date(let days) = values[0] else { return .null }
      let date = CivilDate(daysSinceEpoch: days)
      let last = (28...31).reversed().lazy
        .compactMap { CivilDate(year: date.year, month: date.month, day: $0) }.first
      return .date(days: last?.daysSinceEpoch ?? days)
    },
    duckDB: { call throws(PredicateDialectError) in "last_day(\(try call[0]))" })

  /// `make_date(year, month, day)`; NULL where there is no such day.
  static let makeDate = PredicateFunction(
    "make_date", .list([.value(.int), .value(.int), .value(.int)]), .fixed(.date),
    compute: { values in
      guard case .integer(let year) = values[0], case .integer(let month) = values[1],
        case .integer(let day) = values[2],
        let date = CivilDate(year: Int(year), month: Int(month), day: Int(day)),
        let days = Int32(exactly: date.daysSinceEpoch)
      else { return .null }
      return .date(days: Int(days))
    },
    duckDB: { call throws(PredicateDialectError) in
      let year = try call[0]
      let text = "printf('%04d-%02d-%02d', \(year), \(try call[1]), \(try call[2]))"
      return "(CASE WHEN \(year) BETWEEN 0 AND 9999 THEN TRY_CAST(\(text) AS DATE) "
        + "WHEN \(year) IS NOT NULL THEN error('a year of more than four digits is read only by "
        + "Spark') END)"
    })

  /// `date_trunc(unit, timestamp)`; NULL when the unit is none.
  static let dateTrunc = PredicateFunction(
    "date_trunc", .list([.value(.string), .value(.timestamp)]), .fixed(.timestamp),
    compute: { values in
      guard case .string(let word) = values[0], let unit = TruncationUnit(word),
        case .timestamp(let microseconds) = values[1]
      else { return .null }
      return unit.truncated(microseconds).map { .timestamp(microseconds: $0) } ?? .null
    },
    duckDB: { call throws(PredicateDialectError) in
      guard let unit = try truncationUnit(0, of: call) else { return call.null }
      // DuckDB 1.5 rewrites date_trunc(unit, NULL) <> constant to TRUE; it does not see this one.
      return "make_timestamp(epoch_us(date_trunc('\(unit)', \(try call[1]))))"
    })

  /// `trunc(date, unit)`, a date; of units only those of at least a week.
  static let trunc = PredicateFunction(
    "trunc", .list([.value(.date), .value(.string)]), .fixed(.date),
    compute: { values in
      guard case .date(let days) = values[0], case .string(let word) = values[1],
        let unit = TruncationUnit(word), unit.isOfDays
      else { return .null }
      return .date(days: unit.startDay(days))
    },
    duckDB: { call throws(PredicateDialectError) in
      guard let unit = try truncationUnit(1, of: call), unit.isOfDays else { return call.null }
      return "CAST(make_timestamp(epoch_us(date_trunc('\(unit)', \(try call[0])))) AS DATE)"
    })

  private static func moved(_ values: [PartitionValue], by move: (Int, Int) -> Int)
    -> PartitionValue
  {
    guard case .date(let days) = values[0], case .integer(let number) = values[1] else {
      return .null
    }
    return .date(days: Int(Int32(truncatingIfNeeded: move(days, Int(number)))))
  }

  /// The unit that a constant operand names; nil when it names none.
  private static func truncationUnit(
    _ index: Int, of call: DuckDBCall
  ) throws(PredicateDialectError) -> TruncationUnit? {
    guard let constant = call.constant(index) else {
      throw call.text.refusal(.noLiteral, call.node)
    }
    guard case .string(let word) = constant else { return nil }
    return TruncationUnit(word)
  }

  private static func part(
    _ name: String, aliases: [String] = [], of type: ValueType,
    _ part: @escaping @Sendable (CivilDate) -> PartitionValue
  ) -> PredicateFunction {
    PredicateFunction(
      name, aliases: aliases, .list([.value(type)]), .fixed(.int),
      compute: { values in
        guard case .date(let days) = values[0] else { return .null }
        return part(CivilDate(daysSinceEpoch: days))
      },
      duckDB: { call throws(PredicateDialectError) in
        "CAST(\(name)(\(try call[0])) AS INTEGER)"
      })
  }

  /// A part of the time of day that lasts so many microseconds, so many of which make the next one.
  private static func part(_ name: String, lasting length: Int64, in count: Int64)
    -> PredicateFunction
  {
    PredicateFunction(
      name, .list([.value(.timestamp)]), .fixed(.int),
      compute: { values in
        guard case .timestamp(let microseconds) = values[0] else { return .null }
        let number = microseconds.floored(by: length) % count
        return .integer(number < 0 ? number + count : number)
      },
      duckDB: { call throws(PredicateDialectError) in
        "CAST(\(name)(\(try call[0])) AS INTEGER)"
      })
  }
}

/// A unit of `date_trunc`.
enum TruncationUnit: Sendable {
  case microsecond
  case millisecond
  case second
  case minute
  case hour
  case day
  case week
  case month
  case quarter
  case year

  /// Reads a word as Spark, ignoring case; nil when it is no unit, which makes the result NULL.
  init?(_ word: String) {
    switch word.exact.uppercased {
    case "MICROSECOND": self = .microsecond
    case "MILLISECOND": self = .millisecond
    case "SECOND": self = .second
    case "MINUTE": self = .minute
    case "HOUR": self = .hour
    case "DAY", "DD": self = .day
    case "WEEK": self = .week
    case "MON", "MONTH", "MM": self = .month
    case "QUARTER": self = .quarter
    case "YEAR", "YYYY", "YY": self = .year
    default: return nil
    }
  }

  /// The start of the unit that the instant is in, in UTC; weeks start on Monday.
  ///
  /// - Returns: nil when the start is before the earliest instant.
  func truncated(_ microseconds: Int64) -> Int64? {
    switch self {
    case .microsecond: return microseconds
    case .millisecond: return start(microseconds, 1000)
    case .second: return start(microseconds, 1_000_000)
    case .minute: return start(microseconds, 60_000_000)
    case .hour: return start(microseconds, 3_600_000_000)
    case .day: return start(microseconds, CivilDate.microsecondsADay)
    case .week, .month, .quarter, .year:
      let days = microseconds.floored(by: CivilDate.microsecondsADay)
      let (product, overflow) = Int64(startDay(Int(days))).multipliedReportingOverflow(
        by: CivilDate.microsecondsADay)
      return overflow ? nil : product
    }
  }

  private func start(_ microseconds: Int64, _ length: Int64) -> Int64? {
    let (product, overflow) = microseconds.floored(by: length)
      .multipliedReportingOverflow(by: length)
    return overflow ? nil : product
  }

  /// Whether it is at least a week long.
  var isOfDays: Bool { [.week, .month, .quarter, .year].contains(self) }

  /// The first day of the unit of at least a week that a day is in.
  func startDay(_ days: Int) -> Int {
    // 1970-01-01 was a Thursday.
    if self == .week { return (days + 3).floored(by: 7) * 7 - 3 }
    let date = CivilDate(daysSinceEpoch: days)
    let month = self == .month ? date.month : self == .quarter ? (date.month - 1) / 3 * 3 + 1 : 1
    return CivilDate(year: date.year, month: month, day: 1)?.daysSinceEpoch ?? days
  }
}
