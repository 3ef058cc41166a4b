import PartitionPredicate

/// What a partition key of text or whole numbers probably says about time, judging by its name and its values.
struct TimeKeyGuess {
  let name: String
  /// The values that were listed; empty where there are none yet.
  let values: [String]
  /// Whether another key says the month.
  let hasMonth: Bool

  /// nil for a key that looks like something else.
  var meaning: TimeKeyMeaning? {
    let isDate = isCalled(Self.dates)
    let part = Self.parts.first { isCalled($0.names) }?.part
    guard !values.isEmpty else {
      // A key called day without a month beside it is a whole date.
      if part == .day, !hasMonth { return Self.usual }
      return part.map { .part($0) } ?? (isDate ? Self.usual : nil)
    }
    // Days that are spelled so are days, whatever the key is called.
    if let pattern = Self.days.first(where: fits) { return .pattern(pattern) }
    if isDate || part != nil, let pattern = Self.others.first(where: fits) {
      return .pattern(pattern)
    }
    if let part, values.allSatisfy({ Self.isNumber($0, of: part) }) { return .part(part) }
    let isUsual = Self.dates.contains { name.isSameName(as: $0) }
    return isUsual ? Self.usual : nil
  }

  private static let dates = ["dt", "ds", "date", "ymd", "ts", "slot", "datum"]
  private static let parts: [(part: TimePart, names: [String])] = [
    (.year, ["year", "yr", "y"]), (.month, ["month", "mon", "mm", "m"]),
    (.day, ["day", "dd", "d"]), (.hour, ["hour", "hh", "hr", "h"]), (.minute, ["minute", "min"]),
  ]

  /// The most common spelling, used when the values do not tell.
  private static let usual = TimePattern("yyyyMMdd").map { TimeKeyMeaning.pattern($0) }
  private static let days = ["yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd", "yyyy_MM_dd"]
    .compactMap { TimePattern($0) }
  private static let others = ["yyyyMMddHH", "yyyy-MM-dd-HH", "yyyyMM", "yyyy-MM"]
    .compactMap { TimePattern($0) }

  /// Whether the name, or a word of it between underscores, is one of these.
  private func isCalled(_ names: [String]) -> Bool {
    let words = name.utf8.split(whereSeparator: {
      $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
    })
    .map { String(decoding: $0, as: UTF8.self) }
    return names.contains { known in
      name.isSameName(as: known)
        // One letter in a longer name says nothing.
        || known.utf8.count > 1 && words.contains { $0.isSameName(as: known) }
    }
  }

  private func fits(_ pattern: TimePattern) -> Bool {
    values.allSatisfy { value in
      guard let parts = pattern.parts(of: value), let year = parts[.year] else { return false }
      return Self.years.contains(year) && parts.allSatisfy { $0.key.range.contains($0.value) }
        && CivilDate(year: year, month: parts[.month] ?? 1, day: parts[.day] ?? 1) != nil
    }
  }

  /// Numbers beyond are something else.
  private static let years = 1970...2099

  private static func isNumber(_ text: String, of part: TimePart) -> Bool {
    guard text.utf8.count <= 4, let number = number(ofDigits: Array(text.utf8)) else {
      return false
    }
    return (part == .year ? years : part.range).contains(number)
  }
}
