/// The percent-encoding of partition values in Hive-style paths.
///
/// The set of encoded characters is that of Hive's `FileUtils.escapePathName`: control characters and
/// `" # % ' * / : = ? \ ^ { [ ]` and DEL. Decoding accepts any `%XX`, so that paths written by other engines are read too.
public enum HivePath {
  private static let special = Set("\"#%'*/:=?\\^{[]\u{7F}".utf8)
  private static let hexadecimal = Array("0123456789ABCDEF".utf8)

  /// Encodes a key's name or value for use in a folder name.
  public static func encode(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte < 0x20 || special.contains(byte) {
        bytes += [0x25, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Decodes every `%XX`; a percent sign without two hexadecimal digits stands for itself.
  ///
  /// - Returns: nil when the bytes are not UTF-8: repaired, two such names would be one.
  public static func decode(_ text: some StringProtocol) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.contains(0x25) else { return String(text) }
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count,
        let high = nibble(bytes[index + 1]), let low = nibble(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }

  /// Splits a folder name `name=value` into its decoded halves; nil when it has no `=`, or when a half
  /// is not UTF-8.
  public static func split(_ folder: some StringProtocol) -> (name: String, value: String)? {
    // By byte, since a value may begin with a combining character, which would merge with the `=`.
    guard let equals = folder.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    guard let name = decode(folder[..<equals]),
      let value = decode(folder[folder.utf8.index(after: equals)...])
    else { return nil }
    return (name, value)
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}

extension HivePath {
  /// Whether a partition's path comes before another one's, where the types of the keys are not at hand.
  ///
  /// Paths are ordered by the outermost key first: NULL, then whole numbers by their value, so that
  /// `day=4` comes before `day=10`, then all other text by its bytes. That is the order of `Partition`
  /// but for decimals and for text that looks like a number.
  public static func precedes(_ left: ExactText, _ right: ExactText) -> Bool {
    let (lefts, rights) = (left.parts(separatedBy: "/"), right.parts(separatedBy: "/"))
    for (left, right) in zip(lefts, rights) where left != right {
      return Level(left) < Level(right)
    }
    return lefts.count < rights.count
  }

  /// One folder of a path.
  private enum Level: Comparable {
    case null
    case number(Int64, text: ExactText)
    case text(ExactText)

    init(_ folder: ExactText) {
      switch split(folder.text)?.value.exact {
      case hiveDefaultPartition.exact?: self = .null
      case let value?: self = Int64(value.text).map { .number($0, text: folder) } ?? .text(folder)
      case nil: self = .text(folder)
      }
    }

    static func < (left: Level, right: Level) -> Bool {
      switch (left, right) {
      case (.null, .null): false
      case (.null, _): true
      case (_, .null): false
      case (.number(let a, let left), .number(let b, let right)) where a == b: left < right
      case (.number(let a, _), .number(let b, _)): a < b
      case (.number, .text): true
      case (.text, .number): false
      case (.text(let a), .text(let b)): a < b
      }
    }
  }
}
