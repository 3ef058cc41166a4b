public import PartitionPredicate

/// A part of a date and time, from the coarsest to the finest.
public enum TimePart: Int, Hashable, Sendable, Comparable, CaseIterable {
  case year, month, day, hour, minute

  /// Whether a part is coarser than another one.
  public static func < (left: TimePart, right: TimePart) -> Bool { left.rawValue < right.rawValue }

  /// The part that is called so, ignoring case.
  public init?(named name: String) {
    guard let part = Self.allCases.first(where: { "\($0)".isSameName(as: name) }) else {
      return nil
    }
    self = part
  }
}

/// What one partition key says about time.
public enum TimeKeyMeaning: Hashable, Sendable {
  /// A number, or text of digits only, that is this part.
  case part(TimePart)
  /// A day, of a key of type date.
  case date
  /// Text or digits in a pattern such as `yyyyMMdd`.
  case pattern(TimePattern)
  /// The start, of a key of type timestamp, of a span of this length.
  case length(Duration)

  /// The parts of a time that the key tells.
  var parts: Set<TimePart> {
    switch self {
    case .part(let part): [part]
    case .date: [.year, .month, .day]
    case .pattern(let pattern): pattern.parts
    case .length: Set(TimePart.allCases)
    }
  }
}

/// An entry of `keys:` below `time:` of a table: a key and what it says, or a part that is the same everywhere.
public struct DeclaredTimeKey: Hashable, Sendable {
  /// The name of a key of the table, or of a part.
  @ExactText public var name: String
  /// `day`, `yyyyMMdd`, `15m` or a number.
  @ExactText public var value: String

  /// Creates an entry.
  public init(name: String, value: String) {
    _name = ExactText(name)
    _value = ExactText(value)
  }
}

/// What the partition keys of a table say about the time of their rows.
public struct TimeKeys: Hashable, Sendable {
  /// One for each key of the table, in order; nil for a key that says nothing about time.
  public let meanings: [TimeKeyMeaning?]
  /// Parts that no key has and that are the same everywhere.
  public let constants: [TimePart: Int]

  /// Creates keys without looking whether they name a span.
  package init(meanings: [TimeKeyMeaning?], constants: [TimePart: Int]) {
    self.meanings = meanings
    self.constants = constants
  }

  /// Recognizes the keys of a table: date keys, and numbers or digits called year, month, day, hour and minute; others
  /// must be declared.
  ///
  /// - Parameters:
  ///   - keys: The table's keys.
  ///   - declared: The entries in `keys:` below `time:`.
  /// - Throws: `TimeKeysError` for the first entry or key that does not fit.
  public init(keys: [PartitionKey], declared: [DeclaredTimeKey] = []) throws(TimeKeysError) {
    var meanings: [TimeKeyMeaning?] = keys.map { $0.recognizedMeaning }
    var constants: [TimePart: Int] = [:]
    for entry in declared {
      if let index = keys.firstIndex(where: { $0.name.isSameName(as: entry.name) }) {
        meanings[index] = try keys[index].meaning(declared: entry.value)
      } else if let part = TimePart(named: entry.name) {
        guard let number = Int(entry.value), part.range.contains(number) else {
          throw .noConstant(part: "\(part)", value: entry.value)
        }
        constants[part] = number
      } else {
        throw .unknownKey(
          entry.name, near: NearName.of(entry.name, in: keys.map(\.name)), keys: keys.map(\.name))
      }
    }
    for (key, meaning) in zip(keys, meanings) where key.type == .timestamp && meaning == nil {
      throw .noLength(key: key.name)
    }
    self.init(meanings: meanings, constants: constants)
    if let (part, missing) = gap {
      let key = zip(keys, meanings).first { $0.1?.parts.contains(part) == true }?.0.name
      throw .gap(key: key ?? "\(part)", missing: "\(missing)")
    }
  }

  /// The finest part that the keys tell, minute for a key with a length; nil where they tell none.
  public var finest: TimePart? { keyParts.max() }

  /// For people: `hour`, or the length of a timestamp key, `15m`; nil where no key is of time.
  public var grain: String? {
    for case .length(let length)? in meanings { return length.spelling }
    return finest.map { "\($0)" }
  }

  /// What the first keys alone say, as far as they name a time that contains those of all keys.
  func leading(_ count: Int) -> TimeKeys {
    let first = meanings.prefix(count)
    let known = first.reduce(into: Set(constants.keys)) { $0.formUnion($1?.parts ?? []) }
    let whole = Set(TimePart.allCases.prefix { known.contains($0) })
    return TimeKeys(
      meanings: first.map { $0.flatMap { $0.parts.isSubset(of: whole) ? $0 : nil } },
      constants: constants.filter { whole.contains($0.key) })
  }

  /// Whether a key begins spans of a length.
  var hasLength: Bool { meanings.contains { if case .length? = $0 { true } else { false } } }

  private var keyParts: Set<TimePart> {
    meanings.reduce(into: []) { $0.formUnion($1?.parts ?? []) }
  }

  /// A part that is told although a coarser one is not.
  var gap: (part: TimePart, missing: TimePart)? {
    guard let finest else { return nil }
    let known = keyParts.union(constants.keys)
    return TimePart.allCases.first { $0 < finest && !known.contains($0) }.map { (finest, $0) }
  }
}

extension TimePart {
  /// The valid numbers for the part.
  var range: ClosedRange<Int> {
    switch self {
    case .year: 1...9999
    case .month: 1...12
    case .day: 1...31
    case .hour: 0...23
    case .minute: 0...59
    }
  }
}

extension PartitionKey {
  fileprivate var recognizedMeaning: TimeKeyMeaning? {
    switch type {
    case .date: .date
    case .int, .bigint, .string: TimePart(named: name).map { .part($0) }
    case .timestamp, .decimal, .boolean: nil
    }
  }

  fileprivate func meaning(declared text: String) throws(TimeKeysError) -> TimeKeyMeaning {
    switch type {
    case .date:
      if TimePart(named: text) == .day { return .date }
    case .timestamp:
      guard let length = Duration(spelling: text), length > .zero else {
        throw .badLength(key: name, value: text)
      }
      guard Duration.seconds(86_400).isMultiple(of: length) else {
        throw .dayNoMultiple(key: name, length: length)
      }
      return .length(length)
    case .int, .bigint, .string:
      if let part = TimePart(named: text) { return .part(part) }
      if let pattern = TimePattern(text) { return .pattern(pattern) }
    case .decimal, .boolean: break
    }
    throw .noMeaning(key: name, type: type, value: text)
  }
}

extension Duration {
  /// Reads a whole number with a unit: `90s`, `15m`, `250ms`, `7d`, of ns, us, ms, s, m, h, d and w, in lower case.
  ///
  /// `1M` is a month elsewhere, and no length.
  public init?(spelling text: String) {
    let bytes = Array(text.utf8)
    let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let unit = String(decoding: bytes.dropFirst(digits.count).drop { $0 == 32 }, as: UTF8.self)
    let units: [ExactText: Int64] = [
      "ns": 1, "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
      "h": 3_600_000_000_000, "d": 86_400_000_000_000, "w": 604_800_000_000_000,
    ]
    guard digits.count <= 15, let number = Int64(String(decoding: digits, as: UTF8.self)),
      let size = units[unit.exact]
    else { return nil }
    let (seconds, rest) = (Int128(number) * Int128(size)).quotientAndRemainder(
      dividingBy: 1_000_000_000)
    guard let whole = Int64(exactly: seconds) else { return nil }
    self = .seconds(whole) + .nanoseconds(Int64(rest))
  }

  /// In nanoseconds, the rest cut.
  var nanoseconds: Int128 {
    Int128(components.seconds) * 1_000_000_000 + Int128(components.attoseconds / 1_000_000_000)
  }

  fileprivate func isMultiple(of other: Duration) -> Bool {
    nanoseconds.isMultiple(of: other.nanoseconds)
  }
}

extension TimeKeys {
  /// A text that identifies these keys; fingerprints are made from it.
  var spelling: String {
    let keys = meanings.map { meaning in
      switch meaning {
      case nil: "-"
      case .part(let part): "\(part)"
      case .date: "date"
      case .pattern(let pattern): "pattern \(pattern.text)"
      case .length(let length): "length \(length.spelling)"
      }
    }
    let constants = constants.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return (keys + constants).joined(separator: ", ")
  }
}
