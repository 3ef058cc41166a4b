extension Cast {
  /// The value as a boolean: numbers and instants are true but for zero, a date is never one.
  static func boolean(_ value: PartitionValue) -> PartitionValue {
    switch value {
    case .null, .date: .null
    case .boolean: value
    case .integer(let number): .boolean(number != 0)
    case .decimal(let unscaled, _): .boolean(unscaled != 0)
    case .timestamp(let microseconds): .boolean(microseconds != 0)
    case .string(let text):
      words[Substring(trimmed(text)).exact.lowercased].map { .boolean($0) } ?? .null
    }
  }

  /// The words of `StringUtils.isTrueString` and `isFalseString`.
  private static let words: [ExactText: Bool] = [
    "t": true, "true": true, "y": true, "yes": true, "1": true,
    "f": false, "false": false, "n": false, "no": false, "0": false,
  ]
}
