import PartitionPredicate

/// Parses durations and sizes: a whole number and a unit.
public enum DeclaredQuantity {
  /// `90s`, `15m`, `2h` or `1d`.
  public static func duration(_ text: String) -> Duration? {
    let units: [ExactText: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    return product(text, units: units).map { .seconds($0) }
  }

  /// Parses a positive number of bytes: `4000 B`, `512MB`, `4GiB`.
  public static func size(_ text: String) -> Int64? {
    let units: [ExactText: Int64] = [
      "b": 1, "kb": 1000, "kib": 1 << 10,
      "mb": 1_000_000, "gb": 1_000_000_000, "tb": 1_000_000_000_000,
      "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
    ]
    return product(text, units: units).flatMap { $0 > 0 ? $0 : nil }
  }

  private static func product(_ text: String, units: [ExactText: Int64]) -> Int64? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }.exact.lowercased
    guard let number = Int64(digits), let factor = units[unit] else { return nil }
    let (value, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : value
  }
}
