extension DatePattern {
  /// Reads a whole text as an instant in UTC; fields that the pattern lacks are those of 1970-01-01 00:00.
  ///
  /// - Returns: Microseconds since 1970-01-01 00:00:00; nil where the text is not of the pattern, or there
  ///   is no such day or time. Spark 3 ends with an error there if its old parser would read the text,
  ///   unless `spark.sql.legacy.timeParserPolicy` is CORRECTED; Spark 4 gives NULL.
  func microseconds(of text: String) -> Int64? {
    var reader = Reader(scalars: Array(text.unicodeScalars))
    guard let end = reader.read(parts, from: 0), end == reader.scalars.count else { return nil }
    let fields = reader.fields
    guard
      let date = CivilDate(
        year: fields[.year] ?? 1970, month: fields[.month] ?? 1, day: fields[.day] ?? 1)
    else { return nil }
    let (hour, minute) = (fields[.hour] ?? 0, fields[.minute] ?? 0)
    let second = fields[.second] ?? 0
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else {
      return nil
    }
    let seconds = (date.daysSinceEpoch * 24 + hour) * 3600 + minute * 60 + second
    let (product, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry) = product.addingReportingOverflow(Int64(fields[.fraction] ?? 0))
    return overflow || carry ? nil : sum
  }

  /// The fields of a text, read from the left without ever going back.
  private struct Reader {
    let scalars: [Unicode.Scalar]
    var fields: [Field: Int] = [:]

    /// Reads parts; nil where one is not there, else the offset behind them.
    mutating func read(_ parts: [Part], from start: Int) -> Int? {
      var position = start
      for part in parts {
        switch part {
        case .number(let number):
          guard let end = read(number, from: position) else { return nil }
          position = end
        case .fraction(let most):
          guard let end = readFraction(most, from: position) else { return nil }
          position = end
        case .text(let scalar):
          guard position < scalars.count, Self.isSame(scalars[position], scalar) else {
            return nil
          }
          position += 1
        case .optional(let inner):
          let before = fields
          if let end = read(inner, from: position) { position = end } else { fields = before }
        case .name: return nil
        }
      }
      return position
    }

    /// As the strict `NumberPrinterParser.parse`.
    private mutating func read(_ number: Number, from start: Int) -> Int? {
      var position = start
      let sign = position < scalars.count ? scalars[position] : " "
      if sign == "+" || sign == "-" {
        guard !number.isFixed, sign == "-" || number.takesPlus else { return nil }
        position += 1
      }
      let most = number.maximum + number.reserved
      var digits = scalars[position...].prefix(most).prefix { ("0"..."9").contains($0) }
      digits = digits.prefix(max(number.minimum, digits.count - number.reserved))
      guard digits.count >= number.minimum else { return nil }
      var value = 0
      for digit in digits {
        let (tenfold, excess) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflow) = tenfold.addingReportingOverflow(
          Int(digit.value) - 0x30)
        // No field is so great.
        if excess || overflow { return nil }
        value = sum
      }
      if sign == "-", value == 0 { return nil }
      if number.takesPlus, sign != "-" {
        guard (sign == "+") == (digits.count > number.minimum) else { return nil }
      }
      guard value <= 999_999_999 else { return nil }
      if number.field == .year, number.isFixed { value += 2000 }
      fields[number.field] = sign == "-" ? -value : value
      return position + digits.count
    }

    private mutating func readFraction(_ most: Int, from start: Int) -> Int? {
      let digits = scalars[start...].prefix(most).prefix { ("0"..."9").contains($0) }
      guard !digits.isEmpty else { return nil }
      var micros = 0
      for index in 0..<6 {
        let digit = index < digits.count ? Int(digits[digits.startIndex + index].value) - 0x30 : 0
        micros = micros * 10 + digit
      }
      fields[.fraction] = micros
      return start + digits.count
    }

    /// Whether two are one letter but for its case, as Java's `charEqualsIgnoreCase`.
    private static func isSame(_ scalar: Unicode.Scalar, _ wanted: Unicode.Scalar) -> Bool {
      func isEqual(_ mapping: (Unicode.Scalar.Properties) -> String) -> Bool {
        let (left, right) = (mapping(scalar.properties), mapping(wanted.properties))
        // Java maps one letter to one here.
        return left.unicodeScalars.count == 1
          && left.unicodeScalars.elementsEqual(right.unicodeScalars)
      }
      return scalar == wanted || isEqual { $0.uppercaseMapping } || isEqual { $0.lowercaseMapping }
    }
  }

  // MARK: Writing

  /// The instant as text, in UTC.
  func text(of microseconds: Int64) -> String {
    let days = microseconds.floored(by: CivilDate.microsecondsADay)
    let time = Int(microseconds &- days &* CivilDate.microsecondsADay)
    var text = ""
    Self.write(parts, CivilDate(daysSinceEpoch: Int(days)), time, to: &text)
    return text
  }

  private static func write(
    _ parts: [Part], _ date: CivilDate, _ time: Int, to text: inout String
  ) {
    for part in parts {
      switch part {
      case .number(let number): text += digits(number, date, time)
      case .fraction(let count):
        let digits = padded(time % 1_000_000, to: 6) + "000"
        text += digits.prefix(count)
      case .name(.month, let isLong): text += months[date.month - 1].prefix(isLong ? 20 : 3)
      case .name(_, let isLong):
        // 1970-01-01 was a Thursday.
        let index = (date.daysSinceEpoch % 7 + 10) % 7
        text += weekdays[index].prefix(isLong ? 20 : 3)
      case .text(let scalar): text.unicodeScalars.append(scalar)
      case .optional(let inner): write(inner, date, time, to: &text)
      }
    }
  }

  private static func digits(_ number: Number, _ date: CivilDate, _ time: Int) -> String {
    let seconds = time / 1_000_000
    let value: Int =
      switch number.field {
      case .year: date.year
      case .month: date.month
      case .day: date.day
      case .hour: seconds / 3600
      case .minute: seconds / 60 % 60
      default: seconds % 60
      }
    if number.field == .year, number.isFixed { return padded(abs(value) % 100, to: 2) }
    let digits = padded(abs(value), to: number.minimum)
    if value < 0 { return "-" + digits }
    return number.takesPlus && digits.utf8.count > number.minimum ? "+" + digits : digits
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
}
