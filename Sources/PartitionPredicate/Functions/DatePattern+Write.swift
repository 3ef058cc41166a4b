extension DatePattern {
  /// The instant as text, in UTC.
  func text(of microseconds: Int64) -> String {
    let days = Cast.floor(microseconds, by: CivilDate.microsecondsADay)
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
