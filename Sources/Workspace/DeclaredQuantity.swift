import IncrementalJoin
import PartitionPredicate

/// Parses durations and sizes: a whole number and a unit.
public enum DeclaredQuantity {
  /// `90s`, `15m`, `2h` or `1d`, in lower case: `1M` is a month elsewhere.
  public static func duration(_ text: String) -> Duration? {
    let units: [ExactText: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let (number, unit) = parts(text)
    return product(number, units[unit]).map { .seconds($0) }
  }

  /// What to write instead of a unit in upper case.
  ///
  /// - Parameters:
  ///   - text: What is no duration.
  ///   - isDuration: Whether a text is one where it stands.
  /// - Returns: The end of a hint; nil for what is wrong in another way.
  static func advice(onUnitOf text: String, _ isDuration: (String) -> Bool) -> String? {
    let lower = text.exact.lowercased
    guard lower != text.exact, isDuration(lower.text) else { return nil }
    return text.exact.ends(with: "M")
      ? "write \(lower.text.printable) for minutes. A month has no fixed length: write days, as in 30d."
      : "did you mean \(lower.text.quoted)?"
  }

  /// Parses a positive number of bytes: `4000 B`, `512MB`, `4GiB`.
  public static func size(_ text: String) -> Int64? {
    let units: [ExactText: Int64] = [
      "b": 1, "kb": 1000, "kib": 1 << 10,
      "mb": 1_000_000, "gb": 1_000_000_000, "tb": 1_000_000_000_000,
      "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
    ]
    let (number, unit) = parts(text)
    return product(number, units[unit.lowercased]).flatMap { $0 > 0 ? $0 : nil }
  }

  private static func parts(_ text: String) -> (number: Substring, unit: ExactText) {
    let digits = text.prefix { ("0"..."9").contains($0) }
    return (digits, text.dropFirst(digits.count).drop { $0 == " " }.exact)
  }

  private static func product(_ digits: Substring, _ factor: Int64?) -> Int64? {
    guard let number = Int64(digits), let factor else { return nil }
    let (value, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : value
  }
}
