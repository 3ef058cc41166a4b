/// A span of time behind INTERVAL: whole months, whole days, or a time.
///
/// The three differ in what becomes of a date to which they are added: months and days leave it a date, a
/// time makes an instant of it, even one of 24 hours.
enum PredicateInterval: Hashable, Sendable {
  case months(Int)
  case days(Int)
  case microseconds(Int64)

  /// The span in the other direction.
  var negated: PredicateInterval {
    switch self {
    case .months(let number): .months(-number)
    case .days(let number): .days(-number)
    case .microseconds(let number): .microseconds(0 &- number)
    }
  }

  /// A number of units that are named as in Spark, in the singular or the plural, in any case.
  ///
  /// - Returns: nil for another word, and for more than Spark's types of intervals hold.
  init?(_ number: Int64, _ unit: String) {
    let lengths: [ExactText: PredicateInterval] = [
      "year": .months(12), "month": .months(1), "week": .days(7), "day": .days(1),
      "hour": .microseconds(3_600_000_000), "minute": .microseconds(60_000_000),
      "second": .microseconds(1_000_000), "millisecond": .microseconds(1000),
      "microsecond": .microseconds(1),
    ]
    let word = unit.exact.lowercased
    let singular =
      word.ends(with: "s") ? ExactText(String(word.text.unicodeScalars.dropLast())) : word
    guard let length = lengths[word] ?? lengths[singular] else { return nil }
    guard let result = length.times(number), result.isHeld else { return nil }
    self = result
  }

  /// The sum with a span of the same kind, or of days and a time; nil for months and days, which Spark
  /// does not mix, and beyond what Spark's types of intervals hold.
  func adding(_ other: PredicateInterval) -> PredicateInterval? {
    let sum: PredicateInterval
    switch (self, other) {
    case (.months(let left), .months(let right)): sum = .months(left + right)
    case (.days(let left), .days(let right)): sum = .days(left + right)
    case (.months, _), (_, .months): return nil
    default:
      let (total, overflow) = microseconds.addingReportingOverflow(other.microseconds)
      if overflow { return nil }
      sum = .microseconds(total)
    }
    return sum.isHeld ? sum : nil
  }

  /// The length of days or a time; 0 for months, whose length is not known.
  var microseconds: Int64 {
    switch self {
    case .months: 0
    case .days(let number): Int64(number) * CivilDate.microsecondsADay
    case .microseconds(let number): number
    }
  }

  private var isHeld: Bool {
    switch self {
    case .months(let number): number.magnitude <= UInt(Int32.max)
    case .days(let number): number.magnitude <= Self.mostDays
    case .microseconds(let number): number != .min
    }
  }

  /// What 64 bits of microseconds hold.
  private static let mostDays: UInt = 106_751_991

  private func times(_ number: Int64) -> PredicateInterval? {
    switch self {
    case .months(let unit):
      let (product, overflow) = unit.multipliedReportingOverflow(by: Int(number))
      return overflow ? nil : .months(product)
    case .days(let unit):
      let (product, overflow) = unit.multipliedReportingOverflow(by: Int(number))
      return overflow ? nil : .days(product)
    case .microseconds(let unit):
      let (product, overflow) = unit.multipliedReportingOverflow(by: number)
      return overflow ? nil : .microseconds(product)
    }
  }
}
