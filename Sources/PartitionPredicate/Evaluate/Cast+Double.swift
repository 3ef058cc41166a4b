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
    let isSigned = word.exact.begins(with: "-") || word.exact.begins(with: "+")
    let unsigned = isSigned ? ExactText(String(word.unicodeScalars.dropFirst())) : word.exact
    let sign: Double = word.exact.begins(with: "-") ? -1 : 1
    switch unsigned.lowercased {
    case "inf", "infinity": return sign * .infinity
    case "nan": return unsigned == "NaN" || !isSigned ? .nan : nil
    default: break
    }
    // Java accepts the suffixes of its float and double literals.
    let suffixes = "fFdD".utf8
    let number = bytes.last.map(suffixes.contains) == true ? bytes.dropLast() : bytes
    guard let first = unsigned.text.utf8.first, digit(first) != nil || first == UInt8(ascii: ".")
    else {
      return nil
    }
    if unsigned.lowercased.begins(with: "0x") {
      guard unsigned.lowercased.contains(text: "p") else { return nil }
      return Double(String(decoding: number, as: UTF8.self))
    }
    return DecimalText(String(decoding: number, as: UTF8.self)) == nil
      ? nil : Double(String(decoding: number, as: UTF8.self)) ?? Double(completed(number))
  }

  /// Swift wants a digit on both sides of the point, Java does not.
  private static func completed(_ number: ArraySlice<UInt8>) -> String {
    let text = String(decoding: number, as: UTF8.self).exact
      .replacing(every: "-.", with: "-0.").replacing(every: "+.", with: "+0.")
      .replacing(every: ".e", with: ".0e").replacing(every: ".E", with: ".0E")
    return number.last == UInt8(ascii: ".") ? "\(text)0" : text.text
  }
}
