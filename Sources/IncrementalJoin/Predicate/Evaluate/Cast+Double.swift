extension Cast {
  /// The value as a double; nil where it is none, or NULL.
  static func double(_ value: PartitionValue) -> Double? {
    switch value {
    case .null, .date: nil
    case .boolean(let flag): flag ? 1 : 0
    case .integer(let number): Double(number)
    case .decimal(let unscaled, let scale): Double("\(unscaled)e-\(scale)")
    case .timestamp(let microseconds): Double(microseconds) / 1_000_000
    case .string(let text): double(text)
    }
  }

  /// Reads a number as Java's `Double.parseDouble` and Spark's words for infinity and NaN.
  private static func double(_ text: String) -> Double? {
    var bytes = Array(text.utf8)[...]
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    bytes = bytes.drop { $0 <= 0x20 }
    let word = String(decoding: bytes, as: UTF8.self)
    let unsigned = word.first == "-" || word.first == "+" ? word.dropFirst() : word[...]
    let sign: Double = word.first == "-" ? -1 : 1
    switch unsigned.lowercased() {
    case "inf", "infinity": return sign * .infinity
    case "nan": return unsigned == "NaN" || unsigned.count == word.count ? .nan : nil
    default: break
    }
    // Java accepts the suffixes of its float and double literals.
    let suffixes = "fFdD".utf8
    let number = bytes.last.map(suffixes.contains) == true ? bytes.dropLast() : bytes
    guard let first = unsigned.utf8.first, digit(first) != nil || first == UInt8(ascii: ".") else {
      return nil
    }
    if unsigned.lowercased().hasPrefix("0x") {
      guard unsigned.lowercased().contains("p") else { return nil }
      return Double(String(decoding: number, as: UTF8.self))
    }
    return DecimalText(String(decoding: number, as: UTF8.self)) == nil
      ? nil : Double(String(decoding: number, as: UTF8.self)) ?? Double(completed(number))
  }

  /// Swift wants a digit on both sides of the point, Java does not.
  private static func completed(_ number: ArraySlice<UInt8>) -> String {
    let text = String(decoding: number, as: UTF8.self)
      .replacing("-.", with: "-0.").replacing("+.", with: "+0.")
      .replacing(".e", with: ".0e").replacing(".E", with: ".0E")
    return number.last == UInt8(ascii: ".") ? text + "0" : text
  }
}
