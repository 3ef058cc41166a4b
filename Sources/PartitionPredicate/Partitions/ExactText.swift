/// Text that is its bytes: two are equal when their UTF-8 is, and it is scanned byte by byte.
///
/// A `String` is compared by canonical equivalence and scanned by what a reader takes for one character: `é`
/// equals `e` followed by U+0301, and a quote followed by an accent is not a quote. File systems, SQL and the
/// ledger know neither. Text from data, paths and names that is a key, is compared, matched, cut or escaped
/// is therefore of this type: the paths of partitions and of data files always, other text where
/// that is done (`text.exact`). Its form is never changed.
/// As a property wrapper it leaves a property a `String` and lets its type compare and hash it by bytes:
/// `@ExactText public var name: String`.
@propertyWrapper public struct ExactText: Sendable {
  /// The same text for what shows or stores it.
  public let text: String

  /// The property that is wrapped.
  public var wrappedValue: String { text }

  /// Wraps a property.
  public init(wrappedValue text: String) { self.text = text }

  /// Takes text as it is.
  public init(_ text: some StringProtocol) { self.text = String(text) }
}

extension StringProtocol {
  /// The text as its bytes.
  public var exact: ExactText { ExactText(self) }

  /// Whether two names of columns, keys, tables or jobs are the same: equal bytes but for the case of the
  /// letters A to Z, as DuckDB and SQLite have it.
  public func isSameName(as other: some StringProtocol) -> Bool {
    utf8.count == other.utf8.count
      && (utf8.elementsEqual(other.utf8) || exact.lowercased == other.exact.lowercased)
  }
}

extension Sequence<ExactText> {
  /// All of them in one, with a text between each two.
  public func joined(separator: String = "") -> ExactText {
    ExactText(map(\.text).joined(separator: separator))
  }
}

extension ExactText: Hashable, Comparable {
  /// Whether the bytes are the same.
  public static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Orders by bytes, which is the order of the Unicode scalars.
  public static func < (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    // No byte of UTF-8: the text ends here.
    hasher.combine(0xFF as UInt8)
  }
}

extension ExactText: ExpressibleByStringInterpolation, CustomStringConvertible {
  /// Takes a literal.
  public init(stringLiteral text: String) { self.text = text }

  /// The text itself.
  public var description: String { text }
}

extension ExactText: Codable {
  /// Reads a string.
  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension ExactText {
  /// Whether there is none.
  public var isEmpty: Bool { text.isEmpty }

  /// Whether it begins with these bytes.
  public func begins(with other: ExactText) -> Bool { text.utf8.starts(with: other.text.utf8) }

  /// Whether it ends with these bytes.
  public func ends(with other: ExactText) -> Bool {
    text.utf8.count >= other.text.utf8.count
      && text.utf8.suffix(other.text.utf8.count).elementsEqual(other.text.utf8)
  }

  /// Whether these bytes stand anywhere in it.
  public func contains(text other: ExactText) -> Bool { range(ofFirst: other) != nil }

  /// Where these bytes stand for the first time; nil when they do not, and for no bytes at all.
  public func range(ofFirst other: ExactText) -> Range<String.Index>? {
    Self.firstRange(of: other, in: text.utf8[...])
  }

  /// Where these bytes stand for the last time; nil as for the first.
  public func range(ofLast other: ExactText) -> Range<String.Index>? {
    var last: Range<String.Index>?
    var rest = text.utf8[...]
    while let range = Self.firstRange(of: other, in: rest) {
      last = range
      rest = rest[rest.index(after: range.lowerBound)...]
    }
    return last
  }

  private static func firstRange(
    of other: ExactText, in bytes: Substring.UTF8View
  ) -> Range<String.Index>? {
    guard let first = other.text.utf8.first else { return nil }
    var rest = bytes
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: other.text.utf8) {
        return start..<rest.index(start, offsetBy: other.text.utf8.count)
      }
      rest.removeFirst()
    }
    return nil
  }

  /// The parts between the scalars of one kind.
  public func parts(
    separatedBy separator: Unicode.Scalar, maxSplits: Int = .max, omittingEmpty: Bool = true
  ) -> [ExactText] {
    text.unicodeScalars.split(
      separator: separator, maxSplits: maxSplits, omittingEmptySubsequences: omittingEmpty
    ).map { ExactText(Substring($0)) }
  }

  /// The text with other bytes in every place of some.
  public func replacing(every old: ExactText, with new: ExactText) -> ExactText {
    var result = ""
    var rest = text.utf8[...]
    while let range = Self.firstRange(of: old, in: rest) {
      result += Substring(rest[..<range.lowerBound]) + new.text
      rest = rest[range.upperBound...]
    }
    return ExactText(result + Substring(rest))
  }

  /// The letters A to Z as small ones and every other scalar as it is, so that it can be a key where
  /// names ignore case.
  public var lowercased: ExactText { mapped { (65...90).contains($0) ? $0 + 32 : $0 } }

  /// The letters a to z as capital ones and every other scalar as it is.
  public var uppercased: ExactText { mapped { (97...122).contains($0) ? $0 - 32 : $0 } }

  private func mapped(_ byte: (UInt8) -> UInt8) -> ExactText {
    ExactText(String(decoding: text.utf8.map(byte), as: UTF8.self))
  }
}
