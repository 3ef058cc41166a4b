/// A number as its digits: a sign, and `0.DIGITS` times ten to the power of `point`.
///
/// The digits neither begin nor end with a zero, so zero has none.
struct SpelledNumber {
  private var isNegative = false
  private var digits: [UInt8] = []
  private var point = 0
  /// The same number with a point and without groups, for the C library.
  private(set) var plain = ""

  /// Reads one sign or none, digits, one decimal mark or none, and an exponent or none.
  ///
  /// It is nil when anything is left.
  init?(_ bytes: [UInt8], decimal: UInt8, thousands: UInt8?) {
    var rest = bytes[...]
    isNegative = rest.first == UInt8(ascii: "-")
    Self.takeSign(&rest)
    guard let whole = Self.takeWhole(&rest, thousands: thousands) else { return nil }
    var fraction: [UInt8] = []
    if rest.first == decimal {
      rest = rest.dropFirst()
      fraction = Self.takeDigits(&rest)
    }
    guard !whole.isEmpty || !fraction.isEmpty, let exponent = Self.takeExponent(&rest),
      rest.isEmpty
    else { return nil }
    let text = String(decoding: whole + [UInt8(ascii: ".")] + fraction, as: UTF8.self)
    plain = (isNegative ? "-" : "") + text + "e\(exponent)"
    let all = whole + fraction
    let significant = all.drop { $0 == UInt8(ascii: "0") }
    digits = Array(significant)
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    point = digits.isEmpty ? 0 : whole.count - (all.count - significant.count) + exponent
  }

  /// The number if it is whole and neither below `-low` nor above `high`.
  func whole(low: String, high: String) -> String? {
    guard digits.count <= max(point, 0), point <= high.utf8.count else { return nil }
    let text = wholePart
    let limit = Array((isNegative ? low : high).utf8)
    let isWithin =
      text.count < limit.count
      || (text.count == limit.count && !limit.lexicographicallyPrecedes(text))
    return isWithin || digits.isEmpty ? sign + String(decoding: text, as: UTF8.self) : nil
  }

  /// The number if it has no more than `scale` digits behind the mark and `width - scale` before it.
  func decimal(width: Int, scale: Int) -> String? {
    guard digits.count - point <= scale, point <= width - scale else { return nil }
    var fraction = [UInt8](repeating: UInt8(ascii: "0"), count: min(scale, max(0, -point)))
    fraction += digits.dropFirst(max(0, point))
    fraction += [UInt8](repeating: UInt8(ascii: "0"), count: scale - fraction.count)
    let whole = String(decoding: wholePart, as: UTF8.self)
    return sign + whole + (scale == 0 ? "" : ".\(String(decoding: fraction, as: UTF8.self))")
  }

  private var sign: String { isNegative && !digits.isEmpty ? "-" : "" }

  /// The digits before the mark, at least one.
  private var wholePart: [UInt8] {
    guard point > 0 else { return [UInt8(ascii: "0")] }
    let known = digits.prefix(point)
    return known + [UInt8](repeating: UInt8(ascii: "0"), count: point - known.count)
  }
}

extension SpelledNumber {
  private static func takeSign(_ rest: inout ArraySlice<UInt8>) {
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      rest = rest.dropFirst()
    }
  }

  private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest.dropFirst(digits.count)
    return Array(digits)
  }

  /// The digits before the mark without what separates their groups; nil for groups not of three.
  private static func takeWhole(_ rest: inout ArraySlice<UInt8>, thousands: UInt8?) -> [UInt8]? {
    var groups = [takeDigits(&rest)]
    while let thousands, rest.first == thousands {
      rest = rest.dropFirst()
      groups.append(takeDigits(&rest))
    }
    if groups.count > 1 {
      guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
    }
    return Array(groups.joined())
  }

  /// The exponent, 0 without one; nil when it has no digits.
  ///
  /// One beyond a thousand million is taken as such: no text that is tried here has as many digits.
  private static func takeExponent(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return 0 }
    rest = rest.dropFirst()
    let isNegative = rest.first == UInt8(ascii: "-")
    takeSign(&rest)
    let digits = takeDigits(&rest)
    guard !digits.isEmpty else { return nil }
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    let size =
      significant.count > 9
      ? 1_000_000_000 : significant.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return isNegative ? -size : size
  }
}
