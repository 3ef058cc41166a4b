/// A part of a date and time, from the coarsest to the finest.
public enum TimePart: Int, Hashable, Sendable, Comparable, CaseIterable {
  case year, month, day, hour, minute

  /// Whether a part is coarser than another one.
  public static func < (left: TimePart, right: TimePart) -> Bool { left.rawValue < right.rawValue }
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
}

/// What the partition keys of a table say about the time of their rows.
public struct TimeKeys: Hashable, Sendable {
  /// One a key of the table, in their order; nil for a key that says nothing about time.
  public let meanings: [TimeKeyMeaning?]
  /// Parts that no key has and that are the same everywhere.
  public let constants: [TimePart: Int]

  /// Creates keys that were checked already.
  init(meanings: [TimeKeyMeaning?], constants: [TimePart: Int]) {
    self.meanings = meanings
    self.constants = constants
  }
}

extension TimeKeys {
  /// One text that tells these keys from others; fingerprints are made of it.
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
