public import PartitionPredicate

/// A pattern such as `yyyyMMdd` in which a key spells a time.
public struct TimePattern: Hashable, Sendable {
  /// As it was declared: `yyyy`, `MM`, `dd`, `HH`, `mm`, and other letters in quotes.
  @ExactText public var text: String
  private let pieces: [Piece]

  private enum Piece: Hashable {
    case part(TimePart, digits: Int)
    case literal(UInt8)
  }

  private static let letters: [UInt8: (part: TimePart, digits: Int)] = [
    UInt8(ascii: "y"): (.year, 4), UInt8(ascii: "M"): (.month, 2), UInt8(ascii: "d"): (.day, 2),
    UInt8(ascii: "H"): (.hour, 2), UInt8(ascii: "m"): (.minute, 2),
  ]

  /// Parses a pattern; nil when a letter has no meaning here, a part has the wrong number of letters or occurs twice,
  /// or there is no part.
  public init?(_ text: String) {
    var pieces: [Piece] = []
    var parts: Set<TimePart> = []
    var rest = Array(text.utf8)[...]
    var isQuoted = false
    while let byte = rest.first {
      if byte == UInt8(ascii: "'") {
        isQuoted.toggle()
        rest = rest.dropFirst()
        continue
      }
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      if isQuoted || !isLetter {
        pieces.append(.literal(byte))
        rest = rest.dropFirst()
        continue
      }
      guard let (part, digits) = Self.letters[byte] else { return nil }
      let run = rest.prefix { $0 == byte }
      guard run.count == digits, parts.insert(part).inserted else { return nil }
      pieces.append(.part(part, digits: digits))
      rest = rest.dropFirst(run.count)
    }
    guard !parts.isEmpty, !isQuoted else { return nil }
    _text = ExactText(text)
    self.pieces = pieces
  }

  /// The parts that it has.
  package var parts: Set<TimePart> {
    Set(pieces.compactMap { if case .part(let part, _) = $0 { part } else { nil } })
  }

  /// The parts of a text that is spelled so, all of it; nil for any other.
  package func parts(of text: String) -> [TimePart: Int]? {
    var rest = Array(text.utf8)[...]
    var parts: [TimePart: Int] = [:]
    for piece in pieces {
      switch piece {
      case .literal(let byte):
        guard rest.popFirst() == byte else { return nil }
      case .part(let part, let digits):
        let own = rest.prefix(digits)
        guard own.count == digits, let number = number(ofDigits: own) else { return nil }
        parts[part] = number
        rest = rest.dropFirst(digits)
      }
    }
    return rest.isEmpty ? parts : nil
  }

  /// The text of a time.
  func text(of parts: [TimePart: Int]) -> String {
    let bytes = pieces.flatMap { piece -> [UInt8] in
      switch piece {
      case .literal(let byte): [byte]
      case .part(let part, let digits): Array(padded(parts[part] ?? 0, to: digits).utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
