extension Cast {
  /// The value as text; NULL never comes here, it stays NULL.
  static func string(_ value: PartitionValue) -> String {
    switch value {
    case .null: hiveDefaultPartition
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .decimal(let unscaled, let scale): text(unscaled, scale: scale)
    case .date(let days): CivilDate(daysSinceEpoch: days).signedText
    case .timestamp(let microseconds): text(microseconds)
    case .string(let text): text
    }
  }

  /// As Java's `BigDecimal.toString`: what is less than a millionth has an exponent, `1E-7`.
  private static func text(_ unscaled: Int128, scale: Int) -> String {
    let digits = String(unscaled.magnitude)
    let exponent = digits.count - 1 - scale
    let sign = unscaled < 0 ? "-" : ""
    if exponent < -6 {
      let fraction = digits.dropFirst()
      return "\(sign)\(digits.prefix(1))\(fraction.isEmpty ? "" : ".\(fraction)")E\(exponent)"
    }
    if scale == 0 { return sign + digits }
    let filled = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return "\(sign)\(filled.dropLast(scale)).\(filled.suffix(scale))"
  }

  /// `yyyy-MM-dd HH:mm:ss`, and the fraction without trailing zeros.
  private static func text(_ microseconds: Int64) -> String {
    let days = floor(microseconds, by: CivilDate.microsecondsADay)
    // The product may be before the earliest instant, the difference is not.
    let rest = Int(microseconds &- days &* CivilDate.microsecondsADay)
    let (seconds, fraction) = rest.quotientAndRemainder(dividingBy: 1_000_000)
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
    var text =
      "\(CivilDate(daysSinceEpoch: Int(days)).signedText) \(time.joined(separator: ":"))"
    if fraction != 0 {
      text += ".\(padded(fraction, to: 6))"
      while text.last == "0" { text.removeLast() }
    }
    return text
  }
}
