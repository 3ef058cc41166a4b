import Foundation

/// What the guide says about one text in a column of one type.
enum Reading: Hashable, Sendable {
  /// The text is not a value: the partition fails.
  case refused
  /// The value is missing.
  case missing
  /// The text is this value, spelled as DuckDB writes it; a DOUBLE or FLOAT is spelled by its bits.
  case value(String)
}

/// The rules of docs/guide/own-tables.md, "What text is a value", worked out without the engine.
///
/// It was written from that page alone: whole numbers and decimals are digits and are never computed with, and
/// the calendar is its own. Only the nearest DOUBLE and FLOAT are asked of the C library, which rounds
/// correctly.
struct SpellingOracle {
  /// The decimal mark.
  var decimal = UInt8(ascii: ".")
  /// What may stand between groups of three digits.
  var thousands: UInt8?

  /// What a text is in a column of a type.
  func reading(of text: String, as type: SpelledType) -> Reading {
    if type == .varchar { return .value(text) }
    let bytes = Self.trimmed(Array(text.utf8))
    if bytes.isEmpty { return .missing }
    return value(bytes, as: type).map { .value($0) } ?? .refused
  }

  /// What a number of a JSON file is in a column of a type, as the file spells it.
  func reading(ofNumber token: String, as type: SpelledType) -> Reading {
    type.isNumeric || type == .varchar ? reading(of: token, as: type) : .refused
  }

  private func value(_ bytes: [UInt8], as type: SpelledType) -> String? {
    switch type {
    case .integer(let low, let high): number(bytes)?.whole(low: low, high: high)
    case .decimal(let width, let scale): number(bytes)?.decimal(width: width, scale: scale)
    case .double, .float: floating(bytes, as: type)
    case .boolean: ["true", "false"].first { Self.lowercased(bytes) == Array($0.utf8) }
    case .date: SpelledTime.date(bytes)
    case .time: SpelledTime.time(bytes)
    case .timestamp(let digits, let hasZone):
      SpelledTime.timestamp(bytes, digits: digits, hasZone: hasZone)
    case .uuid: Self.uuid(bytes)
    case .varchar: String(decoding: bytes, as: UTF8.self)
    }
  }

  private func number(_ bytes: [UInt8]) -> SpelledNumber? {
    SpelledNumber(bytes, decimal: decimal, thousands: thousands)
  }

  private func floating(_ bytes: [UInt8], as type: SpelledType) -> String? {
    let word = Self.lowercased(bytes)
    if word == Array("nan".utf8) { return Self.bits("nan", as: type) }
    let sign = word.first == UInt8(ascii: "-") ? "-" : ""
    let name =
      word.first.map { [UInt8(ascii: "-"), UInt8(ascii: "+")].contains($0) } ?? false
      ? Array(word.dropFirst()) : word
    if name == Array("inf".utf8) || name == Array("infinity".utf8) {
      return Self.bits("\(sign)inf", as: type)
    }
    guard let number = number(bytes) else { return nil }
    let bits = Self.bits(number.plain, as: type)
    return bits == Self.bits("inf", as: type) || bits == Self.bits("-inf", as: type) ? nil : bits
  }

  /// The bits of the DOUBLE or FLOAT nearest to a text of the C library's.
  static func bits(_ text: String, as type: SpelledType) -> String {
    type == .float
      ? String(strtof(text, nil).bitPattern, radix: 16)
      : String(strtod(text, nil).bitPattern, radix: 16)
  }

  private static func uuid(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 36 else { return nil }
    for (place, byte) in lowercased(bytes).enumerated() {
      let isHyphen = [8, 13, 18, 23].contains(place)
      let isDigit =
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      guard isHyphen ? byte == UInt8(ascii: "-") : isDigit else { return nil }
    }
    return String(decoding: lowercased(bytes), as: UTF8.self)
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return Array(bytes[first...last])
  }

  /// Small letters for the capital ones of ASCII, and nothing else.
  private static func lowercased(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 0x20 : $0 }
  }
}
