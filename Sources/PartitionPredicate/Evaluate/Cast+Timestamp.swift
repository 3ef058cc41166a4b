extension Cast {
  /// The value as an instant: numbers are seconds since 1970, a date is its midnight in UTC, and
  /// true is one microsecond.
  static func timestamp(_ value: PartitionValue, today: Int) -> PartitionValue {
    switch value {
    case .null: return .null
    case .boolean(let flag): return .timestamp(microseconds: flag ? 1 : 0)
    case .integer(let seconds):
      // Spark's SECONDS.toMicros stops at the ends of 64 bits.
      let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
      return .timestamp(microseconds: overflow ? (seconds < 0 ? .min : .max) : product)
    case .decimal(let unscaled, let scale):
      return .timestamp(microseconds: microseconds(unscaled, scale: scale))
    case .date(let days):
      let (product, overflow) = Int64(days).multipliedReportingOverflow(
        by: CivilDate.microsecondsADay)
      return overflow ? .null : .timestamp(microseconds: product)
    case .timestamp: return value
    case .string(let text):
      return TimestampText(trimmed(text))?.microseconds(today: today)
        .map { .timestamp(microseconds: $0) } ?? .null
    }
  }

  /// Seconds as whole microseconds, cut off; beyond 64 bits they wrap, as in Spark.
  private static func microseconds(_ unscaled: Int128, scale: Int) -> Int64 {
    let divisor = powerOfTen(scale) ?? 1
    let (seconds, rest) = unscaled.quotientAndRemainder(dividingBy: divisor)
    let fraction =
      scale <= 6 ? rest * (powerOfTen(6 - scale) ?? 1) : rest / (powerOfTen(scale - 6) ?? 1)
    return Int64(truncatingIfNeeded: seconds &* 1_000_000 &+ fraction)
  }
}
