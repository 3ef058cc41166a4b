/// Digits being read one by one.
struct DigitRun {
  private(set) var count = 0
  private var value = 0

  /// Adds a digit; false when the byte is none.
  ///
  /// Of too many digits the value is wrong, but then their number is, too.
  mutating func append(_ byte: UInt8) -> Bool {
    guard let digit = Cast.digit(byte) else { return false }
    value = value &* 10 &+ digit
    count += 1
    return true
  }

  /// The number, nil when it has too few or too many digits.
  func number(digits: ClosedRange<Int>) -> Int? { digits.contains(count) ? value : nil }
}
