/// Spark's conversions, one file a target type.
///
/// Each follows the Scala or Java method that its comment names (Spark 3.5.4).
enum Cast {
  /// The bytes without the white space and control characters around them, as `UTF8String.trimAll`.
  static func trimmed(_ text: String) -> Substring.UTF8View {
    var bytes = text.utf8[...]
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    return bytes
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }

  /// The value of an ASCII digit; nil for every other byte.
  static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }

  /// Ten to a power, nil where it exceeds what `Int128` holds.
  static func powerOfTen(_ exponent: Int) -> Int128? {
    guard (0...38).contains(exponent) else { return nil }
    return (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
