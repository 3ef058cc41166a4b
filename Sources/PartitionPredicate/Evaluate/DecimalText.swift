/// The text of a number in Java's `BigDecimal` syntax: its digits and where the point is.
struct DecimalText {
  let isNegative: Bool
  /// Without leading zeros; zero is one digit 0.
  let digits: [Int]
  /// The number of digits behind the point, negative for a large exponent.
  let scale: Int

  /// Reads a number; nil when the text is none.
  init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    bytes = bytes.drop { $0 <= 0x20 }
    isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    var digits: [Int] = []
    var fraction: Int?
    while let byte = bytes.first {
      if let digit = Cast.digit(byte) {
        digits.append(digit)
        fraction = fraction.map { $0 + 1 }
      } else if byte == UInt8(ascii: "."), fraction == nil {
        fraction = 0
      } else {
        break
      }
      bytes.removeFirst()
    }
    guard !digits.isEmpty, let exponent = Self.exponent(bytes) else { return nil }
    scale = (fraction ?? 0) - exponent
    guard Int32(exactly: scale) != nil else { return nil }
    let significant = Array(digits.drop { $0 == 0 })
    self.digits = significant.isEmpty ? [0] : significant
  }

  private static func exponent(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let mark = bytes.first else { return 0 }
    guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return nil }
    return Int32(String(decoding: bytes.dropFirst(), as: UTF8.self)).map { Int($0) }
  }
}
