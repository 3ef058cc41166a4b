/// Dates and times as the guide spells them, with a calendar of its own.
enum SpelledTime {
  /// The date of `yyyy-MM-dd`, as DuckDB writes it.
  static func date(_ bytes: [UInt8]) -> String? {
    var rest = bytes[...]
    guard let day = takeDay(&rest), rest.isEmpty else { return nil }
    return day.text
  }

  /// The time of `HH:mm`, `HH:mm:ss` or `HH:mm:ss.f`, as DuckDB writes it.
  static func time(_ bytes: [UInt8]) -> String? {
    var rest = bytes[...]
    guard let clock = takeClock(&rest, digits: 6, marks: ["."]), rest.isEmpty else { return nil }
    return clock.text
  }

  /// The date-time of ISO 8601, in UTC if it `hasZone`, as DuckDB writes it.
  static func timestamp(_ bytes: [UInt8], digits: Int, hasZone: Bool) -> String? {
    var rest = bytes[...]
    guard var day = takeDay(&rest) else { return nil }
    var clock = Clock(minutes: 0, second: 0, fraction: [])
    if take(&rest, ["T", " "]) {
      guard let read = takeClock(&rest, digits: digits, marks: [".", ","]) else { return nil }
      clock = read
      if hasZone, !rest.isEmpty {
        guard let offset = takeOffset(&rest) else { return nil }
        clock.minutes -= offset
      }
    }
    guard rest.isEmpty else { return nil }
    if clock.minutes < 0 {
      clock.minutes += 1440
      day = day.previous
    } else if clock.minutes >= 1440 {
      clock.minutes -= 1440
      day = day.next
    }
    let text = "\(day.text) \(clock.text)"
    // What DuckDB documents as the range of nanoseconds in 64 bits.
    let isTooFar = text < "1677-09-22" || text > "2262-04-11 23:47:16.854775806"
    if digits == 9, isTooFar { return nil }
    return hasZone ? "\(text)+00" : text
  }
}

/// A day of the Gregorian calendar, which is taken to hold for all years.
private struct Day {
  var year: Int
  var month: Int
  var day: Int

  var daysInMonth: Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  var next: Day {
    if day < daysInMonth { return Day(year: year, month: month, day: day + 1) }
    if month < 12 { return Day(year: year, month: month + 1, day: 1) }
    return Day(year: year + 1, month: 1, day: 1)
  }

  var previous: Day {
    if day > 1 { return Day(year: year, month: month, day: day - 1) }
    var last = Day(year: month > 1 ? year : year - 1, month: month > 1 ? month - 1 : 12, day: 1)
    last.day = last.daysInMonth
    return last
  }

  /// The year 0 of ISO 8601 is the one before the year 1.
  var text: String {
    let name = year > 0 ? padded(year, 4) : padded(1 - year, 4)
    return "\(name)-\(padded(month, 2))-\(padded(day, 2))" + (year > 0 ? "" : " (BC)")
  }
}

private struct Clock {
  /// Since midnight; below 0 or beyond a day once an offset is taken off.
  var minutes: Int
  var second: Int
  /// The digits of the second's fraction, without zeros at the end.
  var fraction: [UInt8]

  var text: String {
    "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2)):\(padded(second, 2))"
      + (fraction.isEmpty ? "" : ".\(String(decoding: fraction, as: UTF8.self))")
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}

private func take(_ rest: inout ArraySlice<UInt8>, _ choices: [Unicode.Scalar]) -> Bool {
  guard let first = rest.first, choices.contains(Unicode.Scalar(first)) else { return false }
  rest = rest.dropFirst()
  return true
}

/// A number of exactly this many digits.
private func takeNumber(_ rest: inout ArraySlice<UInt8>, _ width: Int) -> Int? {
  let digits = rest.prefix(width)
  guard digits.count == width,
    digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
  else { return nil }
  rest = rest.dropFirst(width)
  return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
}

private func takeDay(_ rest: inout ArraySlice<UInt8>) -> Day? {
  guard let year = takeNumber(&rest, 4), take(&rest, ["-"]), let month = takeNumber(&rest, 2),
    take(&rest, ["-"]), let day = takeNumber(&rest, 2), (1...12).contains(month)
  else { return nil }
  let result = Day(year: year, month: month, day: day)
  return (1...result.daysInMonth).contains(day) ? result : nil
}

private func takeClock(
  _ rest: inout ArraySlice<UInt8>, digits: Int, marks: [Unicode.Scalar]
) -> Clock? {
  guard let hour = takeNumber(&rest, 2), hour < 24, take(&rest, [":"]),
    let minute = takeNumber(&rest, 2), minute < 60
  else { return nil }
  var clock = Clock(minutes: hour * 60 + minute, second: 0, fraction: [])
  guard take(&rest, [":"]) else { return clock }
  guard let second = takeNumber(&rest, 2), second < 60 else { return nil }
  clock.second = second
  guard take(&rest, marks) else { return clock }
  var isEmpty = true
  while let digit = takeNumber(&rest, 1) {
    isEmpty = false
    clock.fraction.append(UInt8(ascii: "0") + UInt8(digit))
  }
  while clock.fraction.last == UInt8(ascii: "0") { clock.fraction.removeLast() }
  return isEmpty || clock.fraction.count > digits ? nil : clock
}

/// Minutes east of Greenwich.
private func takeOffset(_ rest: inout ArraySlice<UInt8>) -> Int? {
  _ = take(&rest, [" "])
  if take(&rest, ["Z"]) { return 0 }
  let isWest = rest.first == UInt8(ascii: "-")
  guard take(&rest, ["+", "-"]), let hours = takeNumber(&rest, 2) else { return nil }
  var minutes = hours * 60
  if !rest.isEmpty {
    _ = take(&rest, [":"])
    guard let more = takeNumber(&rest, 2), more < 60 else { return nil }
    minutes += more
  }
  return minutes > 18 * 60 ? nil : isWest ? -minutes : minutes
}
