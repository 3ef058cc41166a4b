public import Foundation

/// Numbers, sizes and times as people read them.
public enum Quantity {
  /// A number with commas: `15,000`.
  public static func number(_ value: some BinaryInteger) -> String {
    let digits = String(value)
    var result = ""
    for (index, digit) in digits.enumerated() {
      let left = digits.count - index
      if index > 0, left % 3 == 0, result != "-" { result += "," }
      result.append(digit)
    }
    return result
  }

  /// A number with its noun: `1 partition`, `2 partitions`.
  public static func count(_ value: some BinaryInteger, _ noun: String, plural: String? = nil)
    -> String
  {
    "\(number(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }

  /// A floating-point number as people read it: `17.2617` for `17.261699999999998`, and `0.1` as it is.
  ///
  /// Eight digits are kept, and all before the point. What is no such number stays as it is.
  ///
  /// - Parameter text: The shortest text that reads back the same, with a point.
  /// - Returns: The text to show.
  public static func rounded(_ text: String) -> String {
    let bytes = text.utf8
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard bytes.contains(UInt8(ascii: ".")), let value = Double(text), value.isFinite else {
      return text
    }
    let whole = bytes.prefix { $0 != UInt8(ascii: ".") }.count { digits ~= $0 }
    let shown = String(format: "%.\(max(8, whole))g", value)
    return Double(shown) == value ? text : shown
  }

  /// A size in decimal units: `512 B`, `1.2 MB`.
  public static func bytes(_ value: Int64) -> String {
    guard value >= 1000 else { return "\(value) B" }
    var size = Double(value) / 1000
    var units = ["kB", "MB", "GB", "TB", "PB", "EB"][...]
    while size >= 999.95, units.count > 1 {
      size /= 1000
      units = units.dropFirst()
    }
    let tenths = Int((size * 10).rounded())
    let text = size < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(Int(size.rounded()))"
    return "\(text) \(units.first ?? "")"
  }

  /// A share from 0 to 1 as a percentage with one decimal, and 100 % only when it is all: `98.2 %`.
  public static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "-" }
    let tenths = Int((share * 1000).rounded())
    let shown = share < 1 ? min(tenths, 999) : tenths
    return shown >= 1000 ? "100 %" : "\(shown / 10).\(shown % 10) %"
  }

  /// A rate of rows per second: `1,200 rows/s`, below ten `2.5 rows/s`; nil where it would be none, which says nothing.
  public static func rate(_ rowsPerSecond: Double) -> String? {
    let tenths = Int((rowsPerSecond * 10).rounded())
    guard tenths > 0 else { return nil }
    let text =
      rowsPerSecond < 10 ? "\(tenths / 10).\(tenths % 10)" : number(Int(rowsPerSecond.rounded()))
    return "\(text) rows/s"
  }

  /// An instant in UTC to the second: `2013-01-31 05:00:00`.
  public static func instant(_ date: Date) -> String {
    let seconds = date.timeIntervalSince1970
    // No run happened more than some 10,000 years away, but such an instant must not trap.
    guard seconds.magnitude < 3e11 else { return "-" }
    return instant(seconds: Int64(seconds.rounded(.down)))
  }

  /// A modification time, given in nanoseconds since 1970; `-` when there is none.
  public static func instant(nanoseconds: Int64) -> String {
    guard nanoseconds != 0 else { return "-" }
    return instant(
      seconds: nanoseconds / 1_000_000_000 - (nanoseconds % 1_000_000_000 < 0 ? 1 : 0))
  }

  private static func instant(seconds: Int64) -> String {
    let text = Date(timeIntervalSince1970: Double(seconds)).formatted(
      .iso8601.dateTimeSeparator(.space))
    return String(text.dropLast())  // the Z
  }

  /// A duration: `0.4 s`, `12 s`, `3:05 min`, `2:07:33 h`.
  public static func elapsed(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    if seconds < 10 {
      let tenths = max(0, duration.components.attoseconds) / 100_000_000_000_000_000
      return "\(seconds).\(tenths) s"
    }
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60):\(two(seconds % 60)) min" }
    return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60)) h"
  }

  /// A duration by its two largest units: `12 s`, `5 min 3 s`, `3 d 4 h`.
  public static func span(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    let units: [(Int64, String)] = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")]
    var rest = seconds
    var parts: [String] = []
    for (size, name) in units {
      if rest >= size {
        parts.append("\(number(rest / size)) \(name)")
      } else if !parts.isEmpty {
        break
      }
      rest %= size
      if parts.count == 2 { break }
    }
    return parts.isEmpty ? "0 s" : parts.joined(separator: " ")
  }
}
