import Foundation

/// A time zone as Spark reads it behind a time: `Z`, `+2`, `+02:00`, `UTC+2`, `Europe/Rome`.
enum ZoneText {
  /// Seconds east of UTC.
  case fixed(Int)
  case region(TimeZone)

  /// Reads a zone, white space around it ignored; nil when it is none.
  init?(_ text: String) {
    let id = text.trimmingCharacters(in: Self.blank)
    if id == "Z" {
      self = .fixed(0)
    } else if let offset = Self.offset(id) {
      self = .fixed(offset)
    } else if let prefix = ["UTC", "GMT", "UT"].first(where: { id.exact.begins(with: $0.exact) }),
      let offset = id == prefix ? 0 : Self.offset(String(id.dropFirst(prefix.count)))
    {
      self = .fixed(offset)
    } else if let offset = Self.shortOffsets[id] {
      self = .fixed(offset)
    } else if let zone = Self.region(Self.shortRegions[id] ?? id) {
      self = .region(zone)
    } else {
      return nil
    }
  }

  /// The seconds that a local time is ahead of UTC; of an hour that the clocks repeat the first, and
  /// an hour that they skip is read by the clock before.
  func offset(ofLocal seconds: Int) -> Int {
    switch self {
    case .fixed(let offset): return offset
    case .region(let zone):
      func offset(at instant: Int) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
      }
      let before = offset(at: seconds - 86_400)
      if offset(at: seconds - before) == before { return before }
      let after = offset(at: seconds + 86_400)
      return offset(at: seconds - after) == after ? after : before
    }
  }

  /// What Java's `String.trim` removes.
  private static let blank = CharacterSet(charactersIn: "\u{0}"..."\u{20}")

  /// Reads `+h`, `+hh`, `+hhmm`, `+hhmmss`, and with colons also `+h:m:ss`; at most 18 hours.
  private static func offset(_ text: String) -> Int? {
    guard let sign = text.unicodeScalars.first, sign == "+" || sign == "-" else { return nil }
    let rest = text.dropFirst()
    guard rest.utf8.allSatisfy({ Cast.digit($0) != nil || $0 == UInt8(ascii: ":") }) else {
      return nil
    }
    var parts = rest.exact.parts(separatedBy: ":", omittingEmpty: false).map(\.text)
    if parts.count == 1 {
      guard [1, 2, 4, 6].contains(rest.count) else { return nil }
      parts = stride(from: 0, to: rest.count, by: 2).map { String(rest.dropFirst($0).prefix(2)) }
    } else {
      // A single digit is read for an hour, and for a minute where it is last.
      guard (1...2).contains(parts[0].count), parts.count <= 3,
        parts.dropFirst().enumerated().allSatisfy({ index, part in
          part.count == 2 || (part.count == 1 && index == 0 && parts.count == 2)
        })
      else { return nil }
    }
    let numbers = parts.compactMap { Int($0) } + [0, 0]
    guard numbers.count == parts.count + 2, numbers[1] < 60, numbers[2] < 60 else { return nil }
    let seconds = numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
    return seconds <= 18 * 3600 ? (sign == "-" ? -seconds : seconds) : nil
  }

  /// A region of the time zone database, by its exact name.
  ///
  /// Foundation also reads names such as `GMT+5`, and traps at some that begin so; they are offsets, and
  /// never come here.
  private static func region(_ id: String) -> TimeZone? {
    guard !id.exact.uppercased.begins(with: "GMT"), !id.exact.uppercased.begins(with: "UTC"),
      id.utf8.count > 1, id.utf8.allSatisfy(isPartOfName)
    else { return nil }
    guard let zone = TimeZone(identifier: id), zone.identifier == id, id != "Factory" else {
      return nil
    }
    return zone
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"),
      UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Java's `ZoneId.SHORT_IDS`, and the one region that begins with GMT.
  private static let shortOffsets = [
    "EST": -5 * 3600, "MST": -7 * 3600, "HST": -10 * 3600, "GMT0": 0,
  ]
  private static let shortRegions = [
    "ACT": "Australia/Darwin", "AET": "Australia/Sydney", "AGT": "America/Argentina/Buenos_Aires",
    "ART": "Africa/Cairo", "AST": "America/Anchorage", "BET": "America/Sao_Paulo",
    "BST": "Asia/Dhaka", "CAT": "Africa/Harare", "CNT": "America/St_Johns",
    "CST": "America/Chicago", "CTT": "Asia/Shanghai", "EAT": "Africa/Addis_Ababa",
    "ECT": "Europe/Paris", "IET": "America/Indiana/Indianapolis", "IST": "Asia/Kolkata",
    "JST": "Asia/Tokyo", "MIT": "Pacific/Apia", "NET": "Asia/Yerevan", "NST": "Pacific/Auckland",
    "PLT": "Asia/Karachi", "PNT": "America/Phoenix", "PRT": "America/Puerto_Rico",
    "PST": "America/Los_Angeles", "SST": "Pacific/Guadalcanal", "VST": "Asia/Ho_Chi_Minh",
  ]
}
